"""near_pairs: how many shares of an object stand near each other, and at which hours."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.near import HOUR_US, near_pairs
from groundswell.detect.shares import shares_of
from tests.detect.logs import logs, shares_from

MINUTE = timedelta(seconds=60)


def test_pairs_of_distinct_accounts_are_near_or_merely_possible(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:30
            ben  u1  10:01:30
            ana  u2  10:00:00
        """),
        "url",
    )

    counted = near_pairs(shares, MINUTE)

    assert counted.near.tolist() == [1, 0]
    assert counted.possible.tolist() == [2, 0]


def test_near_pairs_are_counted_by_the_hours_they_join(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:59:50
            ben  u1  11:00:10
        """),
        "url",
    )

    assert np.argwhere(near_pairs(shares, MINUTE).by_hour).tolist() == [[10, 11]]


@given(logs(), st.integers(0, 200))
def test_agrees_with_comparing_every_two_shares(log, window_s):
    shares = shares_from(log)
    near, possible = np.zeros(len(shares.object_ids), int), np.zeros(len(shares.object_ids), int)
    by_hour = np.zeros((24, 24), int)
    for i in range(shares.n):
        for j in range(i + 1, shares.n):
            if shares.object[i] == shares.object[j]:
                is_near = shares.time_us[j] - shares.time_us[i] <= window_s * 1_000_000
                others = shares.account[i] != shares.account[j]
                near[shares.object[i]] += is_near and others
                possible[shares.object[i]] += others
                by_hour[shares.time_us[i] // HOUR_US % 24, shares.time_us[j] // HOUR_US % 24] += is_near

    counted = near_pairs(shares, timedelta(seconds=window_s))

    assert counted.near.tolist() == near.tolist()
    assert counted.possible.tolist() == possible.tolist()
    assert counted.by_hour.tolist() == by_hour.tolist()
