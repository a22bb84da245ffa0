"""The Poisson binomial: exact, and its quick answers never wrong."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.poisson_binomial import at_least, log_bound, surely_common

chances = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8)


def enumerated(chance, hits):
    return sum(
        math.prod(p if happens else 1 - p for p, happens in zip(chance, outcome, strict=True))
        for outcome in product([0, 1], repeat=len(chance))
        if sum(outcome) >= hits
    )


@given(chances, st.integers(0, 9))
def test_agrees_with_listing_every_outcome(chance, hits):
    assert at_least(np.array(chance), hits) == pytest.approx(enumerated(chance, hits), rel=1e-9)


@given(chances, st.integers(0, 9))
def test_the_bound_is_above_and_what_is_surely_common_is_not_rare(chance, hits):
    expected, p = sum(chance), enumerated(chance, hits)

    assert math.exp(log_bound(expected, hits)) >= p - 1e-12
    assert not surely_common(expected, hits) or p >= 0.5 - 1e-9


def test_a_tail_far_below_the_smallest_difference_from_one_is_still_exact():
    assert at_least(np.full(10, 1e-9), 10) == pytest.approx(1e-90)
