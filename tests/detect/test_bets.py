"""The bets: never more than they are worth, and as they are defined."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.bets import (
    N_BETS,
    N_REMEMBERED,
    add_bets,
    add_remembered,
    log10_e,
    nothing_yet,
    survival_ratios,
)
from tests.detect.slow_bets import slow_bets


def survival(k, pi):
    """S(0) .. S(k - 1)."""
    ratio = np.ones(k + 1)
    survival_ratios(k, pi, ratio)
    return np.cumprod(ratio[:k] * np.where(np.arange(k) == 0, 1 / ratio[0], 1))


@given(st.integers(2, 12), st.floats(1e-4, 1.0), st.data())
def test_bets_agree_with_their_definition(k, pi, data):
    hits = data.draw(st.integers(0, k - 1))
    bets = np.zeros((1, N_BETS))
    add_bets(k, hits, pi, np.empty(k + 1), bets, 0)

    np.testing.assert_allclose(bets[0], slow_bets(k, hits, pi), rtol=1e-6, atol=1e-9)


@given(st.lists(st.tuples(st.integers(2, 5), st.integers(0, 4), st.sampled_from([0.01, 0.2, 1.0])), max_size=60))
def test_bets_that_are_remembered_are_those_that_would_be_worked_out(asked):
    """To the bit, and in any order: more are asked for than are remembered."""
    asked += [(k, 1, k / 100) for k in range(2, N_REMEMBERED + 4)] + asked
    worked_out, remembered = np.zeros((1, N_BETS)), np.zeros((1, N_BETS))
    memory, ratio = nothing_yet(), np.empty(N_REMEMBERED + 8)
    for k, hits, pi in asked:
        add_bets(k, min(hits, k - 1), pi, ratio, worked_out, 0)
        add_remembered(k, min(hits, k - 1), pi, ratio, remembered, 0, memory)

    assert remembered.tobytes() == worked_out.tobytes()


@pytest.mark.parametrize(("k", "slots", "window"), [(2, 7, 1), (3, 7, 0), (4, 6, 1), (5, 5, 0), (4, 9, 2)])
def test_the_tail_is_never_below_the_true_chance_of_a_clump(k, slots, window):
    """Members at random moments: a clump of e others beside its first is at most as likely as S says."""
    largest = [
        max(sum(0 <= other - first <= window for other in moments) for first in moments) - 1
        for moments in product(range(slots), repeat=k)
    ]
    beside = (window + 1) / slots
    bound = survival(k, beside)

    for e in range(k):
        assert np.mean(np.array(largest) >= e) <= bound[e] + 1e-12


@pytest.mark.parametrize(("k", "slots", "window"), [(3, 7, 0), (4, 6, 1), (5, 5, 0)])
@pytest.mark.parametrize("n_objects", [1, 3])
def test_the_e_value_expects_no_gain_when_moments_are_random(k, slots, window, n_objects):
    """Its mean over every possible course of events, the best slope and stake chosen afterwards, is at most 1."""
    largest = [
        max(sum(0 <= other - first <= window for other in moments) for first in moments) - 1
        for moments in product(range(slots), repeat=k)
    ]
    chance = np.bincount(largest, minlength=k) / len(largest)
    bets = np.zeros((k, N_BETS))
    for hits in range(k):
        add_bets(k, hits, (window + 1) / slots, np.empty(k + 1), bets, hits)

    mean = sum(
        math.prod(chance[hits] for hits in course) * 10 ** float(log10_e(sum(bets[hits] for hits in course)))
        for course in product(range(k), repeat=n_objects)
    )

    assert mean <= 1


def test_a_group_of_four_hundred_overflows_nothing():
    bets = np.zeros((1, N_BETS))
    add_bets(400, 399, 1e-6, np.empty(401), bets, 0)
    add_bets(400, 0, 0.9, np.empty(401), bets, 0)
    add_bets(400, 399, 1.0, np.empty(401), bets, 0)

    assert np.isfinite(bets).all()


def test_what_is_certain_is_no_evidence():
    bets = np.zeros((1, N_BETS))
    add_bets(10, 9, 1.0, np.empty(11), bets, 0)

    assert bets == pytest.approx(0)
