"""Which two texts are nearly the same, and how nearly: every pair checked exactly.

    texts ──► SimilarPairs          a, b, and the Jaccard index of their shingles

MinHash proposes (`minhash`), the shingles themselves decide, so that no pair is false. Then each cluster of linked
texts is compared completely, which finds what the bands missed and what a crowded band left out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from groundswell.engine.compiled import compiled
from groundswell.traces.similar_text.encoded import Encoded, encoded
from groundswell.traces.similar_text.minhash import candidates

LEAST = 0.7
"""Jaccard index from which two texts count as nearly the same: a word or two of a short post changed."""

MOST_COMPARED = 5_000_000
"""Pairs inside clusters that are compared completely, the smallest clusters first; some seconds."""

LETTERS_AT_ONCE = 10_000_000
"""Of the texts that a core cuts into shingles together: 80 MB if no two pairs share a text."""


@dataclass(frozen=True, eq=False)
class SimilarPairs:
    """Pairs of texts, a < b, sorted by (a, b)."""

    a: np.ndarray[Any, np.dtype[np.int64]]
    b: np.ndarray[Any, np.dtype[np.int64]]
    jaccard: np.ndarray[Any, np.dtype[np.float64]]
    """Shingles in common, of the shingles in either."""
    n_texts: int
    n_clusters_in_part: int
    """Clusters too large to be compared completely: their pairs are true, and some are missing."""
    n_links: int = 0
    """What the bands proposed (`minhash.Proposed`)."""
    n_left_out: int = 0
    """And of it what was not compared, because it was too much."""

    def at_least(self, jaccard: float) -> SimilarPairs:
        """Only the pairs that are so nearly the same."""
        kept = self.jaccard >= jaccard
        return replace(self, a=self.a[kept], b=self.b[kept], jaccard=self.jaccard[kept])


def similar_pairs(texts: Sequence[str], *, least: float = LEAST) -> SimilarPairs:
    """Find every two texts whose shingles have a Jaccard index of `least` or more.

    Parameters
    ----------
    texts
        Distinct, and in the form in which they are to be compared (`traces.normal_text`).
    least
        Between 0.3 and 1. Below 0.7 some pairs are missed: the bands are made for 0.7 (`minhash`).

    Returns
    -------
    SimilarPairs
        No pair is false. Of the pairs at 0.7, 0.4 % are missed by the bands; most of these are found again inside
        their cluster.

    Notes
    -----
    Time grows with the texts' characters and the pairs found. Memory: 2 bytes a character, 250 bytes a text.
    """
    if not 0.3 <= least <= 1:
        raise ValueError(f"least must lie between 0.3 and 1, got {least:g}")
    as_numbers = encoded(texts)
    a, b, n_links, n_left_out = candidates(as_numbers, least)
    jaccard = _compared_by_all(as_numbers, a, b, least)
    kept = jaccard >= least
    a, b, jaccard = a[kept], b[kept], jaccard[kept]
    found, n_in_part = _completed(as_numbers, a, b, least)
    if found:
        # A pair that was known already is found again with the same index.
        pairs = np.concatenate([a << 32 | b, *(part[0] for part in found)])
        values = np.concatenate([jaccard, *(part[1] for part in found)])
        pairs, first = np.unique(pairs, return_index=True)
        a, b, jaccard = pairs >> 32, pairs & 0xFFFFFFFF, values[first]
    return SimilarPairs(a, b, jaccard, as_numbers.n, n_in_part, n_links, n_left_out)


def components(n: int, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
    """The texts that hang together by pairs, two or more each; ascending, and ordered by their first."""
    if not len(a):
        return []
    links = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(n, n))
    _, label = connected_components(links, directed=False)
    linked = np.unique(np.concatenate([a, b]))
    order = linked[np.argsort(label[linked], kind="stable")]
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return sorted(np.split(order, cuts), key=lambda members: int(members[0]))


def _completed(
    texts: Encoded, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any], least: float
) -> tuple[list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]], int]:
    """The pairs inside each cluster; and the number of clusters too large for that."""
    chosen, n_in_part, left = [], 0, MOST_COMPARED
    for members in sorted(components(texts.n, a, b), key=len):
        n_pairs = len(members) * (len(members) - 1) // 2
        if n_pairs == 1:
            continue
        if n_pairs > left:
            n_in_part += 1
            continue
        left -= n_pairs
        chosen.append(members)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(lambda members: _within(texts.codes, texts.start, members, least), chosen)), n_in_part


def _compared_by_all(
    texts: Encoded, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any], least: float
) -> np.ndarray[Any, Any]:
    """The Jaccard index of each pair, 0 where it is surely below `least`; worked out by all cores."""
    length = np.diff(texts.start)
    cuts = np.flatnonzero(np.diff(np.cumsum(length[a] + length[b]) // LETTERS_AT_ONCE)) + 1

    def compared(first: int, last: int) -> Any:
        return _compared(texts.codes, texts.start, a[first:last], b[first:last], least)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return np.concatenate(list(pool.map(compared, [0, *cuts], [*cuts, len(a)])))


@compiled
def _shingles(codes: Any, first: int, last: int, out: Any) -> int:
    """The distinct shingles of a text, sorted, into `out`; how many there are."""
    n = 0
    gram = np.uint64(0)
    for i in range(first, last):
        gram = gram << np.uint64(16) | np.uint64(codes[i])
        if i >= first + 3:
            out[n] = gram
            n += 1
    out[:n].sort()
    distinct = 0
    for i in range(n):
        if i == 0 or out[i] != out[i - 1]:
            out[distinct] = out[i]
            distinct += 1
    return distinct


@compiled
def _jaccard(x: Any, n_x: int, y: Any, n_y: int) -> float:
    common = i = j = 0
    while i < n_x and j < n_y:
        if x[i] == y[j]:
            common += 1
            i += 1
            j += 1
        elif x[i] < y[j]:
            i += 1
        else:
            j += 1
    return common / (n_x + n_y - common) if n_x + n_y > common else 0.0


@compiled
def _compared(codes: Any, start: Any, a: Any, b: Any, least: float) -> Any:
    """The Jaccard index of each pair, 0 where the number of shingles rules `least` out.

    Each text is cut up once: copies of one wording are in thirty pairs each, and sorting shingles is what takes long.
    """
    seat = np.full(start.size - 1, -1, np.int32)
    place = np.zeros(2 * a.size + 1, np.int64)
    n = 0
    for side in (a, b):
        for text in side:
            if seat[text] < 0:
                seat[text] = n
                place[n + 1] = place[n] + start[text + 1] - start[text]
                n += 1
    flat = np.empty(place[n], np.uint64)
    size = np.full(n, -1, np.int64)
    for side in (a, b):
        for text in side:
            at = seat[text]
            if size[at] < 0:
                size[at] = _shingles(codes, start[text], start[text + 1], flat[place[at] :])
    jaccard = np.zeros(a.size, np.float64)
    for k in range(a.size):
        x, y = seat[a[k]], seat[b[k]]
        if min(size[x], size[y]) >= least * max(size[x], size[y]):
            jaccard[k] = _jaccard(flat[place[x] :], size[x], flat[place[y] :], size[y])
    return jaccard


@compiled
def _within(codes: Any, start: Any, members: Any, least: float) -> Any:
    """Pairs a << 32 | b among the members with at least that index, and their indexes."""
    total = 0
    for text in members:
        total += start[text + 1] - start[text]
    flat, place = np.empty(total, np.uint64), np.zeros(members.size + 1, np.int64)
    for k in range(members.size):
        out = flat[place[k] :]
        place[k + 1] = place[k] + _shingles(codes, start[members[k]], start[members[k] + 1], out)
    pairs, index = np.empty(1 << 10, np.int64), np.empty(1 << 10, np.float64)
    n = 0
    for i in range(members.size):
        n_x = place[i + 1] - place[i]
        for j in range(i + 1, members.size):
            n_y = place[j + 1] - place[j]
            if min(n_x, n_y) < least * max(n_x, n_y):
                continue
            value = _jaccard(flat[place[i] :], n_x, flat[place[j] :], n_y)
            if value < least:
                continue
            if n == pairs.size:
                more_pairs, more_index = np.empty(2 * n, np.int64), np.empty(2 * n, np.float64)
                for k in range(n):
                    more_pairs[k], more_index[k] = pairs[k], index[k]
                pairs, index = more_pairs, more_index
            pairs[n], index[n] = members[i] << 32 | members[j], value
            n += 1
    return pairs[:n], index[:n]
