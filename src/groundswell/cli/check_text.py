"""`groundswell check-text`: what a draft says and may not. Exit code 1 where it says too much."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.check_text import Hit
from groundswell.assess.wording import counted
from groundswell.cli.figures import print_json

FOUND = 1
"""The exit code when the draft says more than it may."""


def check_text(
    file: Annotated[Path, typer.Argument(help="A draft: plain text or Markdown.")],
    *,
    study: Annotated[
        Path | None, typer.Option("--study", help="The study or output folder that the draft is about.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the passages as JSON.")] = False,
) -> None:
    """Find sentences in a draft that claim more than the data support, with what may be written instead.

    Example: groundswell check-text draft.md --study out
    """
    hits = pipeline.check_text(file, pipeline.open_study(study) if study else None)
    if as_json:
        told = {"file": str(file), "study": str(study) if study else None, "hits": [hit.as_json() for hit in hits]}
        print_json(told)
    else:
        sys.stdout.write(_in_words(file, hits, against=study))
    if hits:
        raise typer.Exit(FOUND)


def _in_words(file: Path, hits: Sequence[Hit], *, against: Path | None) -> str:
    lines = []
    for hit in hits:
        lines += [f"{file}:{hit.line}: “{hit.words}”", f"  {hit.why}", f"  Rather: {hit.permitted}", ""]
    held = "" if against else " They were held against no study; `--study FOLDER` names one."
    if not hits:
        lines.append("Nothing in this draft says more than it may, by its words. Whether it is true, nobody looked.")
    else:
        lines.append(f"{counted(len(hits), 'passage says', 'passages say')} too much.{held}")
    return "\n".join(lines) + "\n"
