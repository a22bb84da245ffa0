"""Who is there: made-up accounts with habits, and who reads whom.

Accounts are numbered so that a community is one run of numbers, which makes «someone of this community» a draw from a
slice. Activity and fame are heavy-tailed: a few accounts share, or are read, far more than the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HOUR_S = 3600.0
ZONES_S = (0.0, -5 * HOUR_S, 8 * HOUR_S)
"""Offsets of the three time zones from UTC: each community lives in one, with some of its members elsewhere."""

OWN_COMMUNITY = 0.85
"""Part of those an account reads who belong to its own community."""

READS_MEDIAN = 18
"""Accounts read by the median account."""

KEENER_IF_FAST = 4.0
"""An account that reacts at once also reshares this many times more of what it sees."""

READERS_AT_ONCE = 100_000
"""Keeps the draws of a large crowd from filling the memory."""

FAVOURITES = 3
"""Selective fast accounts react at once to this many of the accounts they read, the most famous."""


@dataclass(frozen=True, eq=False, kw_only=True)
class People:
    """n accounts and e (source, reader) edges. Edges are grouped by source."""

    activity: NDArray[np.float64]
    """Shape n. Relative number of objects that the account finds by itself."""
    fame: NDArray[np.float64]
    """Shape n. Relative chance to be read."""
    community: NDArray[np.int64]
    """Shape n, never falling."""
    community_start: NDArray[np.int64]
    """Community c is the accounts from ``community_start[c]`` up to ``community_start[c + 1]``."""
    zone_s: NDArray[np.float64]
    """Shape n. Offset of the account's clock from UTC, in seconds."""
    fast: NDArray[np.bool_]
    """Shape n. Habitually reacts within a minute or so."""
    reaction_s: NDArray[np.float64]
    """Shape n. Median seconds from seeing to sharing, where the account is fast."""
    reader: NDArray[np.int64]
    """Shape e. The account that reads the source."""
    reader_start: NDArray[np.int64]
    """Account u is read by ``reader[reader_start[u]:reader_start[u + 1]]``."""
    keenness_below: NDArray[np.float64]
    """Shape e + 1. Running total of each edge's relative chance that the reader reshares what the source shares."""
    at_once: NDArray[np.bool_]
    """Shape e. The reader reacts to this source within a minute or so."""
    selective: bool
    """Fast accounts are fast with their favourites only."""

    @property
    def n(self) -> int:
        """Number of accounts."""
        return len(self.activity)


def gather(
    rng: np.random.Generator, n: int, *, communities: int = 6, fast: float = 0.0, selective: bool = False
) -> People:
    """Make up `n` accounts and who reads whom.

    Parameters
    ----------
    rng
        The only source of chance.
    n
        Number of accounts, at least ten for each community.
    communities
        Number of topics that divide the accounts; 85 % of reading stays inside.
    fast
        Part of the accounts, 0 to 1, that react 30 to 60 s (median) after seeing a post.
    selective
        Fast accounts react at once only to the three most famous accounts they read.
    """
    community = np.sort(rng.integers(0, communities, n))
    community_start = np.searchsorted(community, np.arange(communities + 1)).astype(np.int64)
    home = rng.choice(ZONES_S, communities)[community]
    zone_s = np.where(rng.random(n) < 0.15, rng.choice(ZONES_S, n), home)
    activity = np.minimum(rng.pareto(1.3, n) + 1, 80)
    fame = np.minimum(rng.pareto(1.0, n) + 0.3, 300)
    is_fast = rng.random(n) < fast
    reaction_s = rng.uniform(30, 60, n)

    source, reader = _reading(rng, fame, community, community_start)
    at_once = is_fast[reader]
    if selective:
        at_once &= _is_favourite(source, reader, fame)
    keenness = activity[reader] ** 0.7 * np.where(at_once, KEENER_IF_FAST, 1.0)
    return People(
        activity=activity,
        fame=fame,
        community=community,
        community_start=community_start,
        zone_s=zone_s,
        fast=is_fast,
        reaction_s=reaction_s,
        reader=reader,
        reader_start=np.concatenate(([0], np.cumsum(np.bincount(source, minlength=n)))),
        keenness_below=running_total(keenness),
        at_once=at_once,
        selective=selective,
    )


def running_total(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the weights before each position, and of all of them last."""
    return np.concatenate(([0.0], np.cumsum(weight)))


def drawn_by_weight(
    rng: np.random.Generator,
    weight_below: NDArray[np.float64],
    first: NDArray[np.int64],
    end: NDArray[np.int64],
) -> NDArray[np.int64]:
    """For each pair of bounds, one position in ``first <= i < end``, drawn in proportion to its weight.

    `weight_below` is the `running_total` of the weights.
    """
    target = weight_below[first] + rng.random(len(first)) * (weight_below[end] - weight_below[first])
    at = np.searchsorted(weight_below, target, side="right") - 1
    return np.clip(at, first, end - 1)


def _reading(
    rng: np.random.Generator,
    fame: NDArray[np.float64],
    community: NDArray[np.int64],
    community_start: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(source, reader) edges without repeats or self-reading, sorted by source and reader."""
    n = len(fame)
    reads = np.clip(np.exp(rng.normal(np.log(READS_MEDIAN), 0.8, n)), 2, 150).astype(np.int64)
    fame_below = running_total(fame)
    parts = []
    for start in range(0, n, READERS_AT_ONCE):
        readers = np.arange(start, min(n, start + READERS_AT_ONCE))
        reader = np.repeat(readers, reads[readers])
        near = rng.random(len(reader)) < OWN_COMMUNITY
        first = np.where(near, community_start[community[reader]], 0)
        end = np.where(near, community_start[community[reader] + 1], n)
        source = drawn_by_weight(rng, fame_below, first, end)
        parts.append((source * n + reader)[source != reader])
    edge = np.concatenate(parts)
    edge.sort()
    edge = edge[np.concatenate(([True], edge[1:] != edge[:-1]))]
    return edge // n, edge % n


def _is_favourite(source: NDArray[np.int64], reader: NDArray[np.int64], fame: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the source is among the most famous that the reader reads."""
    by_fame = np.lexsort((source, -fame[source], reader))
    ordered = reader[by_fame]
    place = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
    favourite = np.empty(len(ordered), dtype=np.bool_)
    favourite[by_fame] = place < FAVOURITES
    return favourite
