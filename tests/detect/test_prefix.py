"""in_common_by_prefix: who has many objects in common, and that no pair is lost by looking at the rarest only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect import pairs as pairs_module
from groundswell.detect.pairs import pairs_within
from groundswell.detect.prefix import Prefixes, in_common_by_prefix, prefixes
from groundswell.detect.prune import grouped
from tests.detect.logs import as_rows, shares_from

rows = st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(0, 11), st.integers(0, 300)), max_size=80)


def by_prefix(shares, min_objects, threads=2):
    with ThreadPoolExecutor(threads) as pool:
        parts = list(in_common_by_prefix(prefixes(grouped(shares), min_objects), pool, threads))
    return [tuple(int(number) for number in row) for part in parts for row in zip(*part, strict=True)]


def by_comparing(shares, min_objects):
    """The same from everybody's set of objects."""
    has = {a: set(shares.object[shares.account == a].tolist()) for a in range(len(shares.account_ids))}
    common = [(a, b, len(has[a] & has[b])) for a, b in combinations(sorted(has), 2)]
    return [(a, b, n) for a, b, n in common if n >= min_objects]


@given(rows, st.integers(1, 7), st.integers(1, 3))
def test_agrees_with_comparing_all_accounts(log, min_objects, threads):
    shares = shares_from(as_rows((a, f"u{thing:02}", second) for a, thing, second in log))

    assert by_prefix(shares, min_objects, threads) == by_comparing(shares, min_objects)


def famous():
    """Thirty accounts that share forty objects by chance, and three objects that everybody shares."""
    rng = np.random.default_rng(3)
    log = [(f"a{a:02}", f"u{u:02}", int(s)) for a, u, s in rng.integers(0, [30, 40, 3000], (500, 3))]
    log += [(f"a{a:02}", f"all{k}", 60 * a) for a in range(30) for k in range(3)]
    return shares_from(as_rows(log))


def test_an_endless_window_goes_this_way_where_it_is_shorter_and_the_pairs_are_the_same(monkeypatch):
    shares, week = famous(), timedelta(days=7)
    (slow,) = pairs_within(shares, [week], min_objects=10)
    went = []
    monkeypatch.setattr(pairs_module, "CHEAP", 0)
    monkeypatch.setattr(Prefixes, "steps", property(lambda index: went.append(index.min_objects) or 0))
    (quick,) = pairs_within(shares, [week], min_objects=10)
    pairs_within(shares, [timedelta(minutes=1)], min_objects=10)

    assert went == [10]
    assert len(quick.a) > 20
    assert [quick.a.tolist(), quick.b.tolist(), quick.n_objects.tolist()] == [
        slow.a.tolist(),
        slow.b.tolist(),
        slow.n_objects.tolist(),
    ]


def test_the_steps_are_at_least_those_taken():
    """No pair that is compared is compared more often than two prefixes meet."""
    shares = famous()
    index = prefixes(grouped(shares), 10)

    assert 0 < len(by_comparing(shares, 10)) <= index.steps
