"""What was measured of a campaign, beyond the count of its posts: each figure with its interval, each doubt by name.

Estimate     a share with a 95 % interval, and bounds for what may be missing
LeadLag      whether the members came first, early or late
Phase        a stretch of time in which their share stayed the same
Ranks        its place among the hashtags of the collection, with them and without
Jump         a rise in the others' posts, and whose post stood before it
Comparison   a statistic of the campaign among organic comparators
Hypothesis   an explanation, what it predicts, and which predictions hold
Change       what would change the conclusion, found by counting again
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

NOT_COMPUTABLE = "not computable"


class Role(StrEnum):
    """Where the members of the groups stand in the course of a campaign."""

    ORIGINATOR = "originator"
    EARLY_AMPLIFIER = "early amplifier"
    TRAILER = "trailer"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A share with its uncertainty; every field 0 to 1, None where there is no whole to be a part of."""

    point: float | None
    """Each group weighed by how sure its evidence makes it."""
    low: float | None
    high: float | None
    """95 % interval: which groups are real, and which accounts were read."""
    bound_low: float | None
    bound_high: float | None
    """The interval's ends if as much is missing as `Volumes.missing` says, all of it theirs or none, and if only the
    surest group were one or those set aside were too."""
    count: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """How much of the campaign they are, in three wholes and three lines."""

    posts: Estimate
    accounts: Estimate
    reposts_received: Estimate
    direct: int
    """Posts by members."""
    downstream: int
    """Reposts by others of what members wrote: exposure, not effect."""
    unaffected: int
    """All other posts. The three lines add up to the posts of the campaign."""
    band_low: float | None
    band_high: float | None
    """Share of posts with only the group of the strongest evidence, and with every group that was set aside too."""
    missing: float
    """Part of all posts that the bounds let be missing, 0 to 1."""
    basis: str
    """What interval and bounds cover, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOf:
    """Members among the first accounts that used the campaign."""

    k: int
    members: int
    expected: float
    """Members there would be if the order of the accounts were drawn by lot."""
    posts: int
    """Posts by members among the first `k` posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLag:
    """Lead or trail, in three ways that may disagree."""

    role: Role
    sentence: str
    first_member: str | None = None
    first_other: str | None = None
    """First use that was collected, UTC, ISO 8601."""
    first: tuple[FirstOf, ...] = ()
    median_lag_s: float | None = None
    """Median first use of the members minus that of the others; below zero the members came first."""
    median_lag_low_s: float | None = None
    median_lag_high_s: float | None = None
    shift_s: float | None = None
    """Shift of the others' posts against the members' at which the two go best together; above zero the members
    were ahead. None where neither moved enough to tell."""
    shift_low_s: float | None = None
    shift_high_s: float | None = None
    bin_s: float | None = None
    """Width of the bins in which the shift was sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the campaign in which the members' share of the posts stayed the same, as far as can be told."""

    begins: str
    ends: str
    """UTC, ISO 8601; `ends` is where the next one begins."""
    count: int
    whole: int
    begins_low: str | None = None
    begins_high: str | None = None
    """95 % interval of the beginning; None for the first phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankDraws:
    """How far the place without the groups moves when accounts are drawn again and groups are as sure as they are."""

    n: int
    """Draws."""
    without_low: Mapping[str, int]
    without_high: Mapping[str, int]
    """Between these lie 95 % of the places without them, by ``uses`` and by ``accounts``."""
    in_top_with: float
    in_top_without: float
    """Part of the draws in which it is among the ten most used hashtags, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """The place of a hashtag among all hashtags of the collection, 1 being the most."""

    n_tags: int
    with_them: Mapping[str, int]
    """By way of scoring: ``uses``, ``accounts``, and ``shrunk`` (uses against its own past)."""
    without_them: Mapping[str, int]
    without_their_reposts: Mapping[str, int]
    """Without their posts and without the reposts that others made of them."""
    without_low: Mapping[str, int]
    without_high: Mapping[str, int]
    """Best and worst place when each group alone, or all but one, is left out."""
    hours: int | None = None
    """Hours with a post that has a hashtag."""
    hours_in_top_with: int | None = None
    hours_in_top_without: int | None = None
    """Hours in which it was among the ten most used hashtags."""
    draws: RankDraws | None = None
    """None where nothing could be ranked."""
    unknown: str | None = None
    """Why nothing could be ranked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A rise in how much others posted, and the post before it that was repeated most."""

    time: str
    before: float
    after: float
    """Posts by others an hour, before and after."""
    account_ids: tuple[str, ...]
    post_ids: tuple[str, ...]
    """The post, and its author: one of each, or none where no post was repeated."""
    inside: bool | None
    """Whether the author is a member of a reported group; None where there is no such post."""
    reposts: int
    """Times it was repeated by others after the jump began."""
    followers: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Who brought the reach."""

    jumps: tuple[Jump, ...]
    top: int
    """The most repeated posts that were looked at: ten, or as many as there are."""
    top_inside: int
    """Of these, by members."""
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How unevenly something is spread over accounts."""

    of: str
    n: int
    """Accounts."""
    total: int
    gini: float
    top_share: float
    """Part of the total by the busiest hundredth of the accounts, one at least."""
    effective: float
    """Accounts that would give the same sum of squares if all did equally much (inverse Simpson index)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Births:
    """When the members' accounts were made, against the other accounts of the campaign."""

    members: int
    others: int
    """Accounts whose creation time is known."""
    members_one_day: int
    others_one_day: int
    """Accounts made in the busiest 24 hours of each."""
    members_new: int
    others_new: int
    """Accounts made in the 30 days before they first used the campaign."""
    p: float | None
    """Chance of a day as busy as the members', were they made as the others were; None under 20 others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One statistic of the campaign, among comparators of about its size."""

    statistic: str
    value: float
    percentile: float
    """Part of the comparators below it, ties halved, in per cent."""
    low: float
    high: float
    """Smallest and largest of the comparators."""
    n: int
    source: str

    @property
    def outside(self) -> bool:
        """Whether no comparator reaches so far."""
        return not self.low <= self.value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """An explanation of the whole campaign, with what it predicts."""

    name: str
    predicts: tuple[str, ...]
    holds: tuple[bool | None, ...]
    """For each prediction, whether the data agree; None where they can't tell."""
    reason: str

    @property
    def against(self) -> int:
        """Predictions that fail."""
        return sum(held is False for held in self.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that would change the conclusion."""

    if_: str
    then: str
    tipping_point: float | None = None
    """Where the conclusion turns; the sentence says of what."""
    verdict: str | None = None
    """The verdict there, where it is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All of it, for one campaign."""

    volumes: Volumes
    lead_lag: LeadLag
    phases: tuple[Phase, ...]
    phases_sentence: str
    ranks: Ranks
    reach: Reach
    concentration: tuple[Concentration, ...]
    births: Births | None
    comparisons: tuple[Comparison, ...]
    comparisons_sentence: str
    alternatives: tuple[Hypothesis, ...]
    would_change: tuple[Change, ...]
    sentence: str
    """The strongest permitted one."""
    level: int
    """How far up the claim ladder it stands: 0 nothing, 1 alike, 2 coordinated beyond chance. Level 3 and above are
    a person's to fill."""

    def sentences(self) -> Iterator[str]:
        """Every sentence in it."""
        yield from (self.sentence, self.lead_lag.sentence, self.phases_sentence, self.reach.sentence)
        yield from (self.volumes.basis, self.comparisons_sentence)
        for other in self.alternatives:
            yield from (other.name, *other.predicts, other.reason)
        for change in self.would_change:
            yield from (change.if_, change.then)
        if self.ranks.unknown:
            yield self.ranks.unknown

    def as_contract(self) -> dict[str, Any]:
        """The keys that stand at the top of ``findings.json`` and of ``assess --json``."""
        told = asdict(self)
        ranks = self.ranks
        return {
            **{name: _five(getattr(self.volumes, whole)) for name, whole in SHARES.items()},
            "volumes": told["volumes"],
            "lead_lag": {**told["lead_lag"], "role": self.lead_lag.role.name.lower()},
            "phases": told["phases"],
            "phases_sentence": self.phases_sentence,
            "rank_with": _rank(ranks, ranks.with_them),
            "rank_without": _rank(ranks, ranks.without_them),
            "ranks": told["ranks"],
            "reach": told["reach"],
            "concentration": told["concentration"],
            "births": told["births"],
            "comparisons": told["comparisons"],
            "alternatives": told["alternatives"],
            "would_change": [{"if": one.pop("if_"), **one} for one in told["would_change"]],
            "sentence": self.sentence,
            "claim_level": self.level,
        }


SHARES = {"share_posts": "posts", "share_accounts": "accounts", "share_reposts_received": "reposts_received"}
"""Name in the contract to field of `Volumes`."""


def _five(estimate: Estimate) -> dict[str, float | None]:
    told = asdict(estimate)
    return {name: told[name] for name in ("point", "low", "high", "bound_low", "bound_high")}


def _rank(ranks: Ranks, places: Mapping[str, int]) -> dict[str, int] | str:
    return NOT_COMPUTABLE if ranks.unknown else {**places, "of": ranks.n_tags}
