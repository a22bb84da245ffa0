"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell.errors import WrongUse
from groundswell.model.run import Parameters
from groundswell.model.window import window as read_window

Files = Annotated[list[Path], typer.Argument(help="Exports, archives, CSV, JSON lines, Parquet; .gz and .zst too.")]
StudyFolder = Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write; missing, empty, or an older run's.")]
Window = Annotated[
    list[str], typer.Option("--window", help="Window of the links table, such as 60s or 10min. Repeatable.")
]
MinObjects = Annotated[int, typer.Option("--min-objects", help="Fewest objects a pair must share to be listed.")]
Fdr = Annotated[float, typer.Option("--fdr", help="False discovery rate at which a link is beyond chance.")]
Campaign = Annotated[str | None, typer.Option("--campaign", help="A '#tag', URL or phrase to measure.")]
Seed = Annotated[int, typer.Option("--seed", help="Fixes every draw: same input, same seed, same bytes.")]
Power = Annotated[
    int, typer.Option("--power", help="Campaigns of each make to plant into a copy of the data; 0 plants none.")
]
Cautious = Annotated[
    bool, typer.Option("--cautious", help="Report only who is in step five times as often as outsiders, not three.")
]
Column = Annotated[
    list[str], typer.Option("--column", help="Our column = the file's, such as time=tweet_created. Repeatable.")
]
ShowHandles = Annotated[bool, typer.Option("--show-handles", help="Print real accounts in the report, and say so.")]
Pseudonymise = Annotated[
    Path | None,
    typer.Option("--pseudonymise", help="Keep pseudonyms only, by the key in this file; made if it is missing."),
]
Follows = Annotated[
    list[Path], typer.Option("--follows", help="Table of who follows whom: follower,followed. Repeatable.")
]
Memory = Annotated[str | None, typer.Option("--memory", help="Most memory for the database, such as 2GB.")]
EngineName = Annotated[str, typer.Option("--engine", help="What detects: duckdb, in this process, or spark.")]
Master = Annotated[
    str | None, typer.Option("--master", help="Where Spark runs, such as 'local[2]' or spark://host:7077.")
]
Json = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]


def master_of(engine: str, master: str | None) -> str | None:
    """Where Spark is to run; None for the embedded engine.

    Raises
    ------
    WrongUse
        The engine is neither of the two, or a master was named for the embedded one.
    """
    if engine not in ("duckdb", "spark"):
        raise WrongUse(f"{engine!r} is no engine.\n  There are: duckdb, spark.")
    if engine == "duckdb" and master is not None:
        raise WrongUse(
            f"--master {master} names a place for Spark, but the engine is duckdb.\n  Say `--engine spark` as well."
        )
    return (master or "local[*]") if engine == "spark" else None


def parameters(
    window: list[str],
    min_objects: int,
    fdr: float,
    campaign: str | None,
    seed: int,
    power: int,
    *,
    show_handles: bool,
    cautious: bool,
) -> Parameters:
    """What a run is told, from the words of the command line."""
    return Parameters(
        windows=tuple(read_window(one) for one in window),
        min_objects=min_objects,
        fdr=fdr,
        campaign=campaign,
        seed=seed,
        power=power,
        show_handles=show_handles,
        cautious=cautious,
    )
