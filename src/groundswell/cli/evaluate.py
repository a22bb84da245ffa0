"""`groundswell evaluate`: how well the group scan does where the truth is known."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.evaluate_power import evaluate_power
from groundswell.cli.evaluate_real import evaluate_real
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json
from groundswell.detect.groups import RULE_VERSION
from groundswell.errors import WrongUse
from groundswell.evaluate.worlds import Suite
from groundswell.evaluate.worlds import as_json as worlds_as_json
from groundswell.evaluate.worlds import as_text as worlds_as_text


def evaluate(
    what: Annotated[str, typer.Argument(help="What to evaluate: worlds, power, or real posts.")] = "worlds",
    *,
    data: Annotated[Path | None, typer.Option("--data", help="Folder of real posts; see docs/real_data.md.")] = None,
    suite: Annotated[Suite, typer.Option("--suite", help="Eight scenarios, or all of them.")] = "quick",
    seeds: Annotated[int, typer.Option("--seeds", help="Worlds for each scenario.")] = 3,
    first_seed: Annotated[int, typer.Option("--first-seed", help="Where the seeds begin.")] = 0,
    jobs: Annotated[int, typer.Option("--jobs", help="Processes that share the worlds.")] = 1,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="JSON file to write.")] = None,
    as_json: Json = False,
) -> None:
    """Score the group scan on worlds whose truth is known, beside a plain threshold.

    Examples: groundswell evaluate worlds --seeds 10, groundswell evaluate real --data eval
    """
    if what == "real":
        evaluate_real(data, seed=first_seed, out=out, as_json=as_json)
        return
    if what == "power":
        evaluate_power(seeds=seeds, first_seed=first_seed, jobs=jobs, out=out, as_json=as_json)
        return
    if what != "worlds":
        raise WrongUse(f"{what!r} can't be evaluated.\n  There are: worlds, power, real.")
    with Bar(quiet=as_json) as bar:
        rows = pipeline.evaluate_worlds(suite=suite, seeds=seeds, first_seed=first_seed, jobs=jobs, progress=bar)
    figures = {
        "rule_version": RULE_VERSION,
        "suite": suite,
        "seeds": seeds,
        "first_seed": first_seed,
        "rows": worlds_as_json(rows),
    }
    if out is not None:
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if as_json:
        print_json(figures)
    else:
        sys.stdout.write(worlds_as_text(rows) + "\n")
