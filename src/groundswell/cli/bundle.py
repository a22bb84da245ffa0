"""`groundswell bundle`: one file from which a stranger can compute every number of a run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, StudyFolder
from groundswell.cli.say import line


def bundle(
    study: StudyFolder,
    out: Annotated[Path, typer.Option("--out", "-o", help="A new file, such as gate.bundle.")],
    *,
    finding: Annotated[
        str | None, typer.Option("--finding", help="Only the figures of this group, such as A; the data are all.")
    ] = None,
    salted: Annotated[bool, typer.Option("--salted", help="No names, words or links; salted ids.")] = False,
    as_json: Json = False,
) -> None:
    """Pack the latest run so that a stranger can check and dispute it: data, parameters, seed, code, figures.

    Example: groundswell bundle out --salted -o gate.bundle
    """
    with Bar(quiet=as_json) as bar:
        packed = pipeline.bundle(pipeline.open_study(study), out, finding=finding, salted=salted, progress=bar)
    if as_json:
        print_json(packed.as_json())
        return
    line(f"{packed.path}: {packed.n_figures:,} figures, {packed.n_bytes:,} bytes. SHA-256 {packed.sha256}")
    if packed.salted:
        line(
            "  No names, ids, words or links are in it. Times are, so whoever holds the posts can tell whose they are."
        )
    else:
        line(
            f"  It holds {packed.n_posts:,} posts by {packed.n_accounts:,} accounts with their ids and words:"
            " for those who may have them. `--salted` leaves them out."
        )
    line(f"  To check it elsewhere: groundswell verify {packed.path}")
