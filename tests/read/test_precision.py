"""Clock: a grain is claimed only where accident can't explain it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.precision import GRAINS_US, Clock


def grain(*batches):
    clock = Clock()
    for batch in batches:
        clock.add(np.array(batch, dtype=np.int64))
    return clock.precision_s


SECOND, MINUTE, HOUR, DAY = 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000


@pytest.mark.parametrize(
    ("step", "seconds"),
    [(1, 1e-6), (1_000, 1e-3), (SECOND, 1.0), (MINUTE, 60.0), (HOUR, 3600.0), (DAY, 86400.0)],
)
def test_many_times_tell_their_grain(step, seconds):
    assert grain([n * step for n in range(1, 50)]) == seconds


def test_three_posts_on_the_minute_may_be_accident_and_four_are_a_clock():
    assert grain([n * MINUTE for n in (1, 2, 4)]) == 1.0
    assert grain([n * MINUTE for n in (1, 2, 4, 5)]) == 60.0


def test_the_same_minute_over_and_over_proves_nothing_more():
    assert grain([MINUTE] * 100) == 1e-6


def test_one_time_off_the_grain_is_enough():
    assert grain([n * MINUTE for n in range(50)], [SECOND]) == 1.0


def test_without_times_there_is_no_grain():
    assert grain() is None


@given(st.lists(st.integers(0, 10**16), min_size=1, max_size=30), st.sampled_from(GRAINS_US))
def test_every_time_is_a_whole_multiple_of_what_is_claimed(times, step):
    times = [time // step * step for time in times]
    claimed = grain(times[:7], times[7:]) if times[7:] else grain(times)

    assert claimed is not None
    assert all(time % round(claimed * 1e6) == 0 for time in times)
