"""meetings: which three are chosen, and that counting close pairs agrees with listing them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.link import MEETINGS
from groundswell.publish.meetings import meetings, pairs_within
from tests.publish.editions import edition


@given(st.lists(st.integers(0, 100), max_size=25), st.integers(0, 60))
def test_close_pairs_are_as_many_as_comparing_every_two_finds(seconds, lag_s):
    times = np.array(sorted(second * 1_000_000 for second in seconds), dtype=np.int64)

    assert pairs_within(times, lag_s) == sum(abs(a - b) <= lag_s for a, b in combinations(seconds, 2))


def test_the_most_surprising_stands_before_the_least(engine):
    made = edition(engine)
    shown = meetings(made, made.reported[0])
    surprise = [(one.n_outside_as_close + 1) / (one.n_outside_pairs + 1) for one in shown]

    assert len(shown) == 3
    assert surprise == sorted(surprise)


def test_the_earlier_post_stands_first_and_members_are_no_outsiders(engine):
    made = edition(engine)

    for one in meetings(made, made.reported[0]):
        assert one.sides[0].time <= one.sides[1].time
        assert one.outside_lags.sum() == one.n_outside_pairs
        outsiders = one.n_sharers - 8
        assert one.n_outside_pairs == outsiders * (outsiders - 1) // 2


def test_a_group_whose_meetings_are_missing_shows_none(engine):
    made = edition(engine)
    engine.load(MEETINGS, MEETINGS.empty())

    assert meetings(made, made.reported[0]) == ()
