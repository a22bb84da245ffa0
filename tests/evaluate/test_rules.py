"""Rules: the group scan says what each story expects, and the plain threshold does not."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.evaluate.rules import group_scan, naive_floor
from groundswell.model.table import text_column
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.scenario import World, truth_of


def share_log(rows):
    """A world of just these (account, object, second)."""
    return World(
        shares={
            "account_id": text_column(account for account, _, _ in rows),
            "object_id": text_column(thing for _, thing, _ in rows),
            "timestamp_share": np.array([second for _, _, second in rows], dtype=np.int64),
            "content_id": text_column(f"p{n}" for n in range(len(rows))),
            "platform": np.full(len(rows), "made-up", dtype=object),
        },
        truth=truth_of([]),
    )


@pytest.mark.parametrize("seed", [0, 1])
def test_the_planted_campaign_of_the_demo_is_found_whole_and_alone(seed):
    world = simulate("demo-campaign", seed=seed)
    (planted,) = world.planted().values()
    named = frozenset().union(*group_scan(world))

    assert len(named & planted) >= 0.95 * len(planted)
    assert len(named - planted) <= 0.02 * len(named)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_wire_of_the_demo_is_its_nine_desks(seed):
    world = simulate("demo-wire", seed=seed)

    assert group_scan(world) == tuple(world.groups().values())


def test_the_fandom_of_the_demo_holds_nothing_to_report():
    assert group_scan(simulate("demo-fandom")) == ()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 10))
@pytest.mark.parametrize("name", ["demo-campaign", "demo-fandom", "demo-wire"])
def test_the_demo_sets_are_told_apart_whatever_the_seed(name, seed):
    world = simulate(name, seed=seed)

    assert frozenset(group_scan(world)) == frozenset(world.groups().values())


def test_a_threshold_accuses_hundreds_in_a_crowd_where_nobody_acts_together():
    assert len(frozenset().union(*naive_floor(simulate("quiet")))) > 100


shares = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("xyz"), st.integers(0, 300)), min_size=1, max_size=25
)


@given(shares)
@settings(max_examples=30)
def test_the_naive_floor_is_what_comparing_every_two_shares_gives(shares):
    met = {pair: set() for pair in combinations("abcdef", 2)}
    for (a, thing, second), (b, other, later) in combinations(sorted(shares), 2):
        if a != b and thing == other and abs(second - later) <= 60:
            met[min(a, b), max(a, b)].add(thing)
    parts: list[set[str]] = []
    for a, b in (pair for pair, things in met.items() if len(things) >= 2):
        joined = {a, b}.union(*(part for part in parts if part & {a, b}))
        parts = [part for part in parts if not part & joined] + [joined]

    assert sorted(map(sorted, naive_floor(share_log(shares)))) == sorted(map(sorted, parts))
