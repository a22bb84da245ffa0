"""What a run would have seen: campaigns of known make, planted into a copy of its traces, and how many it found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a planted campaign works."""

    size: int
    """Accounts."""
    n_objects: int
    """Objects that they repeat and nobody else does."""
    pace_s: float
    """Seconds within which those that take part repeat an object."""
    turnout: float
    """Chance of each account to take part each time, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One design, and how often it was reported."""

    design: Design
    n: int
    """Campaigns planted."""
    n_found: int
    """Of these, reported as a group: half of its accounts or more, and no more strangers than planted ones."""
    low: float
    high: float
    """95 % interval of the rate (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404)."""

    @property
    def rate(self) -> float:
        """Part of the planted campaigns that were reported, 0 to 1."""
        return self.n_found / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What was planted in one kind of trace."""

    kind: str
    n_accounts: int
    """Accounts of the data with two objects or more in no group: those that played the planted ones."""
    n_copies: int
    """Copies of the traces that were searched."""
    seed: int
    planted: tuple[Planted, ...]
    """By way of working, then size."""
    too_large: tuple[int, ...]
    """Sizes that were not planted, for want of accounts to play them."""

    def as_json(self) -> dict[str, Any]:
        """As it stands in ``findings.json``."""
        return asdict(self)
