"""A group: accounts that the group scan set apart, with the evidence of each kind of trace."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What the scan makes of a group. Only the first is a group in a report; the others are notes."""

    REPORTED = "reported"
    QUICK_FOLLOWERS = "quick followers"
    TOO_FEW_OCCASIONS = "too few occasions"
    SAME_SOURCES = "same sources"
    """What sets it apart comes after accounts that its members follow."""
    NO_CONTROL = "no control"
    """It stands out among accounts most of which are of one block: nobody is left to compare it with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How often one account stood at, or just before, the start of the group's clumps."""

    account_id: str
    occasions: int
    of: int
    n_followers: int | None = None
    """Members that are known to follow it; None where nobody listed who follows whom."""
    n_listed: int | None = None
    """Other members of which it is known whom they follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The group's evidence in one kind of trace, at the window where it is strongest."""

    kind: str
    window_s: float
    evidence: float
    """J: digits of evidence left after paying for the choice of this group among all groups of its size."""
    evidence_without_leaders: float
    """J with the objects left out where the leading accounts went first."""
    lead_p: float
    """Chance that who-goes-first is as concentrated when the first is drawn at random from each clump."""
    n_objects: int
    """Objects that at least two members shared at any time."""
    n_occasions: int
    """Objects where at least three members (two in a group of three) stood inside the window."""
    n_days: int
    """Distinct UTC days of those occasions."""
    times_chance: float
    """Observed over expected in-step members over all of their objects, ordinary ones too; outsiders of the same
    objects being the yardstick. Where most posts are ordinary, or the window is long, it can be near 1."""
    turnout: float
    """Mean share of the members in the clump, over the occasions."""
    own_audience: float
    """Mean share of an object's sharers who are members, over the occasions."""
    second_of_minute: float | None
    """Length of the mean direction of the clumps' seconds in the minute, 0 to 1. Near 1: a clock starts them.
    None where the data's clock is too coarse to tell."""
    median_spread_s: float
    """Median seconds from the first to the last member of a clump."""
    times_at_least: float | None = None
    """The largest minimum effect with which the evidence would still have been enough: on enough of their objects the
    members are in step more than so many times as often as outsiders. None in groups of older versions."""
    theta: float = 3.0
    """The minimum effect it was weighed with, times chance."""
    by_reference: bool = False
    """Whether rates from organic collections outside these data had a part in the yardstick."""
    n_in_step: int | None = None
    """Shares by members in the largest clump of each object. None, as the three below, where nobody listed who follows
    whom."""
    n_prompted: int | None = None
    """Of these, shares that come soon after one of the same object by an outsider whom the member follows."""
    n_after_members: int | None = None
    """Of the others, those that come soon after one by a member whom the member follows."""
    evidence_unprompted: float | None = None
    """J without any share that comes soon after one by a followed outsider."""

    @property
    def times_told(self) -> float:
        """The figure that belongs beside «on enough of their objects»; in groups of older versions, that over all."""
        return self.times_chance if self.times_at_least is None else self.times_at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Accounts that act together, as the scan found them; the strongest kind of trace first."""

    group_id: str
    outcome: Outcome
    account_ids: tuple[str, ...]
    layers: tuple[Layer, ...]
    leads: tuple[Lead, ...]
    """Who went first, most often first; of the strongest layer."""
    first_meeting: str
    last_meeting: str
    """UTC, ISO 8601."""
    evidence_together: float | None = None
    """Digits over all of its layers, where no kind of trace was enough by itself; posts of several kinds count once."""

    def __post_init__(self) -> None:
        if len(self.account_ids) < 2 or not self.layers:
            raise ValueError(f"group {self.group_id!r} needs two accounts and a layer of evidence")
        if list(self.account_ids) != sorted(set(self.account_ids)):
            raise ValueError(f"group {self.group_id!r} lists its accounts unsorted or twice")

    @property
    def size(self) -> int:
        """Number of member accounts."""
        return len(self.account_ids)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of trace it was found in, strongest first."""
        return tuple(layer.kind for layer in self.layers)

    @property
    def strongest(self) -> Layer:
        """The layer with the most evidence."""
        return self.layers[0]

    def as_json(self) -> dict[str, Any]:
        """The entry of ``groups.json``."""
        return {**asdict(self), "outcome": str(self.outcome), "size": self.size}
