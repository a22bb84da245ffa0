"""`groundswell trace`: what posts repeat."""

from __future__ import annotations

from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, StudyFolder


def trace(
    study: StudyFolder,
    *,
    kind: Annotated[list[str], typer.Option("--kind", help="Kind of trace; all by default. Repeatable.")] = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Find what posts repeat: reposts, links, hashtags, texts, replies.

    Example: groundswell trace gate.study
    """
    with Bar(quiet=as_json) as bar:
        counts = pipeline.trace(pipeline.open_study(study), kinds=tuple(kind), progress=bar)
    if as_json:
        print_json(counts)
    else:
        say.traces(counts)
