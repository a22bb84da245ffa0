"""Lift: against matched accounts, with an interval that says how little is known."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.watch.lift import lift


def test_the_same_rate_is_a_lift_of_one() -> None:
    found = lift(50, 1_000, [(50, 1_000)] * 3)
    assert found is not None
    assert found.typical
    assert found.ratio == pytest.approx(1, abs=0.02)


def test_four_times_the_rate_stands_apart() -> None:
    found = lift(200, 1_000, [(48, 1_000), (52, 1_000), (50, 1_000)])
    assert found is not None
    assert found.low > 3
    assert not found.typical


def test_controls_that_disagree_widen_the_interval() -> None:
    agreeing, torn = lift(80, 1_000, [(50, 1_000)] * 3), lift(80, 1_000, [(5, 1_000), (50, 1_000), (95, 1_000)])
    assert agreeing is not None
    assert torn is not None
    assert torn.high / torn.low > agreeing.high / agreeing.low


@pytest.mark.parametrize(("posts", "controls"), [(0, [(1, 10)] * 3), (10, []), (10, [(1, 10)]), (10, [(0, 0)] * 3)])
def test_with_nothing_to_compare_with_the_lift_is_unknown(posts: int, controls: list[tuple[int, int]]) -> None:
    assert lift(0, posts, controls) is None


def test_the_interval_covers_one_about_as_often_as_it_says_where_nothing_differs() -> None:
    rng = np.random.default_rng(3)
    n = 2_000
    covered = 0
    for _ in range(n):
        found = lift(int(rng.poisson(30)), 1_000, [(int(k), 1_000) for k in rng.poisson(30, 3)])
        covered += found is not None and found.typical
    assert covered / n >= 0.94
