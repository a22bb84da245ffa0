"""meetings: the two posts behind each object of a link."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.meetings import meetings
from groundswell.detect.pairs import pairs_within
from groundswell.detect.shares import shares_of
from groundswell.model.link import MEETINGS
from groundswell.model.table import n_rows
from tests.detect.logs import logs, shares_from

MINUTE = timedelta(seconds=60)


def rows_of(columns, *names):
    return list(zip(*(columns[name].tolist() for name in names), strict=True))


def met(shares, window=MINUTE, min_objects=1):
    (pairs,) = pairs_within(shares, [window], min_objects=min_objects, threads=1)
    return meetings(shares, (pairs.a, pairs.b), window)


def test_a_lag_is_negative_when_b_was_first(traces):
    shares = shares_of(
        traces("""
            ben  u1  10:00:00
            ana  u1  10:00:20
            ana  u2  10:00:00
            ben  u2  10:00:05.5
        """),
        "url",
    )

    assert rows_of(met(shares), "account_a", "account_b", "object_id", "post_a", "post_b", "lag_s") == [
        ("ana", "ben", "u1", "p2", "p1", -20.0),
        ("ana", "ben", "u2", "p3", "p4", 5.5),
    ]


def test_the_closest_posts_are_shown_and_not_the_first(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:30
            ana  u1  10:00:31
        """),
        "url",
    )

    assert rows_of(met(shares), "post_a", "post_b") == [("p3", "p2")]


def test_of_equally_close_posts_the_earliest_are_shown(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:10
            ana  u1  10:00:20
        """),
        "url",
    )

    assert rows_of(met(shares), "post_a", "post_b") == [("p1", "p2")]


def test_an_object_shared_too_far_apart_is_no_meeting(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:10
            ana  u2  10:00:00
            ben  u2  10:02:00
        """),
        "url",
    )

    assert rows_of(met(shares), "object_id") == [("u1",)]


def test_no_pairs_have_no_meetings_and_all_columns(traces):
    shares = shares_of(traces("ana  u1  10:00:00"), "url")

    table = meetings(shares, (np.empty(0, np.int32), np.empty(0, np.int32)), MINUTE)

    assert n_rows(table) == 0
    assert list(table) == list(MEETINGS.columns)


def test_the_order_of_pairs_does_not_matter(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:10
            cat  u1  10:00:20
        """),
        "url",
    )

    one, other = ([0, 0, 1], [1, 2, 2]), ([1, 0, 0], [2, 2, 1])

    assert [rows_of(meetings(shares, pairs, MINUTE), *MEETINGS.columns) for pairs in (one, other)] == [
        rows_of(met(shares), *MEETINGS.columns)
    ] * 2


def closest_by_comparing(shares, a, b, thing):
    """(row of a, row of b) of the closest two shares; of equals the earliest, then the first rows."""
    candidates = [
        (abs(int(shares.time_us[i] - shares.time_us[j])), min(shares.time_us[i], shares.time_us[j]), i, j)
        for i in np.flatnonzero((shares.account == a) & (shares.object == thing))
        for j in np.flatnonzero((shares.account == b) & (shares.object == thing))
    ]
    return min(candidates, default=None)


def compared(shares, pairs, window):
    """(account_a, account_b, object, post_a, post_b, lag) of every meeting, by comparing every two shares."""
    window_us = window // timedelta(microseconds=1)
    rows = []
    for a, b in zip(pairs.a, pairs.b, strict=True):
        for thing in range(len(shares.object_ids)):
            closest = closest_by_comparing(shares, a, b, thing)
            if closest and closest[0] <= window_us:
                i, j = closest[2:]
                lag_s = (shares.time_us[j] - shares.time_us[i]) / 1e6
                ids = (shares.account_ids[a], shares.account_ids[b], shares.object_ids[thing])
                rows.append((*ids, shares.post[i], shares.post[j], lag_s))
    return rows


@given(logs(), st.integers(0, 120), st.integers(1, 2))
def test_agrees_with_comparing_every_two_shares(log, window_s, min_objects):
    shares = shares_from(log)
    window = timedelta(seconds=window_s)
    (pairs,) = pairs_within(shares, [window], min_objects=min_objects, threads=1)

    table = meetings(shares, (pairs.a, pairs.b), window)

    names = ("account_a", "account_b", "object_id", "post_a", "post_b", "lag_s")
    assert rows_of(table, *names) == compared(shares, pairs, window)
    assert np.all((table["time_b"] - table["time_a"]) / np.timedelta64(1, "s") == table["lag_s"])
    assert np.bincount(np.searchsorted(shares.account_ids, table["account_a"])).sum() == pairs.n_objects.sum()
