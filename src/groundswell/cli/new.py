"""`groundswell new`: an empty study."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline


def new(
    study: Annotated[Path, typer.Argument(help="Folder of the new study, such as gate.study.")],
    *,
    name: Annotated[str | None, typer.Option("--name", help="What the study is called.")] = None,
) -> None:
    """Start an empty study.

    Example: groundswell new gate.study
    """
    made = pipeline.new(study, name=name)
    sys.stdout.write(f"{made.folder}: an empty study. Add files: groundswell read {made.folder} FILE...\n")
