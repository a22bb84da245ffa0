"""portion: the share is exact, and its interval is as wide as the busiest accounts make it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from groundswell.assess.portion import portion, wilson

accounts = st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=1, max_size=40)


@given(accounts)
def test_the_share_lies_in_its_interval_and_in_the_unit(per_account):
    share = portion("posts", per_account)

    assert 0 <= share.low <= share.share <= share.high <= 1
    assert share.count == sum(n for n, member in per_account if member)


@given(st.integers(1, 200), st.integers(0, 200))
def test_where_each_account_counts_once_it_is_wilsons_interval(n, members):
    members = min(n, members)
    expected = binomtest(members, n).proportion_ci(method="wilson")

    share = portion("accounts", [(1, i < members) for i in range(n)])

    # The design effect of one post each is 1 but for the rounding of the floor.
    assert (share.low, share.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_busy_account_widens_the_interval():
    even = portion("posts", [(10, i < 5) for i in range(100)])
    uneven = portion("posts", [(46 if i == 0 else 1, True) for i in range(5)] + [(10, False)] * 95)

    assert even.count == uneven.count == 50
    assert uneven.high - uneven.low > 1.5 * (even.high - even.low)


def test_a_census_has_no_interval_but_the_share_itself():
    share = portion("posts", [(3, True), (7, False)], census=True)

    assert (share.low, share.share, share.high) == (0.3, 0.3, 0.3)


def test_the_missing_could_all_have_been_theirs():
    assert portion("posts", [(3, True), (7, False)], missing=10).high_if_missing == 13 / 20
    assert portion("posts", [(3, True), (7, False)]).high_if_missing is None


def test_nothing_of_nothing_is_no_share():
    share = portion("posts", [])

    assert (share.count, share.whole, share.low, share.high) == (0, 0, 0.0, 0.0)


@pytest.mark.slow
def test_the_interval_holds_the_truth_as_often_as_it_says():
    """2,000 samples of 150 accounts out of a made-up crowd whose posts are lognormal."""
    rng = np.random.default_rng(0)
    posts = np.ceil(rng.lognormal(1.0, 1.0, 20_000)).astype(int)
    member = rng.random(20_000) < 0.2
    truth = posts[member].sum() / posts.sum()
    held = 0
    for _ in range(2_000):
        drawn = rng.choice(20_000, 150, replace=False)
        share = portion("posts", zip(posts[drawn].tolist(), member[drawn].tolist(), strict=True))
        held += share.low <= truth <= share.high

    assert 0.92 <= held / 2_000 <= 0.98


def test_wilson_of_nothing_seen_still_has_an_upper_end():
    low, high = wilson(0.0, 10)

    assert (low, high) == pytest.approx((0.0, 0.2775), abs=1e-4)
