"""`groundswell demo`: made-up sets, analysed, so that nobody's first look is at an accusation."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.demo_personas import say_two_cases
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, Out, Seed
from groundswell.errors import WrongUse


def demo(
    what: Annotated[
        str, typer.Argument(help="sets, or personas: a lookalike name, a face from a book cover.")
    ] = "sets",
    out: Out = Path("demo"),
    *,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the first page in a browser.")] = True,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Analyse three made-up sets side by side: a campaign, a fandom, a news wire.

    Example: groundswell demo --no-open --out demo
    """
    if what == "personas":
        found = pipeline.demo_two_cases(out, seed=seed)
        if as_json:
            print_json(found.as_json())
        else:
            say_two_cases(found, out)
            if open_page and has_screen():
                webbrowser.open((out / "index.html").absolute().as_uri())
        return
    if what != "sets":
        raise WrongUse(f"There is no demo {what!r}.\n  There are: sets, personas.")
    with Bar(quiet=as_json) as bar:
        summaries = pipeline.demo(out, seed=seed, progress=bar)
    page = out / "index.html"
    if as_json:
        print_json({"index": str(page.absolute()), "sets": [summary.as_json() for summary in summaries]})
        return
    say.demo(summaries, page)
    if open_page and has_screen():
        webbrowser.open(page.absolute().as_uri())


def has_screen() -> bool:
    """Whether a browser could show anything: not in CI, not on a machine without a display."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
