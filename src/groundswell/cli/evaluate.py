"""`groundswell evaluate`: how well the group scan does where the truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli.evaluate_campaigns import evaluate_campaigns
from groundswell.cli.evaluate_power import evaluate_power
from groundswell.cli.evaluate_real import evaluate_real
from groundswell.cli.evaluate_reference import evaluate_reference
from groundswell.cli.evaluate_worlds import evaluate_worlds
from groundswell.cli.options import Json
from groundswell.errors import WrongUse
from groundswell.evaluate.worlds import Suite


def evaluate(
    what: Annotated[str, typer.Argument(help="What: worlds, power, campaigns, real, or reference.")] = "worlds",
    *,
    data: Annotated[Path | None, typer.Option("--data", help="Folder of real posts; see docs/real_data.md.")] = None,
    suite: Annotated[Suite, typer.Option("--suite", help="Eight scenarios, all of them, or a part.")] = "quick",
    scenario: Annotated[
        list[str] | None, typer.Option("--scenario", help="A scenario in the place of a suite. Repeatable.")
    ] = None,
    seeds: Annotated[int, typer.Option("--seeds", help="Worlds for each scenario.")] = 3,
    first_seed: Annotated[int, typer.Option("--first-seed", help="Where the seeds begin.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", help="Processes that share the worlds.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="JSON file to write; finished worlds are kept beside it, as .jsonl."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Score the group scan on worlds whose truth is known, beside a plain threshold.

    Started again with the same --out after it was stopped, it goes on where it stopped.

    Examples: groundswell evaluate worlds --seeds 10, groundswell evaluate worlds --scenario fast --scenario planted
    --seeds 50 --jobs 2 -o worlds.json, groundswell evaluate campaigns --seeds 25, groundswell evaluate real --data eval
    """
    if what == "real":
        evaluate_real(data, seed=first_seed, out=out, as_json=as_json)
    elif what == "reference":
        evaluate_reference(data, out=out, as_json=as_json)
    elif what == "power":
        evaluate_power(seeds=seeds, first_seed=first_seed, jobs=jobs, out=out, as_json=as_json)
    elif what == "campaigns":
        evaluate_campaigns(
            scenarios=scenario or (), seeds=seeds, first_seed=first_seed, jobs=jobs, out=out, as_json=as_json
        )
    elif what == "worlds":
        evaluate_worlds(
            suite=suite,
            scenarios=scenario or (),
            seeds=seeds,
            first_seed=first_seed,
            jobs=jobs,
            out=out,
            as_json=as_json,
        )
    else:
        raise WrongUse(f"{what!r} can't be evaluated.\n  There are: worlds, power, campaigns, real, reference.")
