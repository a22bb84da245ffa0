"""Texts around one wording: each member nearly the same as the wording in the middle.

    SimilarPairs ──► clusters          the middle first, then its near copies

Chains are cut: that A is near B and B near C does not make A near C, so a cluster is a star. The text with the most
near copies takes them all; then the next of what is left. Every member can be held against the middle by a reader.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from groundswell.traces.similar_text.pairs import SimilarPairs


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
    near: dict[int, list[int]] = {}
    for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    often = np.ones(pairs.n_texts, np.int64) if weight is None else np.asarray(weight)
    posted = {text: int(often[text]) + sum(int(often[other]) for other in others) for text, others in near.items()}
    taken: set[int] = set()
    found = []
    for middle in sorted(near, key=lambda text: (-posted[text], -int(often[text]), text)):
        if middle in taken:
            continue
        members = sorted(other for other in near[middle] if other not in taken)
        taken.add(middle)
        if members:
            taken.update(members)
            found.append((middle, *members))
    return sorted(found)
