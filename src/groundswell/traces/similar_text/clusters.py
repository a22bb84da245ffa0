"""Texts around one wording: each member nearly the same as the wording in the middle.

    SimilarPairs ──► clusters          the middle first, then its near copies

Chains are cut: that A is near B and B near C does not make A near C, so a cluster is a star. The text with the most
near copies takes them all; then the next of what is left. Every member can be held against the middle by a reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.engine.compiled import compiled
from groundswell.traces.similar_text.pairs import SimilarPairs

NOBODY = -1


def clusters(pairs: SimilarPairs, weight: Sequence[int] | None = None) -> list[tuple[int, ...]]:
    """Stars of texts, two or more each.

    Parameters
    ----------
    pairs
        Which texts are nearly the same.
    weight
        How often each text was posted, so that the commonest wording comes to stand in the middle; once by default.

    Returns
    -------
    list
        The middle first, its near copies ascending; ordered by the middle's number. No text is in two.
    """
    often = np.ones(pairs.n_texts, np.int64) if weight is None else np.asarray(weight, dtype=np.int64)
    # Both ways round and sorted, the near copies of a text are one run.
    both = np.concatenate([pairs.a << 32 | pairs.b, pairs.b << 32 | pairs.a])
    both.sort()
    text, other = both >> 32, both & 0xFFFFFFFF
    start = np.searchsorted(text, np.arange(pairs.n_texts + 1))
    posted = often.copy()
    np.add.at(posted, text, often[other])
    order = np.lexsort((np.arange(pairs.n_texts), -often, -posted))
    middle = _middles(order, start, other)
    members = np.flatnonzero(middle != NOBODY)
    members = members[np.argsort(middle[members], kind="stable")]
    cuts = np.flatnonzero(np.diff(middle[members])) + 1
    return [(int(middle[star[0]]), *star.tolist()) for star in np.split(members, cuts) if len(star)]


@compiled
def _middles(order: Any, start: Any, other: Any) -> Any:
    """For each text the middle of the star that it is in, or `NOBODY`; a middle itself is in none."""
    taken = np.zeros(order.size, np.bool_)
    middle = np.full(order.size, -1, np.int64)
    for text in order:
        if taken[text]:
            continue
        taken[text] = True
        for at in range(start[text], start[text + 1]):
            if not taken[other[at]]:
                taken[other[at]] = True
                middle[other[at]] = text
    return middle
