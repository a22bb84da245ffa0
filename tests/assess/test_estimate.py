"""estimate: an interval that knows how sure the groups are and which accounts were read, and bounds for the rest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.estimate import NOBODY, NOTHING, certainty, estimate

accounts = st.lists(st.tuples(st.integers(1, 50), st.sampled_from((NOBODY, NOBODY, 0, 1))), min_size=1, max_size=40)
SURE = (1.0, 1.0)


@settings(max_examples=30)
@given(accounts, st.floats(0.5, 1.0), st.floats(0.0, 0.9), st.booleans())
def test_the_point_lies_in_the_interval_and_the_interval_in_its_bounds(per_account, sure, missing, census):
    of = estimate(per_account, (sure, sure), seed=0, missing=missing, census=census)

    assert 0 <= of.bound_low <= of.low <= of.point <= of.high <= of.bound_high <= 1


@given(accounts)
def test_groups_that_are_sure_give_the_share_itself(per_account):
    """The slow twin adds up post by post."""
    theirs = sum(n for n, group in per_account if group != NOBODY)

    of = estimate(per_account, SURE, seed=0, missing=0.0, census=True)

    assert (of.count, of.whole) == (theirs, sum(n for n, _ in per_account))
    assert (of.low, of.point, of.high) == pytest.approx((theirs / of.whole,) * 3)


def test_a_doubtful_group_counts_in_part_and_may_be_none():
    of = estimate([(10, 0), (30, NOBODY)], (0.9,), seed=0, missing=0.0, census=True)

    assert of.point == pytest.approx(0.9 * 0.25)
    assert (of.low, of.high) == (0.0, 0.25)


def test_accounts_of_one_group_are_wrong_together():
    """Two groups of even odds: neither, one or both; never half of one."""
    per_account = [(1, 0)] * 10 + [(1, 1)] * 10 + [(1, NOBODY)] * 80

    of = estimate(per_account, (0.5, 0.5), seed=0, missing=0.0, census=True)

    assert (of.low, of.high) == (0.0, 0.2)


def test_the_bounds_are_what_the_missing_could_make_of_it():
    of = estimate([(1, 0), (1, NOBODY)], (1.0,), seed=0, missing=0.2, census=True)

    assert (of.bound_low, of.bound_high) == pytest.approx((0.4, 0.6))


@settings(max_examples=20)
@given(accounts, st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_the_bounds_hold_whatever_is_deleted(per_account, deleted):
    """Delete posts as an adversary would, up to the part that the bounds allow for: the truth stays inside."""
    posts = [(at, group != NOBODY) for at, (n, group) in enumerate(per_account) for _ in range(n)]
    gone = set(range(0, len(posts), 4))
    truth = sum(theirs for _, theirs in posts) / len(posts)
    kept = [posts[at] for at in range(len(posts)) if at not in gone]
    left: dict[int, int] = {}
    for at, _ in kept:
        left[at] = left.get(at, 0) + 1
    if not left:
        return

    of = estimate(
        [(n, per_account[at][1]) for at, n in left.items()], SURE, seed=0, missing=len(gone) / len(posts), census=True
    )

    assert of.bound_low - 1e-9 <= truth <= of.bound_high + 1e-9


def test_a_group_without_any_still_has_an_upper_end():
    of = estimate([(5, NOBODY)] * 30, (1.0,), seed=0, missing=0.0)

    assert (of.point, of.low) == (0.0, 0.0)
    assert 0.05 < of.high < 0.2


def test_nothing_of_nothing_is_unknown():
    assert estimate([], (), seed=0, missing=0.3) == NOTHING


def test_equal_seeds_give_equal_ends():
    per_account = [(n % 7 + 1, 0 if n % 9 == 0 else NOBODY) for n in range(90)]

    one, same, other = (estimate(per_account, (0.97,), seed=seed, missing=0.1) for seed in (1, 1, 2))

    assert one == same != other


def test_certainty_is_even_without_evidence_and_never_more_than_sure():
    assert certainty(0.0) == 0.5
    assert certainty(-500.0) == pytest.approx(0.0)
    assert certainty(500.0) == 1.0


@pytest.mark.parametrize(("part", "n", "sigma"), [(0.2, 150, 1.0), (0.03, 300, 1.0), (0.012, 1_000, 1.0)])
def test_the_interval_holds_the_truth_as_often_as_it_says(part, n, sigma):
    """120 samples of accounts out of a crowd whose posts are lognormal; the script in benchmarks draws more."""
    rng = np.random.default_rng(7)
    posts = np.ceil(rng.lognormal(1.0, sigma, 40_000)).astype(int)
    member = rng.random(40_000) < part
    truth = posts[member].sum() / posts.sum()
    held = 0
    for seed in range(120):
        drawn = rng.choice(40_000, n, replace=False)
        cells = zip(posts[drawn].tolist(), np.where(member[drawn], 0, NOBODY).tolist(), strict=True)
        of = estimate(cells, (1.0,), seed=seed, missing=0.0)
        held += of.low <= truth <= of.high

    # 95 % of 120 is 114; under 106 or at 120 out of 120 it would not be a 95 % interval (binomial, 1 in 1,000).
    assert 106 <= held <= 119
