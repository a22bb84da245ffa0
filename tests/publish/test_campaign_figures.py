"""The drawings of a campaign: that what they show lies where the numbers say, at any width and for any numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.campaign import Phase, RankDraws, Ranks
from groundswell.publish.campaign_section import SHORT_WAYS
from groundswell.publish.figures.interval import interval_strip, round_end
from groundswell.publish.figures.phases import phase_levels
from groundswell.publish.figures.places import place_slopes


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<g>{markup}</g>")


def across(mark: ElementTree.Element, name: str) -> float:
    return float(mark.get(name, "nan").rstrip("%"))


numbers = st.floats(-1e6, 1e6)


@given(numbers, st.tuples(numbers, numbers).map(sorted), st.tuples(numbers, numbers).map(sorted))
def test_a_dot_and_its_line_lie_where_they_should_and_never_off_the_track(value, ends, interval):
    begin, end = ends
    low, high = interval
    root = parsed(interval_strip(value, begin, end, label="x", low=low, high=high, bounds=(low, high)))
    dot = root.find(".//circle")

    for mark in root.iter("rect"):
        assert -0.01 <= across(mark, "x") <= 100.01
        assert across(mark, "x") + across(mark, "width") <= 100.03
    if end > begin:
        expected = min(1, max(0, (value - begin) / (end - begin)))
        assert across(dot, "cx") == pytest.approx(100 * expected, abs=0.01)


@pytest.mark.parametrize(("value", "paint"), [(0.5, "p-hollow"), (0.9, "p-tide")])
def test_a_dot_among_the_others_is_hollow(value, paint):
    root = parsed(interval_strip(value, 0, 1, label="x", others=(0.2, 0.6)))

    assert root.find(".//circle").get("class") == paint


@given(st.floats(1e-6, 1e6))
def test_a_track_ends_at_a_round_number_just_beyond(largest):
    end = round_end(largest)

    assert largest * 0.998 <= end <= largest * 5.01


def phase(begins: str, ends: str, count: int, **changed: str) -> Phase:
    return Phase(begins=f"2024-05-{begins}:00:00Z", ends=f"2024-05-{ends}:00:00Z", count=count, whole=100, **changed)


def test_each_phase_is_a_level_and_a_doubtful_border_is_hatched():
    border = {"begins_low": "2024-05-02T06:00:00Z", "begins_high": "2024-05-02T18:00:00Z"}
    root = parsed(phase_levels([phase("01T00", "02T12", 10), phase("02T12", "04T00", 40, **border)], "two"))
    wide = next(root.iter("svg"))
    levels = [mark for mark in wide.iter("rect") if mark.get("class") == "p-tide-soft"]

    assert [float(mark.get("height")) for mark in levels] == pytest.approx([24, 96], abs=0.1)
    assert float(levels[0].get("width")) == pytest.approx(float(levels[1].get("width")), abs=0.2)
    assert len([mark for mark in wide.iter("rect") if mark.get("class") == "p-unknown"]) == 1


def test_nothing_is_drawn_of_phases_without_a_time():
    assert phase_levels([], "none") == ""
    assert phase_levels([replace(phase("01T00", "02T00", 1), begins="unknown")], "none") == ""


RANKS = Ranks(
    n_tags=300,
    with_them={"uses": 1, "accounts": 1, "shrunk": 4},
    without_them={"uses": 4, "accounts": 1, "shrunk": 90},
    without_their_reposts={"uses": 4, "accounts": 1, "shrunk": 90},
    without_low={"uses": 3, "accounts": 1, "shrunk": 80},
    without_high={"uses": 6, "accounts": 2, "shrunk": 99},
    draws=RankDraws(n=200, without_low={"uses": 2}, without_high={"uses": 9}, in_top_with=1.0, in_top_without=0.4),
)


def test_a_worse_place_is_lower_and_no_label_covers_another():
    root = parsed(place_slopes(RANKS, SHORT_WAYS, "places"))
    for drawn in root.iter("svg"):
        dots = [float(dot.get("cy")) for dot in drawn.iter("circle")]
        assert dots[0] == dots[2] == dots[3] < dots[1] == dots[4] < dots[5]
        for end in ("start", "end"):
            heights = sorted(float(one.get("y")) for one in drawn.iter("text") if one.get("text-anchor") == end)
            assert all(b - a > 13 for a, b in pairwise(heights))


def test_nothing_is_drawn_where_nothing_could_be_ranked():
    assert place_slopes(replace(RANKS, unknown="One hashtag was collected."), SHORT_WAYS, "none") == ""
