"""reference: what organic collections say, and that they are never believed to be calmer than they may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from groundswell.detect.reference import CONFIDENCE, FEWEST_PAIRS, SIZES, Rate, reference, shipped


def rate(near, pairs, *, collection="evening", window_s=60.0, fewest=2, kind="text"):
    return Rate(
        kind=kind, collection=collection, window_s=window_s, fewest=fewest, objects=pairs, pairs=pairs, near=near
    )


def test_the_most_hurried_collection_counts_at_the_upper_end_of_its_interval():
    found = reference("text", 60.0, [rate(30, 100), rate(1, 100, collection="month")])

    # The chance of 30 or fewer near pairs of 100 is 2.5 % at the end.
    assert binom.cdf(30, 100, found[0]) == pytest.approx(1 - CONFIDENCE)


def test_a_size_with_few_pairs_is_taken_for_the_next_smaller():
    found = reference("text", 60.0, [rate(30, 100), rate(2, 100, fewest=4), rate(9, FEWEST_PAIRS - 1, fewest=11)])

    assert found[1] == found[2] == found[3] < found[0]


def test_a_kind_that_no_collection_holds_enough_of_has_no_reference():
    assert reference("text", 60.0, [rate(3, FEWEST_PAIRS - 1)]) is None
    assert reference("url", 60.0, [rate(3, 100)]) is None


def test_a_window_stands_for_shorter_ones_and_never_for_longer():
    measured = [rate(30, 100), rate(80, 100, window_s=600.0)]

    assert (reference("text", 10.0, measured) == reference("text", 60.0, measured)).all()
    assert reference("text", 61.0, measured)[0] > reference("text", 60.0, measured)[0]
    assert reference("text", 3600.0, measured) is None


def test_where_all_pairs_are_near_it_is_certain():
    assert reference("text", 60.0, [rate(50, 50)]) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 200), st.sampled_from(SIZES)), min_size=1, max_size=6))
def test_no_rate_is_below_what_any_collection_of_its_size_showed(drawn):
    rates = [
        rate(min(near, pairs), pairs, collection=str(n), fewest=fewest) for n, (near, pairs, fewest) in enumerate(drawn)
    ]
    found = reference("text", 60.0, rates)
    enough = [one for one in rates if one.pairs >= FEWEST_PAIRS]

    assert (found is None) == (not enough)
    for one in enough:
        assert found[SIZES.index(one.fewest)] >= one.near / one.pairs


def test_the_shipped_table_is_whole():
    table = shipped()

    assert {one.fewest for one in table} == set(SIZES)
    assert all(0 <= one.near <= one.pairs and one.objects > 0 for one in table)
    assert len({(one.kind, one.collection, one.window_s, one.fewest) for one in table}) == len(table)


def test_longer_windows_have_higher_rates_in_the_shipped_table():
    for kind in ("hashtag", "near_text", "repost", "text"):
        by_window = np.array([reference(kind, window_s) for window_s in (10.0, 60.0, 600.0, 3600.0)])
        assert (np.diff(by_window, axis=0) >= 0).all()


def test_share_logs_have_no_reference():
    assert reference("share", 60.0) is None
