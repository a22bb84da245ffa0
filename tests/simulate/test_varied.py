"""Conversations of every make: each seed another one, all of them within what was looked at."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.errors import WrongUse
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.demo_campaign import TOPIC
from groundswell.simulate.talk import circle
from groundswell.simulate.varied import DAYS, MOST_ACCOUNTS, POSTS, varied

SEEDS = range(200)


def test_makes_differ_by_orders_of_magnitude_and_stay_within_their_ranges():
    made = [varied(seed) for seed in SEEDS]
    sizes = [sum((m.article_shares, m.remarks, m.slogans, m.replies, m.reposts)) for m in (one.measure for one in made)]

    assert max(sizes) > 20 * min(sizes)
    assert POSTS[0] * 0.9 <= min(sizes) <= max(sizes) <= POSTS[1] * 1.1
    assert all(30 <= one.crowd <= MOST_ACCOUNTS and DAYS[0] <= one.days <= DAYS[1] for one in made)


def test_some_repeat_nothing_and_some_hardly_anything_else():
    parts = [
        m.reposts / sum((m.article_shares, m.remarks, m.slogans, m.replies, m.reposts))
        for m in (varied(seed).measure for seed in SEEDS)
    ]

    assert min(parts) == 0.0
    assert max(parts) > 0.55


def test_bursts_never_draw_more_than_three_quarters():
    assert all(sum(part for *_, part in varied(seed).bursts) <= 0.75 + 1e-9 for seed in SEEDS)


def test_a_seed_fixes_the_conversation_and_nobody_in_it_acts_together():
    one = simulate("talk-varied", seed=9505)

    assert one.posts["post_id"].tolist() == simulate("talk-varied", seed=9505).posts["post_id"].tolist()
    assert one.groups() == {}


def test_its_size_is_not_chosen():
    with pytest.raises(WrongUse, match="its own size"):
        simulate("talk-varied", shares=5000)


@pytest.mark.parametrize(("tail", "busiest"), [(0.8, 800.0), (2.2, 8.0)])
def test_a_heavier_tail_gives_the_busiest_more_to_say(tail, busiest):
    who = circle(np.random.default_rng(0), range(500), TOPIC, tail=tail, busiest=busiest)

    assert np.isclose(who.activity.sum(), 1.0)
    assert (who.activity.max() > 0.05) == (tail < 1)
