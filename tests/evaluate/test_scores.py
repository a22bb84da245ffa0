"""Scores: what an answer is worth where the truth is known."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from groundswell.evaluate.scores import adjusted_rand, clopper_pearson, mean_interval, score
from groundswell.simulate.scenario import World, truth_of

CROWD = frozenset(f"reader{n}" for n in range(10))
CAMPAIGN = frozenset({"ana", "ben", "cat", "dan"})
DESKS = frozenset({"eve", "desk1"})


@pytest.fixture
def world():
    accounts = sorted(CROWD | CAMPAIGN | DESKS)
    return World(
        shares={"account_id": np.array(accounts, object), "platform": np.full(len(accounts), "made-up", object)},
        truth=truth_of([*((a, "planted") for a in CAMPAIGN), *((a, "newsroom") for a in DESKS)]),
    )


def test_the_whole_campaign_and_nobody_else_is_a_full_score(world):
    answer = score(world, [CAMPAIGN])

    assert (answer.recall, answer.precision, answer.false_alarm) == ({"planted": 1.0}, 1.0, False)


def test_silence_finds_nothing_and_accuses_nobody(world):
    answer = score(world, [])

    assert (answer.recall, answer.precision, answer.false_alarm) == ({"planted": 0.0}, None, False)


def test_a_group_of_strangers_is_a_false_alarm(world):
    answer = score(world, [CAMPAIGN, frozenset({"reader1", "reader2"})])

    assert (answer.n_reported, answer.n_false, answer.wrong_accounts) == (2, 1, 2)
    assert answer.precision == 4 / 6


def test_a_group_half_of_strangers_is_a_false_alarm_and_with_one_more_member_it_is_not(world):
    half = frozenset({"ana", "ben", "reader1", "reader2"})

    assert score(world, [half]).false_alarm
    assert not score(world, [half | {"cat"}]).false_alarm


def test_accounts_that_act_together_in_the_open_are_neither_hits_nor_errors(world):
    answer = score(world, [DESKS])

    assert (answer.false_alarm, answer.wrong_accounts, answer.precision) == (False, 0, None)
    assert answer.recall == {"planted": 0.0}


def test_a_campaign_found_in_two_parts_is_found(world):
    assert score(world, [frozenset({"ana", "ben"}), frozenset({"cat", "dan"})]).recall == {"planted": 1.0}


groups = st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1), max_size=3)


@given(groups, groups)
def test_agreement_is_that_of_counting_every_pair(one, other):
    def together(groups, a, b):
        place = {}
        for number, group in enumerate(groups):
            for account in group:
                place.setdefault(account, number)
        return a in place and b in place and place[a] == place[b]

    pairs = list(combinations(sorted(frozenset().union(*one, *other)), 2))
    in_one = sum(together(one, *pair) for pair in pairs)
    in_other = sum(together(other, *pair) for pair in pairs)
    both = sum(together(one, *pair) and together(other, *pair) for pair in pairs)
    expected = in_one * in_other / len(pairs) if pairs else 0
    most = (in_one + in_other) / 2

    assert adjusted_rand(one, other) == pytest.approx(
        1.0 if most == expected else (both - expected) / (most - expected)
    )


@given(st.integers(1, 60), st.data())
def test_the_interval_of_a_rate_leaves_a_fortieth_in_each_tail(of, data):
    hits = data.draw(st.integers(0, of))
    low, high = clopper_pearson(hits, of)

    assert low <= hits / of <= high
    if hits:
        assert binom.sf(hits - 1, of, low) == pytest.approx(0.025)
    if hits < of:
        assert binom.cdf(hits, of, high) == pytest.approx(0.025)


def test_more_hits_than_tries_is_no_rate():
    with pytest.raises(ValueError, match="3 of 2"):
        clopper_pearson(3, 2)


def test_the_interval_of_a_mean_stays_between_0_and_1_and_says_nothing_of_one_value():
    assert mean_interval([0.5]) == (0.0, 1.0)
    assert mean_interval([1.0, 1.0, 1.0]) == (1.0, 1.0)
    low, high = mean_interval([0.9, 1.0, 0.7])
    assert 0 <= low < 0.866 < high <= 1
