"""concentration: three figures for one unevenness, each against its slow twin."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.concentration import concentration


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def test_gini_is_half_the_mean_difference_of_two(counts):
    found = concentration("posts", counts)
    differences = [abs(a - b) for a, b in product(counts, repeat=2)]

    assert found.gini == pytest.approx(np.mean(differences) / (2 * np.mean(counts)))
    assert 1 <= found.effective <= len(counts) + 1e-9


def test_one_account_that_does_it_all_is_one_account():
    found = concentration("posts", [0] * 199 + [50])

    assert (found.effective, found.top_share) == (1.0, 1.0)
    assert found.gini == pytest.approx(0.995)


def test_nothing_is_not_spread_at_all():
    assert concentration("posts", []) is None
    assert concentration("posts", [0, 0]) is None
