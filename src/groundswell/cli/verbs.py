"""Which verbs there are, in the order a newcomer meets them, and where each stands.

A verb's file is loaded when it is called, or when somebody asks for the list of all: who looks at a file does not wait
for the libraries that the pair kernel or the web server needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

VERBS = {
    "demo": "demo:demo",
    "run": "run:run",
    "inspect": "inspect:inspect",
    "new": "new:new",
    "read": "read:read",
    "export": "export:export",
    "trace": "trace:trace",
    "detect": "detect:detect",
    "try": "try_setting:try_setting",
    "assess": "assess:assess",
    "publish": "publish:publish",
    "serve": "serve:serve",
    "watch": "watch:watch",
    "list": "lists:lists",
    "explain": "explain:explain",
    "simulate": "simulate:simulate",
    "evaluate": "evaluate:evaluate",
    "lookalikes": "personas:lookalikes",
    "domains": "domains:domains",
    "similar-text": "personas:similar",
    "pictures": "pictures:pictures",
    "post": "post:post",
    "indicators": "indicators:indicators",
    "history": "history:history",
    "check-text": "check_text:check_text",
    "bundle": "bundle:bundle",
    "verify": "verify:verify",
    "dispute": "dispute:dispute",
    "claims": "claims:claims",
    "worksheet": "worksheet:worksheet",
    "collect": "collect:collect",
    "stream": "stream:stream",
    "purge": "purge:purge",
    "capture": "capture:capture",
    "evidence": "evidence:EVIDENCE",
}
"""Verb to module of this package and what it holds there: a function, or a group of verbs."""


class Loaded(Mapping[str, Any]):
    """The commands by verb, each made when it is looked up."""

    def __getitem__(self, verb: str) -> Any:
        """The command of a verb; `KeyError` where there is none."""
        module, name = VERBS[verb].split(":")
        found = getattr(import_module(f"groundswell.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            return get_command(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(verb)(found)
        return get_command(alone)

    def __iter__(self) -> Iterator[str]:
        """The verbs; loads nothing."""
        return iter(VERBS)

    def __len__(self) -> int:
        """How many there are."""
        return len(VERBS)


class Verbs(TyperGroup):
    """The group of all verbs."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Loaded()  # type: ignore[assignment]  # nothing adds to it or takes away

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs, in their order; Typer's own way would load each twice."""
        return list(VERBS)
