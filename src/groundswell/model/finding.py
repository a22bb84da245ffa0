"""A finding: a sentence about behaviour, with what speaks for and against it. An assessment: all of them, weighed.

Claims are about behaviour, never about people or motives. A finding can't exist without evidence or without
weighed innocent explanations.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from groundswell.model.campaign import NOT_COMPUTABLE, SHARES, Measured


class Verdict(StrEnum):
    """The only five things that can be said of a group or a campaign."""

    ORGANIC = "not distinguishable from organic comparators"
    OPEN = "coordinated, no sign of deception"
    DECEPTIVE = "coordinated, with evidence of deception"
    INAUTHENTIC = "inauthentic accounts present, coordination not shown"
    CANNOT_TELL = "cannot tell"

    @property
    def name_in_json(self) -> str:
        """The stable name under which programs read it."""
        return NAMES_IN_JSON[self]


NAMES_IN_JSON = {
    Verdict.ORGANIC: "indistinguishable_from_organic",
    Verdict.OPEN: "coordinated_no_sign_of_deception",
    Verdict.DECEPTIVE: "coordinated_with_deception_evidence",
    Verdict.INAUTHENTIC: "inauthentic_accounts_coordination_not_shown",
    Verdict.CANNOT_TELL: "cannot_tell",
}


class Side(StrEnum):
    """Which way a piece of evidence points."""

    FOR = "for"
    AGAINST = "against"


class Weight(StrEnum):
    """How the data bear on an innocent explanation."""

    CLEARLY_FOR = "clearly for"
    FOR = "for"
    CANNOT_TELL = "cannot tell"
    AGAINST = "against"
    CLEARLY_AGAINST = "clearly against"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason, as a sentence with its denominator, and the posts that show it."""

    side: Side
    sentence: str
    post_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """An innocent explanation, how the data bear on it, and what was looked at."""

    name: str
    weight: Weight
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole with its interval: never a bare number."""

    of: str
    """What is counted, such as ``posts with #OpenGate``."""
    count: int
    whole: int
    low: float
    high: float
    """95 % interval of the share, 0 to 1. Equal to the share where the whole was counted and nothing is uncertain."""
    basis: str
    """What the interval covers, in words."""
    high_if_missing: float | None = None
    """The share if everything missing had belonged to the group; None where it is not known what is missing."""

    @property
    def share(self) -> float:
        """The part, 0 to 1; 0 of nothing is 0."""
        return self.count / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim about one group, with its reasons."""

    group_id: str
    claim: str
    verdict: Verdict
    account_ids: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]

    def __post_init__(self) -> None:
        if not any(e.side is Side.FOR for e in self.evidence):
            raise ValueError(f"nothing supports the claim {self.claim!r}")
        if not self.alternatives:
            raise ValueError(f"no innocent explanation was weighed for {self.claim!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the reader should know that is no finding: quick followers, too few occasions, a blind spot."""

    kind: str
    sentence: str
    account_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """How much of a hashtag, URL or phrase the groups are."""

    query: str
    n_posts: int
    n_accounts: int
    shares: tuple[Share, ...]
    verdict: Verdict
    sentence: str
    share_by_group: tuple[tuple[str, tuple[Share, ...]], ...] = ()
    measured: Measured | None = None
    """All else that was measured of it."""

    def as_contract(self) -> dict[str, Any]:
        """The keys about a campaign that stand at the top of ``findings.json`` and of ``assess --json``."""
        measured = self.measured.as_contract() if self.measured else {}
        head = {"verdict": self.verdict.name_in_json, "posts_total": self.n_posts, "accounts_total": self.n_accounts}
        return {**NOTHING_MEASURED, "sentence": self.sentence, **head, **measured}


NOTHING_MEASURED: dict[str, Any] = {
    "verdict": "cannot_tell",
    "posts_total": 0,
    "accounts_total": 0,
    **{name: dict.fromkeys(("point", "low", "high", "bound_low", "bound_high")) for name in SHARES},
    "lead_lag": None,
    "rank_with": NOT_COMPUTABLE,
    "rank_without": NOT_COMPUTABLE,
    "power": None,
    "multiverse": None,
    "alternatives": [],
    "sentence": None,
    "would_change": [],
}
"""The contract's keys where no post matches; ``power`` and ``multiverse`` are the run's, filled by who writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything the run may say, in the order a page says it."""

    headline: str
    """The strongest permitted sentence, with its denominator inside."""
    hedge: str
    """What the headline does not say."""
    verdict: Verdict
    supported: tuple[str, ...]
    not_supported: tuple[str, ...]
    findings: tuple[Finding, ...]
    shares: tuple[Share, ...]
    """Of all posts and of all accounts read, by members of reported groups together."""
    notes: tuple[Note, ...]
    campaign: Campaign | None = None

    def sentences(self) -> tuple[str, ...]:
        """Every sentence the program wrote, for the wording test."""
        texts = [self.headline, self.hedge, *self.supported, *self.not_supported]
        for finding in self.findings:
            texts += [finding.claim, *(e.sentence for e in finding.evidence)]
            texts += [text for a in finding.alternatives for text in (a.name, a.reason)]
        texts += [note.sentence for note in self.notes]
        if self.campaign:
            texts.append(self.campaign.sentence)
            texts += self.campaign.measured.sentences() if self.campaign.measured else ()
        return tuple(texts)

    def as_json(self) -> dict[str, Any]:
        """The content of a run's ``findings.json``, from which it can be read back."""
        return asdict(self)

    def as_contract(self, *, asked: bool) -> dict[str, Any]:
        """Everything, with the keys about the campaign on top where one was `asked` for, matched or not."""
        if not asked:
            return self.as_json()
        told = self.campaign.as_contract() if self.campaign else {**NOTHING_MEASURED, "sentence": self._no_match()}
        return {**self.as_json(), **told}

    def _no_match(self) -> str | None:
        return next((note.sentence for note in self.notes if note.kind == "campaign"), None)
