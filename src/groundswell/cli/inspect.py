"""`groundswell inspect`: what a file is, before anything is done with it."""

from __future__ import annotations

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


def inspect(
    file: Annotated[Path, typer.Argument(help="A file to look at; nothing is changed.")],
    *,
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    write_mapping: WriteMapping = None,
    limit: Limit = [],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Say what a file is: format, columns, what would be read and what left out. Changes nothing.

    Example: groundswell inspect posts.csv --json
    """
    pipeline.check_file(file)
    columns, limits = columns_of(column, mapping), limits_of(limit)
    if write_mapping is not None:
        write_mapping_file(file, write_mapping, columns, limits)
        return
    with Bar(quiet=as_json) as bar:
        seen = pipeline.inspect(file, columns=columns, limits=limits, progress=bar)
    if as_json:
        print_json(seen.as_json())
    else:
        say.inspection(seen)
