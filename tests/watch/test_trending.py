"""Trending is shrunk, and silent where there is little."""

from __future__ import annotations

import numpy as np

from groundswell.watch.trending import FEWEST, trend

PAST = np.full(7, 1_000)


def test_a_tag_with_no_past_does_not_rise_by_hundreds_of_thousands() -> None:
    found = trend(233, np.zeros(7, np.int64), 1_000, PAST)
    assert found is not None
    assert found.score == (233 + 10) / 10


def test_under_thirty_uses_nothing_is_said() -> None:
    assert trend(FEWEST - 1, np.zeros(7, np.int64), 1_000, PAST) is None
    assert trend(FEWEST, np.zeros(7, np.int64), 1_000, PAST) is not None


def test_a_busier_day_is_no_trend() -> None:
    found = trend(200, np.full(7, 100), 2_000, PAST)
    assert found is not None
    assert found.score == 1.0


def test_without_a_past_nothing_is_said() -> None:
    assert trend(500, np.zeros(7, np.int64), 1_000, np.zeros(7, np.int64)) is None
