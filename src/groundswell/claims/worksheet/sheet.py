"""The worksheet: hypotheses that were fixed beforehand, pieces of evidence, and a place for the actor that stays empty.

    Sheet ──weigh──► Weighing ──► page, JSON

Behaviour, content and distribution are filled from findings; nobody but a person fills the actor, with a source, and
signs. Categories after François (2019, ABC) and Alaphilippe (2020, the D): https://www.brookings.edu/articles/adding-a-d-to-the-abc-disinformation-framework/
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Dimension(StrEnum):
    """What a piece of evidence is about."""

    BEHAVIOUR = "behaviour"
    CONTENT = "content"
    DISTRIBUTION = "distribution"
    ACTOR = "actor"


RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability can’t be judged",
}
CREDIBILITY = {
    1: "borne out by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth can’t be judged",
}
"""The Admiralty code: the source by a letter, what it says by a number, each for itself."""
NO_WEIGHT = frozenset("EF"), frozenset((5, 6))
"""With these, evidence is shown and moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One explanation, with how likely it was held before the evidence."""

    hypothesis_id: str
    name: str
    prior: float
    needs_actor: bool = False
    """Whether posts alone can never tell it from its neighbours: it speaks of who is behind it."""


FIXED = (
    ("H1", "many people, each for themselves", False),
    ("H2", "many people, and a group that joined them", False),
    ("H3", "an organisation, club or fandom that acts together in the open", False),
    ("H4", "a paid service that adds posts", True),
    ("H5", "accounts that misrepresent who they are, run from within the country", True),
    ("H6", "accounts that misrepresent who they are, run from outside the country", True),
    ("H7", "the way it was collected, measured or reported", False),
)
"""(id, name, speaks of who is behind it): fixed before any data, after Heuer’s analysis of competing hypotheses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence and what it would be like under each hypothesis."""

    evidence_id: str
    dimension: Dimension
    statement: str
    source: str
    """Where it can be looked up: a run, a page, a document, a person."""
    root: str
    """What it goes back to. Of all evidence with one root, one piece is counted."""
    reliability: str = "F"
    credibility: int = 6
    comparators: int = 0
    """Cases it was compared with. No ratio counts for more than this number; with none, nothing moves."""
    likelihood: tuple[tuple[str, float], ...] = ()
    """(hypothesis, how often such evidence is seen when it is true), 0 to 1; empty: not weighed."""
    filled_by: str = ""
    """A program and version, or a person."""
    post_ids: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The Admiralty code, such as ``B2``."""
        return f"{self.reliability}{self.credibility}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is behind it. Empty until a person enters sourced evidence and signs."""

    name: str = ""
    signed_by: str = ""
    signed_on: str = ""
    """A date, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole worksheet, as people edit it."""

    about: str
    run: str
    made_by: str
    fixed: str
    """What `fixing` gave when the sheet was made: whether hypotheses or priors were changed since can be seen."""
    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Evidence, ...]
    actor: Actor = Actor()


def hypotheses() -> tuple[Hypothesis, ...]:
    """The fixed hypotheses, equally likely until somebody says otherwise.

    Those that only differ in who is behind it share one part between them: posts can't tell them apart, and three
    names for one thing would else be three times as likely as one.
    """
    who = sum(needs for _, _, needs in FIXED)
    part = 1 / (len(FIXED) - who + 1)
    return tuple(
        Hypothesis(hypothesis_id=name, name=words, prior=part / who if needs else part, needs_actor=needs)
        for name, words, needs in FIXED
    )


def fixing(given: tuple[Hypothesis, ...]) -> str:
    """A short hash of hypotheses and priors.

    >>> fixing(()) == fixing(())
    True
    """
    content = [(one.hypothesis_id, one.name, round(one.prior, 6)) for one in given]
    return sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
