"""clusters: the quick way makes the stars that the plain loop makes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.traces.similar_text.clusters import clusters
from groundswell.traces.similar_text.pairs import SimilarPairs

N = 9


def slowly(pairs, weight):
    """The text with the most near copies takes them all, then the next of what is left."""
    near = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    posted = {text: weight[text] + sum(weight[other] for other in others) for text, others in near.items()}
    taken, found = set(), []
    for middle in sorted(near, key=lambda text: (-posted[text], -weight[text], text)):
        if middle not in taken:
            members = sorted(set(near[middle]) - taken)
            taken |= {middle, *members}
            found += [(middle, *members)] if members else []
    return sorted(found)


@given(
    st.sets(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)).filter(lambda pair: pair[0] < pair[1])),
    st.lists(st.integers(1, 4), min_size=N, max_size=N),
)
def test_the_quick_stars_are_the_slow_stars(pairs, weight):
    a, b = (np.array(side, np.int64) for side in zip(*sorted(pairs), strict=True)) if pairs else [np.empty(0, int)] * 2

    assert clusters(SimilarPairs(a, b, np.ones(len(a)), N, 0), weight) == slowly(pairs, weight)
