"""One table: what each rule reports in worlds where nothing is planted, and in worlds where something is.

    scenarios × seeds × rules ──► rows          printed, and written as JSON

False alarms come first, for they accuse someone. A plain threshold stands beside every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Literal, TypeAlias

from groundswell.errors import WrongUse
from groundswell.evaluate.rules import Rule, group_scan, naive_floor
from groundswell.evaluate.scores import Score, clopper_pearson, mean_interval, score
from groundswell.simulate.catalogue import scenarios, simulate

Suite: TypeAlias = Literal["quick", "full"]

OURS, NAIVE = "group scan", "2 objects in 60 s"

QUICK = ("quiet", "fast", "fandom", "wire", "planted-small", "planted", "planted-slow", "planted-owned")
"""Runs in CI. The full suite is every scenario but the log of any size, which exists for speed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A rate or a mean over seeds, 0 to 1, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int
    """Worlds it rests on."""


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
    agreement: Estimate
    """Mean adjusted Rand index with the truth."""


def evaluate_worlds(
    *,
    suite: Suite = "quick",
    seeds: int = 3,
    first_seed: int = 0,
    detect: Rule = group_scan,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Row, ...]:
    """Score a rule, and the naive floor beside it, over worlds whose truth is known.

    Parameters
    ----------
    suite
        ``quick`` for eight scenarios, ``full`` for all but the log of any size.
    seeds
        Worlds of each scenario: `first_seed`, `first_seed` + 1, …
    first_seed
        Where the seeds begin. A rule must be scored on seeds that it was not shaped on.
    detect
        The rule: a world to the accounts of each reported group.
    progress
        Called with (worlds done, worlds in all).

    Returns
    -------
    rows
        Two for each scenario, in the order of the suite: the rule's and the naive floor's.

    Raises
    ------
    WrongUse
        There is no such suite, or `seeds` is not positive.
    """
    if seeds < 1:
        raise WrongUse(f"--seeds must be 1 or more, but {seeds} was asked for.")
    names = suite_of(suite)
    rows: list[Row] = []
    for place, name in enumerate(names):
        scores: dict[str, list[Score]] = {OURS: [], NAIVE: []}
        for seed in range(first_seed, first_seed + seeds):
            world = simulate(name, seed=seed)
            scores[OURS].append(score(world, detect(world)))
            scores[NAIVE].append(score(world, naive_floor(world)))
            if progress:
                progress(place * seeds + seed - first_seed + 1, len(names) * seeds)
        rows += [_row(name, rule, of) for rule, of in scores.items()]
    return tuple(rows)


def suite_of(suite: str) -> tuple[str, ...]:
    """The names of a suite's scenarios."""
    if suite == "quick":
        return QUICK
    if suite == "full":
        return tuple(each.name for each in scenarios() if each.name != "log")
    raise WrongUse(f"There is no suite {suite!r}.\n  There are: quick, full.")


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The table for machines."""
    return [asdict(row) for row in rows]


def as_text(rows: Sequence[Row]) -> str:
    """The table for people, one row a line; intervals are 95 %."""
    lines = [
        ("scenario", "rule", "false alarms", "wrong accounts", "recall", "precision"),
        *(
            (
                row.scenario,
                row.rule,
                f"{round(row.false_alarm.value * row.seeds)} of {row.seeds} {_interval(row.false_alarm)}",
                f"{row.wrong_accounts:.1f}",
                " + ".join(_shown(estimate) for estimate in row.recall.values()) or "–",
                _shown(row.precision) if row.precision and row.recall else "–",
            )
            for row in rows
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _row(name: str, rule: str, scores: Sequence[Score]) -> Row:
    alarms = sum(one.false_alarm for one in scores)
    low, high = clopper_pearson(alarms, len(scores))
    return Row(
        scenario=name,
        rule=rule,
        seeds=len(scores),
        false_alarm=Estimate(value=alarms / len(scores), low=low, high=high, n=len(scores)),
        wrong_accounts=fmean(one.wrong_accounts for one in scores),
        false_discovery=_mean([one.n_false / one.n_reported for one in scores if one.n_reported]),
        recall={group: _certain(_mean([one.recall[group] for one in scores])) for group in scores[0].recall},
        precision=_mean([one.precision for one in scores if one.precision is not None]),
        agreement=_certain(_mean([max(0.0, one.agreement) for one in scores])),
    )


def _mean(values: Sequence[float]) -> Estimate | None:
    if not values:
        return None
    low, high = mean_interval(values)
    return Estimate(value=fmean(values), low=low, high=high, n=len(values))


def _certain(estimate: Estimate | None) -> Estimate:
    assert estimate is not None
    return estimate


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.2f} {_interval(estimate)}"


def _interval(estimate: Estimate) -> str:
    return f"[{estimate.low:.2f}, {estimate.high:.2f}]"
