"""`groundswell inspect`: what a file is, before anything is done with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Column, Json
from groundswell.cli.reading import Limit, MappingFile, WriteMapping, columns_of, limits_of
from groundswell.cli.reading import write_mapping as write_mapping_file
from groundswell.errors import WrongUse


def inspect(
    file: Annotated[Path, typer.Argument(help="A file to look at; nothing is changed.")],
    *,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    write_mapping: WriteMapping = None,
    limit: Limit = [],  # noqa: B006
    to_page: Annotated[
        Path | None, typer.Option("--page", help="Write it as an HTML page too, rows as they stand in the file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a file is: format, columns, what would be read and what left out. Changes nothing.

    Examples: groundswell inspect posts.csv --json, groundswell inspect posts.csv --page posts.html
    """
    pipeline.check_file(file)
    columns, limits = columns_of(column, mapping), limits_of(limit)
    if write_mapping is not None:
        write_mapping_file(file, write_mapping, columns, limits)
        return
    require_html(to_page)
    with Bar(quiet=as_json) as bar:
        seen = pipeline.inspect(file, columns=columns, limits=limits, progress=bar)
    if as_json:
        print_json(seen.as_json())
    else:
        say.inspection(seen, columns)
    if to_page is not None:
        pipeline.write_inspection(seen, to_page, columns=columns)
        sys.stderr.write(f"page     {to_page}\n")


def require_html(place: Path | None) -> None:
    """Raise unless a page may be written there: what was looked at must not be written over."""
    if place is not None and place.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(f"The page {str(place)!r} is not called .html.\n  Name one that is: `--page {place.stem}.html`.")
