"""Speed: who is quick, judged by other objects."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.first_shares import first_shares
from groundswell.detect.speed import N_STRATA, PSEUDO_SHARES, speed_of
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from


def slow_speeds(log):
    """Mean log lag of each row's account on other objects: first over all, then over those with the same opener."""
    rows = range(log.shares.n)
    thing, account, time_us = log.shares.object, log.shares.account, log.shares.time_us
    opener = [account[log.start[thing[row]]] for row in rows]
    follows = [row for row in rows if row != log.start[thing[row]]]
    lag = {row: math.log1p((time_us[row] - time_us[log.start[thing[row]]]) / 1e6) for row in follows}
    mean = sum(lag.values()) / max(len(lag), 1)

    def shrunk(others, toward):
        return (sum(lag[row] for row in others) + PSEUDO_SHARES * toward) / (len(others) + PSEUDO_SHARES)

    speeds = []
    for row in rows:
        others = [other for other in follows if account[other] == account[row] and other != row]
        same_source = [other for other in others if opener[other] == opener[row]]
        speeds.append(shrunk(same_source, shrunk(others, mean)))
    return np.array(speeds)


@given(logs())
def test_agrees_with_going_through_every_other_share(rows):
    log = first_shares(shares_from(rows))
    speed = speed_of(log)
    speeds = slow_speeds(log)

    for row, stratum in enumerate(speed.stratum):
        above = speeds[row] > speed.edges + 1e-9
        below = speeds[row] < speed.edges - 1e-9
        assert above.sum() <= stratum <= N_STRATA - 1 - below.sum()


def test_the_habitually_quick_are_in_quicker_strata():
    quick = [("quick", f"o{n:04}", 3.0) for n in range(40)]
    rows = crowd() + [(a, o, 1.0) for a, o, _ in [("opener", f"o{n:04}", 0) for n in range(40)]] + quick
    log = first_shares(shares(rows))
    speed = speed_of(log)
    quick_rows = log.rows_of(log.numbers_of(["quick"]))

    assert speed.stratum[quick_rows].max() < np.median(speed.stratum) / 2


def test_a_groups_own_pace_does_not_make_its_members_quick():
    rows = crowd() + campaign(owned=True)
    rows += [
        (f"x{member:03}", f"o{n:04}", n * 3600.0 + 40_000 * (member + 1)) for n in range(8) for member in range(10)
    ]
    log = first_shares(shares(rows))
    speed = speed_of(log)
    members = log.numbers_of([f"x{member:03}" for member in range(10)])
    on_their_own = [row for row in log.rows_of(members) if log.shares.object_ids[log.shares.object[row]][0] == "x"]

    assert np.median(speed.apart(log, members)[on_their_own]) > np.median(speed.stratum[on_their_own]) + 10


def test_outsiders_keep_their_strata_when_a_group_is_set_apart():
    log = first_shares(shares(crowd() + campaign()))
    speed = speed_of(log)
    members = log.numbers_of([f"x{member:03}" for member in range(10)])
    outside = np.setdiff1d(np.arange(log.shares.n), log.rows_of(members))

    assert (speed.apart(log, members)[outside] == speed.stratum[outside]).all()


def slow_strata_apart(log, speed, members):
    """Each member's stratum from its mean log lag on objects of which the members are half the sharers at most."""
    thing, account = log.shares.object.tolist(), log.shares.account.tolist()
    rows = range(log.shares.n)
    strata = speed.stratum.copy()
    for member in members:
        n, total = 0.0, 0.0
        for row in rows:
            sharers = [other for other in rows if thing[other] == thing[row]]
            insiders = [other for other in sharers if account[other] in members]
            if account[row] == member and speed.follows[row] and 2 * len(insiders) <= len(sharers):
                n, total = n + 1.0, total + speed.log_lag[row]
        value = (total + PSEUDO_SHARES * speed.mean) / (n + PSEUDO_SHARES)
        strata[[row for row in rows if account[row] == member]] = sum(edge < value for edge in speed.edges.tolist())
    return strata


@given(logs(), st.sets(st.integers(0, 4)))
def test_set_apart_agrees_with_going_through_every_object_of_each_member(rows, drawn):
    log = first_shares(shares_from(rows))
    speed = speed_of(log)
    members = np.array([member for member in drawn if member < log.n_accounts], np.int64)

    assert np.array_equal(speed.apart(log, members), slow_strata_apart(log, speed, members.tolist()))
