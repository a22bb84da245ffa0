"""A dispute: someone says that a finding is wrong or incomplete, and what became of that.

    Dispute, Dispute, …  ──standing──► the status of one finding, with its history

Disputes are rows that are only ever added. One that was a mistake is taken back by another row that names it, and
both stay in the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What may be said of a finding's standing."""

    UNDISPUTED = "not disputed"
    CONTESTED = "contested"
    UPHELD = "upheld after a dispute"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One row: who said what of which finding, when and why, and the status that it gives."""

    dispute_id: str
    """Made of its content, so that the same file is not entered twice."""
    run_id: str
    """The run that was looked at. A group keeps its name from run to run, and the dispute stays with it."""
    group_id: str | None
    account_id: str | None
    """One of the two: a dispute about an account stands at every finding that counts it among its accounts."""
    status: Status
    who: str
    """Who disputes or decided. Kept in the study, never published."""
    when: str
    """Day or time, ISO 8601."""
    why: str
    """The reason, as it is printed beside the finding."""
    context: str | None = None
    """What the disputing side wants to be printed, in its own words."""
    post_ids: tuple[str, ...] = ()
    """Disputed posts."""
    without: str | None = None
    """What a run without these posts gave, as a sentence."""
    reverses: str | None = None
    """The `dispute_id` of the row that this one takes back."""

    def __post_init__(self) -> None:
        if (self.group_id is None) == (self.account_id is None):
            raise ValueError(f"dispute {self.dispute_id!r} must name a finding or an account, and not both")

    def as_json(self) -> dict[str, Any]:
        """As it is published: without who entered it and without ids."""
        told = asdict(self)
        kept = ("dispute_id", "run_id", "group_id", "when", "why", "context", "without", "reverses")
        return {**{name: told[name] for name in kept}, "status": str(self.status), "n_posts": len(self.post_ids)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a finding stands."""

    status: Status
    history: tuple[Dispute, ...]
    """All rows about it, in the order they were entered, those that were taken back too."""

    @property
    def latest(self) -> Dispute | None:
        """The row that gives the status; None where nothing is disputed."""
        return next((one for one in reversed(_in_force(self.history))), None)

    def as_json(self) -> dict[str, Any]:
        """As it stands beside a finding in ``findings.json``."""
        return {"status": str(self.status), "history": [one.as_json() for one in self.history]}


def standing(disputes: Iterable[Dispute], group_id: str, account_ids: Sequence[str]) -> Standing:
    """How one finding stands: the status of the last row about it that was not taken back.

    Parameters
    ----------
    disputes
        In the order they were entered.
    account_ids
        The accounts of the finding; a dispute about one of them is one about the finding.
    """
    members = frozenset(account_ids)
    about = tuple(one for one in disputes if one.group_id == group_id or one.account_id in members)
    in_force = _in_force(about)
    return Standing(status=_of_finding(in_force[-1]) if in_force else Status.UNDISPUTED, history=about)


def _of_finding(row: Dispute) -> Status:
    """One account that is taken out corrects a finding about many; it does not withdraw it."""
    taken_out = row.account_id is not None and row.status is Status.WITHDRAWN
    return Status.CORRECTED if taken_out else row.status


def _in_force(rows: Sequence[Dispute]) -> list[Dispute]:
    """The rows that no later row takes back, and that take back none themselves."""
    undone: set[str] = set()
    for one in reversed(rows):
        if one.reverses is not None and one.dispute_id not in undone:
            undone.add(one.reverses)
    return [one for one in rows if one.reverses is None and one.dispute_id not in undone]
