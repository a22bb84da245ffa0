"""rank_draws: a place that rests on few accounts or on an unsure group has a wide range."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.rank_draws import N_DRAWS, rank_draws


def drawn(rows, certain=(), asked=0, **options):
    """Rows are (tag, account, uses, group)."""
    columns = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    return rank_draws(*columns, certain, asked, top=1, seed=0, **options)


CROWD = [(1, account, 2, -1) for account in range(10, 40)]
OURS = [(0, account, 20, 0) for account in range(4)]


def test_a_sure_group_is_left_out_in_every_draw():
    told = drawn([*OURS, (0, 4, 1, -1), *CROWD], [1.0], census=True)

    assert (told.without_low["uses"], told.without_high["uses"]) == (2, 2)
    assert (told.in_top_with, told.in_top_without) == (1.0, 0.0)
    assert told.n == N_DRAWS


def test_a_group_that_is_as_likely_none_leaves_the_place_open():
    told = drawn([*OURS, *CROWD], [0.5], census=True)

    assert (told.without_low["uses"], told.without_high["uses"]) == (1, 2)
    assert 0.3 < told.in_top_without < 0.7


def test_a_place_that_rests_on_one_account_moves_when_accounts_are_drawn_again():
    told = drawn([(0, 0, 61, -1), *CROWD])

    assert (told.without_low["uses"], told.without_high["uses"]) == (1, 2)
    assert 0.4 < told.in_top_without < 0.85


def test_the_same_seed_gives_the_same_places():
    assert drawn([*OURS, *CROWD], [0.7]) == drawn([*OURS, *CROWD], [0.7])


def test_nothing_to_rank_is_an_error():
    nothing = np.zeros(0, dtype=np.int64)

    with pytest.raises(ValueError, match="no uses"):
        rank_draws(nothing, nothing, nothing, nothing, (), 0, top=10, seed=0)


uses = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 9)), st.tuples(st.integers(1, 5)), min_size=1, max_size=30
)


@given(uses, st.sets(st.integers(0, 9)))
def test_a_census_with_sure_groups_agrees_with_counting_by_hand(uses, members):
    """No draw differs from another, and all agree with the places counted one by one."""
    rows = [(tag, account, n, 0 if account in members else -1) for (tag, account), (n,) in sorted(uses.items())]
    asked = rows[0][0]
    left = Counter({tag: 0 for tag, *_ in rows})
    for tag, _, n, group in rows:
        left[tag] += 0 if group == 0 else n
    place = 1 + sum(n > left[asked] for n in left.values())

    told = drawn(rows, [1.0], asked, census=True)

    assert told.without_low["uses"] == told.without_high["uses"] == place
    assert told.in_top_without == float(place == 1)
