"""The evidence: never more than it is worth, and the same when only the changed objects are weighed again."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.evidence import (
    N_BETS,
    SLOPES,
    STAKES,
    TRUST_IN_OBJECT,
    Evidence,
    add_bets,
    log10_e,
    member_cost,
    price,
    survival_ratios,
)
from groundswell.detect.first_shares import first_shares
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from

THETA = 3.0


def evidence_in(given_shares, members, window_s=60.0):
    log = first_shares(given_shares)
    setting = Setting.of(log, speed_of(log), window_s=window_s, theta=THETA)
    numbers = log.numbers_of(members)
    return setting.evidence(numbers), numbers


def survival(k, pi):
    """S(0) .. S(k - 1)."""
    ratio = np.ones(k + 1)
    survival_ratios(k, pi, ratio)
    return np.cumprod(ratio[:k] * np.where(np.arange(k) == 0, 1 / ratio[0], 1))


def binomial_tail(n, p, e):
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(e, n + 1))


def slow_bets(k, hits, pi):
    """The bets as the docstring has them: the mean under S from the differences of S."""
    tails = [1.0] + [min(1.0, k * binomial_tail(k - 1, pi, e)) for e in range(1, k)] + [0.0]
    mass = [tails[e] - tails[e + 1] for e in range(k)]
    bets = []
    for slope in SLOPES.tolist():
        mean = sum(m * math.exp(slope * e) for e, m in enumerate(mass))
        bets += [math.log(1 - stake + stake * math.exp(slope * hits) / mean) for stake in STAKES.tolist()]
    return np.array(bets)


def slow_total(evidence: Evidence, members):
    """The sum of bets, in plain Python from the definition."""
    log, scene = evidence.log, evidence.scene
    account, time_us = log.shares.account.tolist(), log.shares.time_us.tolist()
    total = np.zeros(N_BETS)
    for thing in range(log.n_objects):
        rows = range(log.start[thing], log.start[thing + 1])
        inside = [row for row in rows if account[row] in members]
        outside = [row for row in rows if account[row] not in members]
        k = len(inside)
        if k < 2:
            continue
        clumps = [[row for row in inside if 0 <= time_us[row] - time_us[first] <= scene.window_us] for first in inside]
        size = max(map(len, clumps))
        anchor = next(time_us[clump[0]] for clump in clumps if len(clump) == size)
        around = sum(abs(time_us[row] - anchor) <= scene.window_us for row in outside)
        usual = scene.near_share[thing] / 2
        crowd_share = (around / 2 + TRUST_IN_OBJECT * usual) / (len(outside) + TRUST_IN_OBJECT)
        ratios = [scene.ratio[scene.stratum[a], scene.stratum[b]] for i, a in enumerate(inside) for b in inside[:i]]
        pi = min(1.0, THETA * max(usual, crowd_share) * np.mean(ratios))
        total += slow_bets(k, size - 1, pi)
    return total


@given(st.integers(2, 12), st.floats(1e-4, 1.0), st.data())
def test_bets_agree_with_their_definition(k, pi, data):
    hits = data.draw(st.integers(0, k - 1))
    bets = np.zeros((1, N_BETS))
    add_bets(k, hits, pi, np.empty(k + 1), bets, 0)

    np.testing.assert_allclose(bets[0], slow_bets(k, hits, pi), rtol=1e-6, atol=1e-9)


@given(logs(max_size=60), st.sets(st.sampled_from("abcde"), min_size=2), st.sampled_from([5.0, 60.0, 200.0]))
def test_a_group_weighs_the_same_in_plain_python(rows, members, window_s):
    evidence, numbers = evidence_in(shares_from(rows), members, window_s)
    expected = float(log10_e(slow_total(evidence, set(numbers.tolist()))))

    digits = evidence.digits(numbers) + price(evidence.log.n_eligible, len(numbers))
    balance = evidence.balance(numbers) + len(numbers) * member_cost(evidence.log.n_eligible, max(len(numbers), 1))

    assert digits == pytest.approx(expected, abs=1e-6)
    assert balance == pytest.approx(expected, abs=1e-6)


@given(logs(max_size=60), st.sets(st.sampled_from("abcde"), min_size=3))
def test_weighing_only_what_changes_is_weighing_everything(rows, members):
    evidence, numbers = evidence_in(shares_from(rows), members)
    if len(numbers) < 3:
        return
    outsiders = np.setdiff1d(np.arange(evidence.log.n_accounts), numbers)

    without = [evidence.balance(np.delete(numbers, i)) for i in range(len(numbers))]
    with_each = [evidence.balance(np.union1d(numbers, outsider)) for outsider in outsiders]

    assert evidence.balance_without_each(numbers) == pytest.approx(without, abs=1e-9)
    assert evidence.balance_with_each(numbers, outsiders) == pytest.approx(with_each, abs=1e-9)


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


def test_the_price_is_the_number_of_groups_to_choose_from():
    assert price(100, 3) == pytest.approx(math.log10(math.comb(100, 3)) + 2 * math.log10(3))


def test_an_owned_campaign_is_evidence_though_nobody_else_shares_its_objects():
    evidence, members = evidence_in(shares(crowd() + campaign(owned=True)), [f"x{n:03}" for n in range(10)])

    assert evidence.digits(members) > 20


def test_a_crowd_around_the_clump_takes_the_evidence_away():
    """Breaking news: outsiders stand as close as the members do."""
    planted = campaign()
    burst = [
        (f"c{400 + n:04}", thing, second + 3.0 * (n % 20))
        for thing, second in {row[1]: row[2] for row in planted}.items()
        for n in range(60)
    ]
    members = [f"x{n:03}" for n in range(10)]
    alone, numbers = evidence_in(shares(crowd() + planted), members)
    crowded, same = evidence_in(shares(crowd() + planted + burst), members)

    assert alone.digits(numbers) > 20
    assert crowded.digits(same) < 0


def test_without_outsiders_there_is_no_evidence():
    evidence, members = evidence_in(shares(campaign(owned=True)), [f"x{n:03}" for n in range(10)])

    assert evidence.digits(members) < 0
