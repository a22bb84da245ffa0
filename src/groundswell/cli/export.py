"""`groundswell export`: a study's posts as one file to be read again, or its findings in the formats of others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.export_as import export_as, list_formats
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json
from groundswell.errors import WrongUse


def export(
    study: Annotated[
        Path | None, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A new file: .parquet, .csv or .jsonl; or as the format says.")
    ] = None,
    *,
    table: Annotated[str, typer.Option("--table", help="posts or accounts.")] = "posts",
    format_name: Annotated[
        str | None, typer.Option("--format", help="Findings in this format, such as stix; see --list.")
    ] = None,
    matrix: Annotated[
        Path | None, typer.Option("--matrix", help="DISARM.json or a CSV of id and name, for names of techniques.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Name the formats and stop.")] = False,
    as_json: Json = False,
) -> None:
    """Write a study's posts as one file that `groundswell read` takes back, or its findings with --format.

    Posts leave with ids and words as they came, not for publication; findings under pseudonyms.

    Examples: groundswell export gate.study -o posts.parquet, groundswell export out --format stix -o gate.json
    """
    if list_them:
        list_formats(as_json=as_json)
        return
    if study is None or out is None:
        raise WrongUse(
            "A study and a file to write are needed.\n"
            "  For example: `groundswell export out --format stix -o gate.json`. `--list` names the formats."
        )
    if format_name is not None:
        export_as(study, format_name, out, matrix=matrix, as_json=as_json)
        return
    with Bar(quiet=as_json) as bar:
        n = pipeline.export(pipeline.open_study(study), out, table=table, progress=bar)
    if as_json:
        print_json({"file": str(out), "table": table, "rows": n})
    else:
        sys.stdout.write(
            f"{out}: {n:,} rows of the table {table}, with ids and words as they came; not for publication.\n"
        )
