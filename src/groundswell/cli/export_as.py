"""`groundswell export --format`: the latest run in the formats of others, and what formats there are."""

from __future__ import annotations

import sys
from pathlib import Path

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.say import line


def list_formats(*, as_json: bool) -> None:
    """Name the formats of `export --format`."""
    formats = pipeline.export_formats()
    if as_json:
        print_json([{"name": one.name, "title": one.title, "suffix": one.suffix} for one in formats])
        return
    for one in formats:
        line(f"{one.name:<16} {one.title}")


def export_as(study: Path, name: str, out: Path, *, matrix: Path | None, as_json: bool) -> None:
    """Write the latest run in one format and say what was written."""
    with Bar(quiet=as_json) as bar:
        written = pipeline.export_as(pipeline.open_study(study), name, out, matrix=matrix, progress=bar)
    if as_json:
        print_json({"format": name, "files": [str(path) for path in written]})
        return
    for path in written:
        sys.stdout.write(f"{path}\n")
