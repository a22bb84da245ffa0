"""An edge of the graph: one document took something over from a source, and these are the words that show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from groundswell.claims.statements import Claim


class Basis(StrEnum):
    """How an edge is known."""

    LINK = "hyperlink"
    CREDIT = "named as the original"
    """The page's own canonical address."""
    OWN_DATA = "own data"
    """A publisher's own earlier list, count or dashboard."""
    NAMED = "named source"
    MENTIONED = "mentioned"
    """The name stands in a sentence about the campaign, and no word says that it is the source."""
    COPIED = "same passage"
    NUMBER = "same number"


CONFIDENCE = {
    Basis.LINK: 1.0,
    Basis.CREDIT: 1.0,
    Basis.OWN_DATA: 0.9,
    Basis.NAMED: 0.8,
    Basis.MENTIONED: 0.5,
    Basis.COPIED: 0.6,
    Basis.NUMBER: 0.4,
}
"""How often such a sign is a citation: set beforehand by judgement, not measured. People's answers replace it."""
WHOLE_COPY = 0.9
"""Of a passage that is half of the document or more."""
OUTSIDE = 0.6
"""Of a link in a sentence about the campaign that leads out of the collection: it may be background."""
SURE = 0.5
"""From here on an edge is part of the likeliest graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The words that an edge rests on."""

    basis: Basis
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`citing` took something over from `cited`."""

    citing: str
    cited: str
    """A document of the collection, or ``outside:`` and a name or address."""
    claims: frozenset[Claim]
    """What it was taken over for."""
    spans: tuple[Span, ...]
    """All signs, the surest first."""

    @property
    def confidence(self) -> float:
        """That of the surest sign; signs in one text are not independent, so they do not add up."""
        return max(span.confidence for span in self.spans)

    @property
    def basis(self) -> Basis:
        """The surest sign."""
        return self.spans[0].basis

    @property
    def citation_id(self) -> str:
        """A short name that stays when the collection grows."""
        return citation_id(self.citing, self.cited)


def citation_id(citing: str, cited: str) -> str:
    """The name of the edge between two nodes.

    >>> citation_id("a.example/1", "b.example/2")
    'c-2f5e61ab'
    """
    return "c-" + sha256(f"{citing}\n{cited}".encode()).hexdigest()[:8]


OUTSIDE_PREFIX = "outside:"


def is_outside(node: str) -> bool:
    """Whether a node is a source of which the collection holds nothing."""
    return node.startswith(OUTSIDE_PREFIX)
