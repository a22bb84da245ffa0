"""q-values over all pairs that could have been tested, and how many those are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from groundswell.detect.fdr import adjusted, trials
from groundswell.detect.pairs import LONGEST_US, pairs_within
from groundswell.detect.prune import Minimum, grouped, pruned
from tests.detect.logs import as_rows, logs, shares_from


def test_ten_tests_of_which_three_are_listed():
    p = np.array([0.03, 0.001, 0.02])

    assert adjusted(p, 10) == pytest.approx([0.1, 0.01, 0.1])  # .001 x 10 / 1, .02 x 10 / 2, .03 x 10 / 3


@given(st.lists(st.floats(1e-12, 1), max_size=12), st.integers(0, 50))
def test_agrees_with_listing_every_test(p, unlisted):
    listed = np.array(p)
    everything = np.concatenate((listed, np.ones(unlisted)))

    q = adjusted(listed, len(everything))

    reference = false_discovery_control(everything)[: len(p)] if len(everything) else []
    assert q == pytest.approx(reference, rel=1e-12)


def test_fewer_tests_than_links_are_refused():
    with pytest.raises(ValueError, match="3 pairs are listed, but only 2 could have been tested"):
        adjusted(np.ones(3), 2)


def test_pairs_that_share_enough_at_any_time_could_have_been_links():
    rows = [("ana", "u1", 0), ("ben", "u1", 9000), ("ana", "u2", 0), ("ben", "u2", 9000), ("cat", "u1", 0)]
    shares = shares_from(as_rows([*rows, ("cat", "u3", 0), ("dan", "u1", 0)]))

    found = trials(shares, min_objects=2, threads=1)

    assert (found.timing, found.timing_exact) == (1, True)  # ana and ben
    assert found.selection == 3  # ana, ben, cat; dan shared one object only


@given(logs(), st.integers(1, 3), st.sampled_from([0, 10**9]))
def test_the_number_of_tests_is_exact_where_it_is_cheap_and_never_too_small(log, min_objects, cheap):
    shares = shares_from(log)
    (sharing,) = pairs_within(shares, [timedelta.max], min_objects=min_objects)
    objects = [len(set(shares.object[shares.account == a].tolist())) for a in range(len(shares.account_ids))]
    able = sum(n >= min_objects for n in objects)

    found = trials(shares, min_objects=min_objects, threads=2, cheap=cheap)

    assert found.selection == able * (able - 1) // 2
    assert len(sharing.a) <= found.timing <= found.selection
    assert not found.timing_exact or found.timing == len(sharing.a)
    assert found.timing_exact or cheap == 0


@given(logs(max_size=60), st.integers(1, 3), st.booleans())
def test_the_bound_is_that_of_the_shares_that_pruning_leaves(log, min_objects, dense):
    """Where its first round drops next to nothing, no share is moved to know it; `dense` makes it so."""
    crowd = [(account, thing, 0) for account in "fghij" for thing in "uvwxy" for _ in range(9 * dense)]
    shares = shares_from(log + as_rows(crowd))
    with ThreadPoolExecutor(1) as pool:
        live = pruned(grouped(shares), LONGEST_US, Minimum(min_objects), pool, 1)
    size = np.diff(live.start).tolist()

    found = trials(shares, min_objects=min_objects, threads=1, cheap=-1)

    assert found.timing == min(found.selection, sum(n * (n - 1) // 2 for n in size) // min_objects)
