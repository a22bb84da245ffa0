"""rhythm: every post is counted once, and the yardstick of an hour is other days' same hour, not itself."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.publish.rhythm import MOST_STEPS, rhythm
from tests.publish.editions import edition


@pytest.mark.parametrize("days", [1, 2, 9, 40, 400])
def test_every_post_is_in_one_step(engine, days):
    made = edition(engine, days=days)
    over_time = rhythm(engine, made.reported[0].account_ids)

    assert over_time is not None
    assert over_time.posts.sum() == 506
    assert over_time.members.sum() == 48
    assert len(over_time.posts) <= MOST_STEPS + 1


def test_two_days_have_no_yardstick(engine):
    edition(engine, days=2)
    over_time = rhythm(engine, ())

    assert over_time is not None
    assert over_time.low is over_time.high is None
    assert over_time.cycle == ""


def test_a_peak_is_measured_against_the_other_days(engine):
    edition(engine, days=10, n_crowd=300)
    over_time = rhythm(engine, ())

    assert over_time is not None
    assert over_time.high is not None
    assert over_time.cycle == "day"
    period = 86_400 // over_time.step_s
    peak = int(over_time.posts.argmax())
    others = np.delete(over_time.posts[peak % period :: period], peak // period)
    assert over_time.high[peak] == np.quantile(others, 0.9)


def test_no_posts_have_no_rhythm(engine):
    edition(engine, n_crowd=0, n_members=0)

    assert rhythm(engine, ()) is None
