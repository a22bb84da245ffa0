"""crowd: what independent people share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.simulate.crowd import DAY_S, HOUR_S, SLEEPS_S, WAKES_S, _first_only, awake, crowd
from groundswell.simulate.people import gather


def told(seed=3, n=2500, shares=40_000, fast=0.0, **sharing):
    rng = np.random.default_rng(seed)
    people = gather(rng, n, fast=fast)
    return people, crowd(rng, people, shares=shares, **sharing)


@pytest.fixture(scope="module")
def world():
    return told()


def test_there_are_as_many_shares_as_asked_for(world):
    assert world[1].n == 40_000


def test_an_account_shares_an_object_once_unless_it_repeats_itself(world):
    _, log = world
    assert len(set(zip(log.account.tolist(), log.object.tolist(), strict=True))) == log.n
    _, log = told(repeating=0.5)
    assert len(set(zip(log.account.tolist(), log.object.tolist(), strict=True))) < 0.9 * log.n


def test_nothing_is_shared_before_it_is_published(world):
    _, log = world

    assert (log.time_s >= log.published_s[log.object]).all()


def test_fame_and_activity_are_heavy_tailed(world):
    _, log = world
    for what in (log.account, log.object):
        times = np.sort(np.bincount(what))
        assert times[-1] > 15 * np.median(times)


def test_about_half_of_the_shares_are_second_hand(world):
    _, alone = told(contagion=0.0)
    _, log = world
    each, each_alone = log.n / len(log.published_s), alone.n / len(alone.published_s)

    assert 0.35 < 1 - each_alone / each < 0.65


def test_fast_accounts_come_within_a_minute_or_two_of_someone_else():
    people, log = told(fast=0.05)
    order = np.lexsort((log.time_s, log.object))
    account, thing, time_s = log.account[order], log.object[order], log.time_s[order]
    close = np.concatenate(([False], (np.diff(time_s) < 60) & (np.diff(thing) == 0)))

    assert close[people.fast[account]].mean() > 3 * close[~people.fast[account]].mean()


def test_people_sleep(world):
    people, log = world
    clock_s = (log.time_s + people.zone_s[log.account]) % DAY_S
    asleep = (clock_s < WAKES_S) | (clock_s >= SLEEPS_S)

    assert asleep.mean() < 0.1


def test_who_is_woken_by_night_gets_up_in_the_morning():
    at_three = np.full(1000, 3 * HOUR_S)
    later = awake(np.random.default_rng(0), at_three, np.zeros(1000))

    assert ((later == 3 * HOUR_S) | (later >= WAKES_S)).all()
    assert 0.05 < (later == 3 * HOUR_S).mean() < 0.15


shares = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 9)), max_size=30)


@given(shares)
def test_the_first_share_of_each_account_and_object_is_kept(shares):
    first: dict[tuple[int, int], int] = {}
    for account, thing, second in shares:
        first[thing, account] = min(second, first.get((thing, account), second))
    columns = np.array(shares, dtype=np.int64).reshape(-1, 3)
    account, thing, time_s, key = _first_only(columns[:, 0], columns[:, 1], columns[:, 2].astype(float), 5)

    assert list(zip(thing.tolist(), account.tolist(), time_s.tolist(), strict=True)) == [
        (*pair, float(second)) for pair, second in sorted(first.items())
    ]
    assert key.tolist() == sorted(key.tolist())
