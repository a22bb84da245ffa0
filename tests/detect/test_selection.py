"""The selection null: who shares is left to chance, by activity and hour."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from groundswell.detect.histories import histories
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import pairs_within
from groundswell.detect.selection import expected_meetings, hourly_part, selection
from tests.detect.logs import as_rows, logs, shares_from

MINUTE = timedelta(seconds=60)
HOUR_S = 3600


def world(seed, accounts=80, shares=4000, objects=400):
    """Accounts of unequal activity share whatever is there; none cares for anything."""
    rng = np.random.default_rng(seed)
    active = rng.pareto(1.5, accounts) + 0.2
    fame = rng.pareto(1.5, objects) + 0.2
    account = rng.choice(accounts, shares, p=active / active.sum())
    thing = rng.choice(objects, shares, p=fame / fame.sum())
    second = rng.integers(0, 86400, shares)
    return as_rows((f"a{a:03}", f"u{u:03}", int(s)) for a, u, s in zip(account, thing, second, strict=True))


def test_an_hourly_part_lies_between_the_accounts_own_rhythm_and_everyones():
    rows = [("ana", "u1", HOUR_S * 3)] * 24 + [("ben", "u2", HOUR_S * 15)] * 24
    shares = shares_from(as_rows(rows))

    part = hourly_part(shares, np.array([0]), histories(shares))

    assert part[0, 3] == pytest.approx(0.75)  # half of 1 (all shares at three are hers) and of .5 (half of all are)
    assert part[0, 15] == pytest.approx(0.25)


def test_an_account_with_the_usual_rhythm_has_the_same_part_in_every_hour():
    rows = [(name, f"u{hour}", HOUR_S * hour) for hour in range(24) for name in ("ana", "ben", "cat", "cat")]
    shares = shares_from(as_rows(rows))

    assert hourly_part(shares, np.array([2]), histories(shares)) == pytest.approx(np.full((1, 24), 0.5))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20).filter(any), st.integers(0, 2))
def test_the_table_of_expected_meetings_agrees_with_adding_up_objects(near, spread):
    """With 401 points or more it interpolates; up to 400 it does not."""
    chance = np.geomspace(1e-6, 0.3, 397 + spread * 4)

    added_up = [sum(1 - np.exp(-x * count) for count in near) for x in chance]

    assert expected_meetings(chance, np.array([*near])) == pytest.approx(added_up, rel=1e-4)


@given(logs(), st.integers(1, 2))
def test_agrees_with_writing_the_formula_out(log, min_objects):
    shares = shares_from(log)
    counted = near_pairs(shares, MINUTE)
    (pairs,) = pairs_within(shares, [MINUTE], min_objects=min_objects, threads=1)
    hour = shares.time_us // (HOUR_S * 1_000_000) % 24

    def part(account, at):
        """All of `logs` lies in the first hour of the day: there is one rhythm, and shrinking changes nothing."""
        assert set(hour.tolist()) <= {0}
        return np.mean(shares.account == account) if at == 0 else 0.0

    distinct = 1 - sum(np.mean(shares.account == account) ** 2 for account in range(len(shares.account_ids)))
    expected = []
    for a, b, n_objects in zip(pairs.a, pairs.b, pairs.n_objects, strict=True):
        theirs = 2 * part(a, 0) * part(b, 0) / distinct
        mean = sum(1 - np.exp(-theirs * count) for count in counted.near)
        expected.append(poisson.sf(n_objects - 1, mean))

    assert selection(shares, counted, pairs) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("alpha", [0.01, 0.001, 0.0001])
def test_where_nobody_cares_for_anything_small_chances_are_as_rare_as_they_say(alpha):
    """Over all pairs of accounts, in six worlds: 19,000 pairs."""
    tested = surprising = met = 0
    for seed in range(6):
        shares = shares_from(world(seed))
        counted = near_pairs(shares, timedelta(minutes=10))
        (pairs,) = pairs_within(shares, [timedelta(minutes=10)], min_objects=1, threads=1)
        tested += len(shares.account_ids) * (len(shares.account_ids) - 1) // 2
        surprising += int((selection(shares, counted, pairs) <= alpha).sum())
        met += len(pairs.a)

    assert tested > 18_000
    assert met > 1000
    assert surprising <= alpha * tested + 3 * np.sqrt(alpha * tested)


def test_two_accounts_that_own_their_objects_surprise_the_null():
    rows = as_rows([(f"a{i % 60:02}", f"u{i % 97}", 60 * i) for i in range(1200)])
    planted = as_rows([(name, f"own{n}", 7000 * n + lag) for n in range(10) for name, lag in (("x", 0), ("y", 20))])
    shares = shares_from(rows + planted)
    (pairs,) = pairs_within(shares, [MINUTE], min_objects=5, threads=1)

    (p,) = selection(shares, near_pairs(shares, MINUTE), pairs)

    assert [shares.account_ids[pairs.a[0]], shares.account_ids[pairs.b[0]]] == ["x", "y"]
    assert p < 1e-12
