"""What is asked of the rule, scenario by scenario, and whether the table gives it.

    rows of the rule ──► one line for each number that was asked for          met, not met, or too few worlds to say

The numbers were set before the table was run. A scenario for which none was set is measured all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.evaluate.rates import Estimate
from groundswell.evaluate.worlds import OURS, Row
from groundswell.simulate.catalogue import scenario

MOST_ALARMS, MOST_ALARMS_HIGH = 0.02, 0.05
"""Worlds with nothing to report: a group of innocents in at most so many, and the upper end of the interval below."""

QUICK_RECALL, SLOW_RECALL, LEAST_PRECISION = 0.97, 0.95, 0.99

RECALL = {
    **dict.fromkeys(
        (
            "planted",
            "planted-small",
            "planted-quick",
            "planted-always",
            "planted-seldom",
            "planted-owned",
            "planted-hidden",
            "planted-pair",
            "planted-tenth",
            "planted-deleted",
            "planted-deleted-10",
            "planted-rare",
            "planted-bare",
            "planted-small-owned",
            "planted-small-hidden",
            "planted-fast-10",
            "planted-long",
            "planted-tags",
            "planted-batch",
        ),
        QUICK_RECALL,
    ),
    **dict.fromkeys(("planted-slow", "planted-hour", "planted-five", "planted-large", "planted-edited"), SLOW_RECALL),
}
"""Least part of each planted group's accounts that must be reported: all but all of ten accounts or more with eight
objects or more within a minute, and nearly all of what is slower, smaller or larger."""

PRECISE = frozenset(RECALL) - {"planted-five", "planted-large", "planted-edited"}
"""Scenarios in which 99 of 100 reported accounts must be planted ones."""

ANSWERS = {False: "NOT MET", None: "too few worlds", True: "met"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A number that was asked for, and what was measured."""

    scenario: str
    what: str
    """In a few words, such as ``recall of planted-2``."""
    asked: str
    measured: Estimate
    met: bool | None
    """None where the worlds are too few to say."""


def asked_and_measured(rows: Sequence[Row]) -> tuple[Met, ...]:
    """Every number that was asked for in the scenarios of these rows.

    Parameters
    ----------
    rows
        Of `evaluate_worlds`; those of other rules than ours are passed over.

    Returns
    -------
    met
        In the order of the rows. A mean meets what was asked if it is reached by the mean itself; its interval
        stands beside it. A rate of false alarms must also keep the upper end of its interval below 5 %, so that few
        worlds meet nothing.
    """
    told: list[Met] = []
    for row in rows:
        if row.rule != OURS:
            continue
        if scenario(row.scenario).holds != "planted":
            told.append(_alarms(row))
            continue
        if row.scenario in RECALL:
            told += _found(row)
    return tuple(told)


def as_json(told: Sequence[Met]) -> list[dict[str, Any]]:
    """The lines for machines."""
    return [asdict(one) for one in told]


def as_text(told: Sequence[Met]) -> str:
    """The lines for people, those that are not met first."""
    lines = [("scenario", "", "asked", "measured", "")] + [
        (
            one.scenario,
            one.what,
            one.asked,
            f"{one.measured.value:.3f} [{one.measured.low:.3f}, {one.measured.high:.3f}] of {one.measured.n} worlds",
            ANSWERS[one.met],
        )
        for one in sorted(told, key=lambda one: list(ANSWERS).index(one.met))
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _alarms(row: Row) -> Met:
    rate = row.false_alarm
    met: bool | None = rate.value <= MOST_ALARMS
    if met and rate.high >= MOST_ALARMS_HIGH:
        met = None
    return Met(
        scenario=row.scenario,
        what="worlds with an innocent group",
        asked=f"at most {MOST_ALARMS:.2f}, upper end below {MOST_ALARMS_HIGH:.2f}",
        measured=rate,
        met=met,
    )


def _found(row: Row) -> list[Met]:
    least = RECALL[row.scenario]
    found = [
        Met(
            scenario=row.scenario,
            what=f"recall of {group}",
            asked=f"{least:.2f} or more",
            measured=recall,
            met=recall.value >= least,
        )
        for group, recall in row.recall.items()
    ]
    if row.scenario in PRECISE and row.precision is not None:
        found.append(
            Met(
                scenario=row.scenario,
                what="precision",
                asked=f"{LEAST_PRECISION:.2f} or more",
                measured=row.precision,
                met=row.precision.value >= LEAST_PRECISION,
            )
        )
    return found
