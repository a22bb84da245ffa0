"""Worlds whose truth is known, and how often the rule is right on them and on real posts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from groundswell.detect.reference import Rate
from groundswell.evaluate.journal import Journal
from groundswell.evaluate.real import Comparison
from groundswell.evaluate.real import evaluate_real as compare_real
from groundswell.evaluate.reference_rates import reference_rates as count_rates
from groundswell.evaluate.worlds import Row, Suite
from groundswell.evaluate.worlds import evaluate_worlds as score_worlds
from groundswell.model.progress import Progress, silent
from groundswell.simulate.catalogue import scenarios as all_scenarios
from groundswell.simulate.catalogue import simulate as simulate_world
from groundswell.simulate.scenario import Scenario
from groundswell.simulate.write import write as write_world
from groundswell.simulate.write import write_follows


def simulate(
    scenario: str, file: Path, *, seed: int = 0, shares: int | None = None, follows: Path | None = None
) -> dict[str, Any]:
    """Write a made-up data set with known truth, and who follows whom if asked; returns what was written."""
    world = simulate_world(scenario, seed=seed, shares=shares)
    write_world(world, file)
    listed = {"follows": str(follows), "pairs": write_follows(world, follows)} if follows else {}
    return listed | {
        "scenario": scenario,
        "seed": seed,
        "file": str(file),
        "truth": f"{file}.truth.parquet",
        "rows": world.n_rows,
        "accounts_in_groups": len(world.truth["account_id"]),
    }


def scenarios() -> tuple[Scenario, ...]:
    """The made-up worlds there are."""
    return all_scenarios()


def evaluate_worlds(
    *,
    suite: Suite = "quick",
    only: Sequence[str] = (),
    seeds: int = 3,
    first_seed: int = 0,
    jobs: int = 1,
    kept: Journal | None = None,
    progress: Progress = silent,
) -> tuple[Row, ...]:
    """Score the group scan, and two plain thresholds beside it, on worlds whose truth is known."""
    return score_worlds(
        suite=suite,
        only=only,
        seeds=seeds,
        first_seed=first_seed,
        jobs=jobs,
        kept=kept,
        progress=partial(progress, "Scoring worlds"),
    )


def evaluate_real(data: Path, *, seed: int = 0, progress: Progress = silent) -> tuple[Comparison, ...]:
    """Compare the group scan with plain thresholds on real posts, which are not shipped."""
    return compare_real(data, seed=seed, progress=partial(progress, "Comparing on real posts"))


def reference_rates(data: Path, *, progress: Progress = silent) -> tuple[Rate, ...]:
    """Count how close sharers of the same thing stand in organic collections, which are not shipped; the counts are."""
    return count_rates(data, progress=partial(progress, "Counting in organic collections"))
