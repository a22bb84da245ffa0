"""phases: the cheapest way to cut a course is found, and bursts make no stretch."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.phases import PRICE, SHORTEST, change_points, cost, dispersion, phases, phases_sentence
from groundswell.assess.timeline import Course

HOUR_US = 3_600_000_000
START_US = 1_717_236_000_000_000  # 2024-06-01 10:00 UTC

series = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=10)


def price_of(cuts, members, whole):
    price = PRICE * np.log(len(whole)) * dispersion(members, whole)
    edges = [0, *cuts, len(whole)]
    return price * len(cuts) + sum(float(cost(members[a:b].sum(), whole[a:b].sum())) for a, b in pairwise(edges))


def every_way_to_cut(n):
    for k in range(n // SHORTEST):
        for cuts in combinations(range(SHORTEST, n - SHORTEST + 1), k):
            edges = [0, *cuts, n]
            if all(b - a >= SHORTEST for a, b in pairwise(edges)):
                yield list(cuts)


@given(series)
def test_no_other_way_to_cut_is_cheaper(rows):
    """The slow twin tries them all."""
    members = np.array([m for m, _ in rows], dtype=float)
    whole = members + np.array([o for _, o in rows], dtype=float)

    cuts = change_points(members, whole)

    best = min(price_of(other, members, whole) for other in every_way_to_cut(len(rows)))
    assert price_of(cuts, members, whole) == pytest.approx(best)


def course(members_by_bin, others_by_bin, width_us=HOUR_US):
    times, who = [], []
    for at, (m, o) in enumerate(zip(members_by_bin, others_by_bin, strict=True)):
        times += [START_US + at * width_us + k for k in range(m + o)]
        who += [0] * m + [1] * o
    return Course(
        time_us=np.array(times, dtype=np.int64),
        account=np.array(who, dtype=np.int64),
        is_member=np.array([True, False]),
    )


def test_a_campaign_that_they_join_late_has_two_phases():
    found = phases(course([0] * 30 + [20] * 30, [30] * 60), precision_s=1.0)

    assert [(phase.count, phase.whole) for phase in found] == [(0, 900), (600, 1500)]
    assert found[1].begins == "2024-06-02T16:00:00Z"
    assert found[1].begins_low == found[1].begins_high == found[1].begins
    assert phases_sentence(found) == (
        "Mostly without them until 2 June 2024, 16:00 UTC: 0 of 900 posts (0 %);"
        " from 2 June 2024, 16:00 UTC: 600 of 1,500 posts (40 %)."
    )


def test_an_even_share_has_one_phase():
    found = phases(course([5] * 60, [30] * 60), precision_s=1.0)

    assert len(found) == 1
    assert "no change of that share over time stands out" in phases_sentence(found)


def test_bursts_alone_make_no_phase():
    rng = np.random.default_rng(0)
    members = np.where(rng.random(80) < 0.5, 0, 12)

    assert len(phases(course(members.tolist(), [20] * 80), precision_s=1.0)) == 1


def test_nobody_of_them_is_said_and_not_measured():
    assert phases_sentence(phases(course([0] * 8, [3] * 8), precision_s=1.0)) == (
        "Members of reported groups wrote 0 of 24 posts throughout."
    )


def test_the_phases_hold_every_post_once():
    members, others = [0] * 40 + [9] * 20, [7] * 60

    found = phases(course(members, others), precision_s=1.0)

    assert sum(phase.whole for phase in found) == sum(members) + sum(others)
    assert all(one.ends == other.begins for one, other in pairwise(found))
