"""The guarantee of the group scan, on data that satisfy its assumptions: it seldom reports, whoever searches how long.

If on every object each member stands in the window after another with at most the chance that the yardstick allows, and
objects are independent, the mean e-value is at most 1, and the chance that any group at all reaches log10(1 / alpha)
digits is at most alpha.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.bets import N_BETS, SLOPES, STAKES, add_bets
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import first_shares
from groundswell.detect.speed import N_STRATA
from groundswell.detect.yardstick import Yardstick
from tests.detect.crowds import shares

WINDOW_S, LENGTH_S = 60.0, 1200.0
PI = WINDOW_S / LENGTH_S
"""Moments drawn evenly from twenty windows: the chance to stand in the one after a given moment is at most this."""

N_ACCOUNTS, N_OBJECTS, TURNOUT = 9, 25, 0.5
THETA = 3.0


def tails(k, pi):
    """S of `evidence`, from its definition."""
    upper = [sum(math.comb(k - 1, i) * pi**i * (1 - pi) ** (k - 1 - i) for i in range(e, k)) for e in range(k)]
    return [1.0] + [min(1.0, k * upper[e]) for e in range(1, k)]


@given(st.integers(2, 12), st.floats(0.001, 0.9), st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_no_bet_gains_on_average_whatever_clumps_the_bound_allows(k, pi, slack):
    """Any law of the clump whose tails lie below S: the mean of exp(log bet) is at most 1."""
    below = np.minimum.accumulate([s * f for s, f in zip(tails(k, pi), [1.0, *slack], strict=False)])
    law = below - np.append(below[1:], 0.0)
    law[0] += 1 - law.sum()
    gains = np.zeros(N_BETS)
    for hits in range(k):
        bets = np.zeros((1, N_BETS))
        add_bets(k, hits, pi, np.empty(k + 1), bets, 0)
        gains += law[hits] * np.exp(bets[0])

    assert len(gains) == len(SLOPES) * len(STAKES)
    assert gains.max() <= 1 + 1e-9


def most_digits(seed, allowed, n_loners=0):
    """The most that any group of three or four has where accounts are independent; `allowed`: the chance granted."""
    random = np.random.default_rng(seed)
    rows = [
        (f"a{account}", f"o{thing:02}", 86_400.0 * thing + random.uniform(0, LENGTH_S))
        for thing in range(N_OBJECTS)
        for account in range(N_ACCOUNTS)
        if random.random() < TURNOUT
    ]
    rows += [(f"z{n}", f"z{n}-{thing}", 86_400.0 * thing) for n in range(n_loners) for thing in range(3)]
    log = first_shares(shares(rows))
    granted = Yardstick(np.full(log.n_objects, 2 * allowed / THETA), np.ones((N_STRATA, N_STRATA)))
    stratum = np.zeros(log.shares.n, np.uint8)
    evidence = Evidence.against(log, stratum, granted, window_us=round(WINDOW_S * 1e6), theta=THETA)
    groups = [np.array(group) for size in (3, 4) for group in combinations(range(N_ACCOUNTS), size)]
    return max(evidence.digits(group) for group in groups)


@pytest.mark.parametrize("alpha", [0.2, 0.05])
def test_searching_all_groups_reports_no_more_often_than_alpha(alpha):
    alarms = sum(most_digits(seed, PI) >= math.log10(1 / alpha) for seed in range(60))

    assert alarms <= alpha * 60


def test_accounts_that_could_have_met_nobody_are_not_paid_for():
    """Who shared what is given in the guarantee: they could not have been in a group that reaches anything."""
    assert most_digits(0, PI, n_loners=200) == most_digits(0, PI)


def test_a_chance_that_is_set_too_low_is_found_out():
    """So that the test above could fail: granted a hundredth of the true chance, groups are reported."""
    assert sum(most_digits(seed, PI / 100) >= math.log10(1 / 0.05) for seed in range(5)) >= 3
