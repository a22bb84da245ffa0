"""reach: what stands before a rise is shown, and a morning is no rise."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.query import define_campaign_posts, read_query
from groundswell.assess.reach import PRICE, SHORTEST, _dispersion, rate_changes, rate_cost, reach_of
from groundswell.assess.timeline import course_of
from groundswell.assess.volumes import number_of
from groundswell.assess.wording import check
from tests.assess.runs import group, posted, write_posts

PAIR = group(("ana", "ben"))


def reach(engine, posts):
    write_posts(engine, [{"hashtags": ["OpenGate"], **post} for post in posts])
    define_campaign_posts(engine, read_query("#OpenGate"))
    number = number_of((PAIR,))
    found = reach_of(engine, course_of(engine, number), number, precision_s=1.0)
    check(found.sentence)
    return found


def steady(per_hour, begin, end):
    return [posted(f"reader{hour}_{k}", hour + k / per_hour) for hour in range(begin, end) for k in range(per_hour)]


def rush(author, hour):
    """A post, and a crowd that repeats it from then on for ten hours."""
    told = {"is_repost": True, "repost_of": "p1", "repost_of_account": author}
    return [
        posted(author, hour - 0.2),
        *(posted(f"fan{hour}_{at}_{k}", hour + at + k / 40, **told) for at in range(10) for k in range(30)),
    ]


@pytest.mark.parametrize(("author", "inside"), [("ana", True), ("eve", False)])
def test_the_post_before_a_rise_is_by_a_member_or_by_another(engine, author, inside):
    found = reach(engine, [*rush(author, 50), *steady(3, 0, 60)])

    (jump,) = found.jumps
    assert (jump.inside, jump.account_ids, jump.post_ids, jump.reposts) == (inside, (author,), ("p1",), 300)
    assert jump.after > 5 * jump.before
    assert (found.top, found.top_inside) == (1, int(inside))


def test_every_morning_is_no_rise(engine):
    days = [row for day in range(5) for row in steady(12, 24 * day, 24 * day + 12)]

    assert reach(engine, days).jumps == ()


def test_a_rise_without_a_post_before_it_has_no_author(engine):
    found = reach(engine, [*steady(2, 0, 40), *steady(30, 40, 60)])

    assert [jump.inside for jump in found.jumps] == [None]
    assert "before 0 of 1 stood a post" in found.sentence


counts = st.lists(st.integers(0, 12), min_size=4, max_size=10)


@given(counts)
def test_no_other_way_to_cut_is_cheaper(drawn):
    """The slow twin tries them all."""
    x = np.array(drawn, dtype=float)
    price = PRICE * np.log(len(x)) * _dispersion(x)

    def cost(cuts):
        edges = [0, *cuts, len(x)]
        parts = pairwise(edges)
        return price * len(cuts) + sum(float(rate_cost(x[a:b].sum(), b - a)) for a, b in parts)

    ways = [
        cuts
        for k in range(len(x) // SHORTEST)
        for cuts in combinations(range(SHORTEST, len(x) - SHORTEST + 1), k)
        if all(b - a >= SHORTEST for a, b in zip([0, *cuts], [*cuts, len(x)], strict=True))
    ]

    assert cost(rate_changes(x)) == pytest.approx(min(cost(cuts) for cuts in ways))
