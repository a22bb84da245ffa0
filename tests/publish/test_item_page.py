"""An item over time: what is drawn and said of its places, and of who came first."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import check
from groundswell.publish.figures.lead import lead_curves
from groundswell.publish.figures.rank_history import rank_history
from groundswell.publish.item_page import item_content
from groundswell.publish.redaction import Redaction
from groundswell.watch.history import ItemHistory, Lead, Point
from groundswell.watch.log import microseconds
from groundswell.watch.span import Span

END = datetime(2026, 5, 9, 12)
HOUR_US = 3_600_000_000
NOBODY = Redaction([], b"key", shown=False)


def point(day: int, rank: int | None, rank_all: int | None = None) -> Point:
    wide = {} if rank is None else {"rank_low": max(1, rank - 1), "rank_high": rank + 2}
    return Point(
        at=END - timedelta(days=10 - day), count=3, rank=rank, count_all=9, rank_all=rank_all,
        **{"rank_low": None, "rank_high": None, **wide},
    )  # fmt: skip


def item(points: list[Point], inside: list[int], outside: list[int]) -> ItemHistory:
    """First uses are given in hours before the end."""
    sides = [np.sort(microseconds(END) - np.array(hours, np.int64) * HOUR_US) for hours in (inside, outside)]
    both = bool(inside and outside)
    lead = Lead(
        first_inside=None,
        first_outside=None,
        accounts_inside=len(inside),
        accounts_outside=len(outside),
        trails_days=float(np.median(sides[0]) - np.median(sides[1])) / HOUR_US / 24 if both else None,
    )
    return ItemHistory(
        kind="hashtag", name="opengate", span=Span(END, 48.0), points=tuple(points), lead=lead,
        inside=sides[0], outside=sides[1],
    )  # fmt: skip


def said(found: ItemHistory, list_name: str | None = "gate:found") -> dict[str, str]:
    return item_content(found, NOBODY, list_name=list_name)


def test_third_or_fourth_for_days_is_said_with_the_days_it_was_not_used():
    found = item([point(0, None), point(1, 3, 40), point(2, 4, 60)], [1], [2])

    assert said(found)["item_places"] == (
        "It stood at places 3 to 4 in the list on 2 of 3 days. Among everything collected: places 40 to 60."
    )


def test_who_came_first_has_an_interval_only_with_enough_accounts():
    few = said(item([point(0, 1, 1)], [10], [30] * 9))
    many = said(item([point(0, 1, 1)], list(range(8, 20)), list(range(40, 60))))

    assert few["item_first"].endswith("The median member came 20 h later; too few for an interval.")
    assert "of the list and 20 others used it so far" in many["item_first"]
    assert many["item_first"].endswith("than the median other account.")


def test_the_table_of_a_lead_says_when_each_part_of_both_sides_had_used_it():
    rows = said(item([point(1, 1)], [40, 30, 20, 10], [5, 5]))["item_lead_rows"]

    assert rows[:2] == [(what, "7 May 20:00", "9 May 07:00") for what in ("The first", "10 %")]
    assert [inside for _, inside, _ in rows[2:5]] == ["7 May 20:00", "8 May 06:00", "8 May 16:00"]
    assert rows[-1] == ("100 %", "9 May 02:00", "9 May 07:00")
    assert said(item([point(1, 1)], [], [5]))["item_lead_rows"] == []


def test_sides_that_mix_are_said_not_to_tell():
    found = item([point(0, 1, 1)], list(range(0, 30)), list(range(1, 31)))

    assert "cannot tell who came first" in said(found)["item_first"]


def test_where_one_side_never_used_it_nobody_led():
    found = said(item([point(0, 1, 1)], [1, 2], []))

    assert "One side never did, so nobody led." in found["item_first"]
    assert found["item_lead"] == ""


ranks = st.lists(st.one_of(st.none(), st.integers(1, 3_000)), min_size=1, max_size=20)


@given(ranks, st.booleans())
def test_a_rank_line_is_broken_where_nothing_is_known_and_never_bridged(places, of_list):
    points = [point(day, rank, rank) for day, rank in enumerate(places)]
    runs = sum(rank is not None and (at == 0 or places[at - 1] is None) for at, rank in enumerate(places))
    for drawn in ElementTree.fromstring(f"<g>{rank_history(points, 'x', of_list=of_list)}</g>").iter("svg"):
        paints = [mark.get("class") for mark in drawn.iter("path")]
        assert paints.count("p-tide-l") == runs
        assert paints.count("p-all") == (runs if of_list else 0)
        assert len([mark for mark in drawn.iter("rect") if mark.get("class") == "p-unknown"]) == sum(
            rank is None and (at == 0 or places[at - 1] is not None) for at, rank in enumerate(places)
        )


sides = st.lists(st.integers(0, 500), min_size=1, max_size=60)


@given(sides, sides)
def test_what_is_said_of_any_two_sides_may_be_printed_and_is_drawn_in_its_place(inside, outside):
    found = item([point(0, 1, 1)], inside, outside)
    content = said(found)
    check(content["item_first"])
    check(content["item_places"])
    interval = found.trails_days_95
    if interval:
        assert interval[0] <= found.lead.trails_days <= interval[1]
    drawn = ElementTree.fromstring(f"<g>{lead_curves(found.inside, found.outside, 'x', 'y')}</g>")
    wide = next(drawn.iter("svg"))
    dots = [float(dot.get("cx")) for dot in wide.iter("circle")]
    if found.lead.trails_days:
        assert (dots[1] >= dots[0]) is (found.lead.trails_days > 0)


@pytest.mark.parametrize(("n", "known"), [(6, False), (7, True)])
def test_a_median_has_an_interval_from_seven_accounts_on(n, known):
    found = item([point(0, 1, 1)], list(range(n)), list(range(50)))

    assert (found.trails_days_95 is not None) is known


def test_the_interval_holds_in_as_many_samples_as_it_says():
    draw = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        inside, outside = draw.exponential(100.0, 25), draw.exponential(100.0, 40)
        found = item([point(0, 1, 1)], [round(one) for one in inside], [round(one) for one in outside])
        low, high = found.trails_days_95
        held += low <= 0 <= high

    assert held >= 0.95 * 400
