"""limit: nothing is left out where a table holds all; else what is left out is told with its number."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.limit import UnlistedMeetings, limit_of, listed_meetings, within_limits
from groundswell.detect.links import links
from tests.detect.crowds import shares as shares_of
from tests.detect.logs import logs, shares_from

MINUTE = timedelta(minutes=1)


def step(n_accounts, n_objects):
    """Accounts that share the same objects in the same seconds."""
    return shares_of([(f"a{a:02}", f"u{u:02}", 1000 * u) for a in range(n_accounts) for u in range(n_objects)])


def test_a_table_that_holds_all_is_left_as_it_is():
    shares = step(5, 3)

    assert limit_of(shares, MINUTE, min_objects=2) == (shares, None)
    assert limit_of(shares, MINUTE, min_objects=2, most_links=10) == (shares, None)


def test_pairs_must_meet_on_more_objects_until_the_table_holds_them():
    rows = [(f"a{a:02}", f"u{u:02}", 1000 * u) for a in range(10) for u in range(2)]
    rows += [(f"b{a}", f"v{u:02}", 1000 * u) for a in range(3) for u in range(9)]
    _, limit = limit_of(shares_of(rows), MINUTE, min_objects=2, most_links=20)

    assert limit is not None
    assert (limit.asked, limit.n_pairs) == (2, 45 + 3)
    assert (limit.min_objects, limit.n_links) == (4, 3)


def test_the_most_crowded_objects_go_first():
    rows = [(f"a{a:02}", "crowded", 0) for a in range(30)] + [
        (f"a{a:02}", f"u{u}", 9000 * u) for a in range(4) for u in range(3)
    ]
    shares = shares_of(rows)
    kept, limit = limit_of(shares, MINUTE, min_objects=2, most_links=10, most_near=100)

    assert limit is not None
    assert (limit.n_crowded, limit.n_objects) == (1, 4)
    assert set(shares.object_ids[kept.object]) == {"u0", "u1", "u2"}
    assert limit.n_pairs == 6


@given(logs(max_size=80), st.integers(1, 12), st.integers(1, 40))
def test_what_is_told_is_what_the_links_say(rows, most_links, most_near):
    shares = shares_from(rows)
    kept, limit = limit_of(shares, MINUTE, min_objects=2, most_links=most_links, most_near=most_near)
    if limit is None:
        assert kept is shares
        assert len(links(shares, [MINUTE])["n_objects"]) <= max(most_links, 0)
        return
    met = links(kept, [MINUTE])["n_objects"]

    assert limit.n_pairs == len(met)
    assert limit.n_links == np.count_nonzero(met >= limit.min_objects) <= most_links
    assert limit.min_objects == 2 or np.count_nonzero(met >= limit.min_objects // 2) > most_links
    assert bool(limit.n_crowded) == (len(kept.object) < len(shares.object))


def test_windows_without_a_limit_are_counted_together():
    windows = [timedelta(hours=1), MINUTE]

    assert [some for _, some, _ in within_limits(step(4, 3), windows, min_objects=2)] == [sorted(windows)]


def test_the_posts_of_the_least_likely_links_are_listed():
    table = {
        "q_timing": np.array([0.01, 0.001, 0.9, 0.02]),
        "q_selection": np.array([0.5, 0.5, 0.9, 0.04]),
        "n_objects": np.array([2, 3, 4, 2]),
    }
    everything = np.ones(4, np.bool_)

    assert listed_meetings("url", table, everything, 0.05)[1] is None
    listed, unlisted = listed_meetings("url", table, everything, 0.05, most=5)
    assert listed.tolist() == [True, True, False, False]
    assert unlisted == UnlistedMeetings(kind="url", n_links=1, of=3)
