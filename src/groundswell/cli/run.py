"""`groundswell run`: from files to the report in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import (
    Campaign,
    Cautious,
    Column,
    EngineName,
    Fdr,
    Files,
    Follows,
    Json,
    Master,
    Memory,
    MinObjects,
    Out,
    Power,
    Pseudonymise,
    Seed,
    ShowHandles,
    Window,
    master_of,
    parameters,
)
from groundswell.cli.reading import Limit, MappingFile, columns_of, limits_of
from groundswell.model.run import DEFAULT_POWER


def run(
    files: Files,
    out: Out = Path("out"),
    *,
    window: Window = [],  # noqa: B006 - typer reads the default, nobody changes it
    min_objects: MinObjects = 2,
    fdr: Fdr = 0.05,
    campaign: Campaign = None,
    seed: Seed = 0,
    power: Power = DEFAULT_POWER,
    cautious: Cautious = False,
    follows: Follows = [],  # noqa: B006
    column: Column = [],  # noqa: B006
    mapping: MappingFile = None,
    limit: Limit = [],  # noqa: B006
    show_handles: ShowHandles = False,
    name: Annotated[str | None, typer.Option("--name", help="What the report is called.")] = None,
    memory: Memory = None,
    engine: EngineName = "duckdb",
    master: Master = None,
    pseudonymise: Pseudonymise = None,
    as_json: Json = False,
) -> None:
    """Read files, find who acts together beyond chance, and write the report: all in one go.

    Example: groundswell run posts.csv -o out --campaign '#OpenGate'
    """
    told = parameters(window, min_objects, fdr, campaign, seed, power, show_handles=show_handles, cautious=cautious)
    with Bar(quiet=as_json) as bar:
        summary = pipeline.run(
            files,
            out,
            told,
            columns=columns_of(column, mapping),
            limits=limits_of(limit),
            name=name,
            memory=memory,
            pseudonymise=pseudonymise,
            follows=follows,
            master=master_of(engine, master),
            progress=bar,
        )
    if as_json:
        print_json(summary.as_json())
    else:
        say.summary(summary)
