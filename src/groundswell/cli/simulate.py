"""`groundswell simulate`: data whose truth is known."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, Seed
from groundswell.errors import WrongUse


def simulate(
    scenario: Annotated[str, typer.Argument(help="Name of the scenario; see --list.")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write: .csv, .csv.gz or .parquet.")] = None,
    *,
    seed: Seed = 0,
    shares: Annotated[int | None, typer.Option("--shares", help="About how many shares; share logs only.")] = None,
    follows: Annotated[
        Path | None, typer.Option("--follows", help="File to write who follows whom to; share logs only.")
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Name the scenarios and stop.")] = False,
    as_json: Json = False,
) -> None:
    """Make data whose truth is known, marked as made up, with FILE.truth.parquet beside it.

    Example: groundswell simulate planted --seed 7 -o planted.csv
    """
    if list_them:
        if as_json:
            print_json([{"name": one.name, "title": one.title, "story": one.story} for one in pipeline.scenarios()])
        else:
            say.scenarios(pipeline.scenarios())
        return
    if not scenario or out is None:
        raise WrongUse(
            "A scenario's name and a file to write are needed.\n"
            "  For example: `groundswell simulate planted -o planted.csv`. `--list` names the scenarios."
        )
    made = pipeline.simulate(scenario, out, seed=seed, shares=shares, follows=follows)
    if as_json:
        print_json(made)
    else:
        sys.stdout.write(
            f"{out}: {made['rows']:,} rows, made up. The truth about {made['accounts_in_groups']:,} accounts"
            f" that act together: {made['truth']}\n"
        )
