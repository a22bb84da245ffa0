"""links: every pair that met, in every window, with what chance expects."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from groundswell.detect.fdr import adjusted, trials
from groundswell.detect.links import links
from groundswell.detect.meetings import meetings
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import pairs_within
from groundswell.detect.shares import shares_of
from groundswell.model.link import LINKS
from groundswell.model.table import n_rows
from tests.detect.logs import as_rows, logs, shares_from
from tests.detect.test_chance import enumerated

MINUTE, HOUR = timedelta(seconds=60), timedelta(hours=1)

TWO_AND_A_STRANGER = """
    ana  u1  10:00:00
    ben  u1  10:00:20
    ben  u2  11:00:00
    ana  u2  11:00:05
    ana  u3  12:00:00
    ben  u3  13:00:00
    cat  u3  14:00:00
"""


def test_a_link_tells_objects_met_on_objects_in_common_and_when(traces):
    shares = shares_of(traces(TWO_AND_A_STRANGER), "url")

    table = links(shares, [MINUTE], min_objects=2)

    listed = [column.tolist() for column in table.values()]
    (link,) = [dict(zip(table, row, strict=True)) for row in zip(*listed, strict=True)]
    assert (link["account_a"], link["account_b"], link["kind"], link["window_s"]) == ("ana", "ben", "url", 60.0)
    assert (link["n_objects"], link["n_shared"]) == (2, 3)
    assert (link["first_time"], link["last_time"]) == (datetime(2024, 5, 1, 10), datetime(2024, 5, 1, 11, 0, 5))


def test_an_object_that_only_the_pair_shared_can_surprise_no_timing(traces):
    """All of its sharers are always in step, so timing knows nothing: chance 1. `selection` looks at these."""
    shares = shares_of(traces(TWO_AND_A_STRANGER), "url")

    table = links(shares, [MINUTE], min_objects=2)

    assert table["p_timing"].tolist() == [1.0]
    assert table["expected"] == pytest.approx([2.0])


def test_windows_are_listed_from_the_shortest_and_once(traces):
    shares = shares_of(traces(TWO_AND_A_STRANGER), "url")

    table = links(shares, [HOUR, MINUTE, HOUR], min_objects=1)

    assert [
        (window_s, a, b, n)
        for window_s, a, b, n in zip(
            *(table[name].tolist() for name in ("window_s", "account_a", "account_b", "n_objects")), strict=True
        )
    ] == [(60.0, "ana", "ben", 2), (3600.0, "ana", "ben", 3), (3600.0, "ben", "cat", 1)]


def test_asking_for_one_more_window_changes_no_other():
    rng = np.random.default_rng(3)
    shares = shares_from(as_rows((f"a{a}", f"u{u}", int(s)) for a, u, s in rng.integers(0, [9, 9, 900], (150, 3))))

    alone, both = links(shares, [MINUTE], min_objects=1), links(shares, [MINUTE, HOUR], min_objects=1)

    shorter = both["window_s"] == 60
    assert n_rows(alone) > 10
    assert all(np.array_equal(alone[name], both[name][shorter]) for name in LINKS.columns)


@pytest.mark.parametrize("windows", [[], [MINUTE]])
def test_no_links_still_have_every_column(traces, windows):
    table = links(shares_of(traces("ana  u1  10:00:00"), "url"), windows, min_objects=1)

    assert n_rows(table) == 0
    assert list(table) == list(LINKS.columns)


def test_no_shares_have_no_links():
    assert n_rows(links(shares_from([]), [MINUTE], min_objects=1)) == 0


def test_the_table_fits_its_contract(traces):
    engine = traces(TWO_AND_A_STRANGER)

    engine.load(LINKS, links(shares_of(engine, "url"), [MINUTE], min_objects=1))

    assert engine.rows("select account_a, n_objects from links") == [("ana", 2)]


def test_the_number_of_threads_and_the_size_of_chunks_change_nothing(monkeypatch):
    rng = np.random.default_rng(4)
    rows = ((f"a{a}", f"u{u}", int(s)) for a, u, s in rng.integers(0, [300, 200, 3000], (9000, 3)))
    shares = shares_from(as_rows(rows))

    one = links(shares, [HOUR], min_objects=1, threads=1)
    monkeypatch.setattr("groundswell.detect.links.CHUNK", 1000)
    three = links(shares, [HOUR], min_objects=1, threads=3)

    assert n_rows(one) > 2000
    assert all(np.array_equal(one[name], three[name]) for name in LINKS.columns)


def test_more_common_objects_than_are_enumerated_fall_back_on_the_bound():
    """Five accounts share 600 objects; on twelve, two of the five stand together: one pair of ten, so p_o is .1."""
    rows = []
    for n in range(600):
        lag = 10 if n < 12 else 4000
        rows += [
            ("ana", f"u{n:03}", n),
            ("ben", f"u{n:03}", n + lag),
            *((f"x{i}", f"u{n:03}", 9000 * i) for i in (1, 2, 3)),
        ]
    shares = shares_from(as_rows(rows))

    table = links(shares, [MINUTE], min_objects=12)

    ours = (table["account_a"] == "ana") & (table["account_b"] == "ben")
    assert table["n_shared"][ours].tolist() == [600]
    assert table["expected"][ours] == pytest.approx([1.2])
    assert table["p_timing"][ours] == pytest.approx(poisson.sf(11, 1.2))


@given(logs(), st.integers(0, 120), st.integers(1, 2))
def test_agrees_with_comparing_every_two_histories(log, window_s, min_objects):
    shares = shares_from(log)
    window = timedelta(seconds=window_s)
    (pairs,) = pairs_within(shares, [window], min_objects=min_objects, threads=1)
    counted = near_pairs(shares, window)
    times = Counter(zip(shares.account.tolist(), shares.object.tolist(), strict=True))

    table = links(shares, [window], min_objects=min_objects, threads=1)

    assert table["n_objects"].tolist() == pairs.n_objects.tolist()
    for row, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)):
        common = [u for u in range(len(shares.object_ids)) if times[a, u] and times[b, u]]
        chance = [1 - (1 - counted.near[u] / counted.possible[u]) ** (times[a, u] * times[b, u]) for u in common]
        shown = meetings(shares, ([a], [b]), window)
        posted = np.concatenate((shown["time_a"], shown["time_b"]))
        assert table["n_shared"][row] == len(common)
        assert table["expected"][row] == pytest.approx(sum(chance))
        assert table["p_timing"][row] == pytest.approx(enumerated(chance, pairs.n_objects[row]), rel=1e-6)
        assert (table["first_time"][row], table["last_time"][row]) == (posted.min(), posted.max())
    assert table["q_timing"] == pytest.approx(
        adjusted(table["p_timing"], trials(shares, min_objects=min_objects, threads=1).timing)
    )
