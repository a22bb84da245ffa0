"""The evidence: as it is defined, and the same when only the changed objects are weighed again."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.bets import N_BETS, TRUST_IN_OBJECT, log10_e
from groundswell.detect.evidence import Evidence, member_cost, price
from groundswell.detect.first_shares import first_shares
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from
from tests.detect.slow_bets import slow_bets

THETA = 3.0


def evidence_in(given_shares, members, window_s=60.0):
    log = first_shares(given_shares)
    setting = Setting.of(log, speed_of(log), window_s=window_s, theta=THETA)
    numbers = log.numbers_of(members)
    return setting.evidence(numbers), numbers


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
