"""One table: what each rule reports in worlds where nothing is planted, and in worlds where something is.

    scenarios × seeds × rules ──► rows          printed, and written as JSON

False alarms come first, for they accuse someone. Two plain thresholds stand beside every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from statistics import fmean
from typing import Any, Literal, TypeAlias

from groundswell.errors import WrongUse
from groundswell.evaluate.calibration import unevenness
from groundswell.evaluate.journal import Journal
from groundswell.evaluate.layers import layers_of
from groundswell.evaluate.processes import check_counts, told_of
from groundswell.evaluate.rates import Estimate, mean, rate
from groundswell.evaluate.rules import Rule, group_scan, heaviest_pairs, naive_floor
from groundswell.evaluate.scores import Score, score
from groundswell.model.records import revive
from groundswell.simulate.catalogue import scenario, scenarios, simulate

Suite: TypeAlias = Literal["quick", "full", "empty", "open", "planted"]

OURS, NAIVE, HEAVIEST = "group scan", "2 objects in 60 s", "heaviest 1 % of pairs"

CALIBRATED_WINDOW = timedelta(minutes=10)
"""Wide enough for many pairs to meet, so that their p-values can be looked at."""

QUICK = ("quiet", "fast", "fandom", "wire", "planted-small", "planted", "planted-slow", "planted-owned")
"""Runs in CI. The full suite is every scenario but the log of any size, which exists for speed."""

HOLDS = {"empty": "nothing", "open": "open", "planted": "planted"}
"""Parts of the full suite, by what is in their worlds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one rule does in one scenario."""

    scenario: str
    rule: str
    seeds: int
    false_alarm: Estimate
    """Worlds with a reported group of accounts that mostly act alone."""
    wrong_accounts: float
    """Mean number of reported accounts that act alone."""
    false_discovery: Estimate | None
    """Mean part of the reported groups that are such; None where nothing was reported in any world."""
    recall: Mapping[str, Estimate]
    """For each planted group, mean part of its accounts that are reported."""
    precision: Estimate | None
    """Mean part of the reported accounts, open groups left out, that are planted; None where it can't be told."""
    in_the_open: Mapping[str, Estimate]
    """For each group that acts together openly, mean part of its accounts that are reported: neither hit nor error."""
    agreement: Estimate
    """Mean adjusted Rand index with the truth."""
    uneven_p: Estimate | None
    """Mean distance of the timing null's mid-p from an even spread; None where something is planted, or not ours."""


Told: TypeAlias = tuple[dict[str, Score], float | None]
"""Of one world: the score of each rule, and how uneven the p-values of the timing null are."""


def evaluate_worlds(
    *,
    suite: Suite = "quick",
    only: Sequence[str] = (),
    seeds: int = 3,
    first_seed: int = 0,
    jobs: int = 1,
    detect: Rule = group_scan,
    kept: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Row, ...]:
    """Score a rule, and two naive floors beside it, over worlds whose truth is known.

    Parameters
    ----------
    suite
        ``quick`` for eight scenarios, ``full`` for all but the log of any size; ``empty``, ``open`` and ``planted``
        are its three parts: nobody, somebody in the open, or somebody hidden acts together.
    only
        Names of scenarios, in the place of a suite.
    seeds
        Worlds of each scenario: `first_seed`, `first_seed` + 1, …
    first_seed
        Where the seeds begin. A rule must be scored on seeds that it was not shaped on.
    jobs
        Processes to share the worlds; the answer does not depend on it. With more than one, `detect` must be a
        function of a module.
    detect
        The rule: a world to the accounts of each reported group.
    kept
        Worlds that were told before, by the same rule; each further one is written into it as soon as it is done.
    progress
        Called with (worlds done, worlds in all).

    Returns
    -------
    rows
        Three for each scenario, in the order of the suite: the rule's and the naive floors'.

    Raises
    ------
    WrongUse
        There is no such suite or scenario, or `seeds` or `jobs` is not positive.
    """
    check_counts(seeds, jobs)
    names = tuple(dict.fromkeys(scenario(name).name for name in only)) or suite_of(suite)
    worlds = [(name, seed) for name in names for seed in range(first_seed, first_seed + seeds)]
    told = told_of(
        worlds,
        partial(tell, detect=detect),
        jobs=jobs,
        kept=kept,
        to_json=_to_json,
        from_json=_from_json,
        progress=progress,
    )
    rows: list[Row] = []
    for name in names:
        of = [told[name, seed] for seed in range(first_seed, first_seed + seeds)]
        for rule in (OURS, NAIVE, HEAVIEST):
            uneven = [value for _, value in of if value is not None] if rule == OURS else []
            rows.append(_row(name, rule, [scores[rule] for scores, _ in of], uneven))
    return tuple(rows)


def tell(name: str, seed: int, detect: Rule) -> Told:
    """Score the rule and the floors on one world."""
    world = simulate(name, seed=seed)
    rules = {OURS: detect, NAIVE: naive_floor, HEAVIEST: heaviest_pairs}
    uneven = None
    if not world.groups() and world.shares is not None:
        (layer,) = layers_of(world)
        uneven = unevenness(layer, CALIBRATED_WINDOW, seed=seed)
    return {rule: score(world, find(world)) for rule, find in rules.items()}, uneven


def _to_json(told: Told) -> Any:
    scores, uneven_p = told
    return {"scores": {rule: asdict(one) for rule, one in scores.items()}, "uneven_p": uneven_p}


def _from_json(value: Any) -> Told:
    return {rule: revive(Score, one) for rule, one in value["scores"].items()}, value["uneven_p"]


def suite_of(suite: str) -> tuple[str, ...]:
    """The names of a suite's scenarios."""
    if suite == "quick":
        return QUICK
    if suite == "full":
        return tuple(each.name for each in scenarios() if each.name != "log")
    if suite in HOLDS:
        return tuple(name for name in suite_of("full") if scenario(name).holds == HOLDS[suite])
    raise WrongUse(f"There is no suite {suite!r}.\n  There are: quick, full, {', '.join(HOLDS)}.")


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The table for machines."""
    return [asdict(row) for row in rows]


def as_text(rows: Sequence[Row]) -> str:
    """The table for people, one row a line; intervals are 95 %. Groups that act in the open stand in brackets."""
    lines = [
        ("scenario", "rule", "false alarms", "false groups", "recall", "precision", "agreement", "uneven p"),
        *(
            (
                row.scenario,
                row.rule,
                f"{round(row.false_alarm.value * row.seeds)} of {row.seeds} {_interval(row.false_alarm)}",
                f"{row.false_discovery.value:.2f}" if row.false_discovery else "–",
                " + ".join(_shown(estimate) for estimate in row.recall.values())
                or " + ".join(f"({name} {estimate.value:.2f})" for name, estimate in row.in_the_open.items())
                or "–",
                _shown(row.precision) if row.precision and row.recall else "–",
                f"{row.agreement.value:.2f}" if row.recall or row.in_the_open else "–",
                f"{row.uneven_p.value:.3f}" if row.uneven_p else "–",
            )
            for row in rows
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _row(name: str, rule: str, scores: Sequence[Score], uneven: Sequence[float]) -> Row:
    return Row(
        scenario=name,
        rule=rule,
        seeds=len(scores),
        false_alarm=rate(sum(one.false_alarm for one in scores), len(scores)),
        wrong_accounts=fmean(one.wrong_accounts for one in scores),
        false_discovery=mean([one.n_false / one.n_reported for one in scores if one.n_reported]),
        recall={group: _certain(mean([one.recall[group] for one in scores])) for group in scores[0].recall},
        precision=mean([one.precision for one in scores if one.precision is not None]),
        in_the_open={
            group: _certain(mean([one.in_the_open[group] for one in scores])) for group in scores[0].in_the_open
        },
        agreement=_certain(mean([max(0.0, one.agreement) for one in scores])),
        uneven_p=mean(uneven),
    )


def _certain(estimate: Estimate | None) -> Estimate:
    assert estimate is not None
    return estimate


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.3f} {_interval(estimate)}"


def _interval(estimate: Estimate) -> str:
    return f"[{estimate.low:.3f}, {estimate.high:.3f}]"
