"""The map of a run: who is placed, which lines are counted, and that its words never say more than was counted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import check
from groundswell.engine.duck import Duck
from groundswell.model.link import LINKS
from groundswell.model.table import text_column
from groundswell.publish import coordination_map as places
from groundswell.publish.coordination_map import OUTSIDE, CoordinationMap, Place, coordination_map, map_json
from groundswell.publish.edition import Edition
from groundswell.publish.figures.coordination import coordination
from groundswell.publish.report import report_content
from groundswell.publish.site.map_page import map_label, map_page, map_sentence
from tests.publish.editions import edition

SURE, UNSURE = 0.01, 0.5


def link(engine: Duck, rows: Sequence[tuple[str, str, float]]) -> None:
    """Leave just these links: two accounts, and q under the timing null."""
    columns = LINKS.empty()
    columns |= {name: text_column([row[at] for row in rows]) for at, name in enumerate(("account_a", "account_b"))}
    columns["kind"] = text_column(["url"] * len(rows))
    columns |= {name: np.full(len(rows), np.nan) for name, kind in LINKS.columns.items() if kind == "double"}
    columns |= {name: np.full(len(rows), 3) for name in ("n_objects", "n_shared")}
    columns |= {name: np.full(len(rows), "NaT", "datetime64[us]") for name in ("first_time", "last_time")}
    columns["q_timing"] = np.array([q for _, _, q in rows], np.float64)
    engine.load(LINKS, columns)


def test_lines_inside_a_group_count_always_and_others_only_beyond_chance():
    with Duck() as engine:
        one = edition(engine)
        link(
            engine,
            [
                ("reader_1", "reader_2", SURE),
                ("reader_1", "reader_3", UNSURE),
                ("reader_4", "user_1", SURE),
                ("reader_5", "user_1", UNSURE),
                ("user_0", "user_1", UNSURE),
                ("user_0", "user_2", SURE),
            ],
        )
        found = coordination_map(one)

    (group,) = found.groups
    assert (group.n_lines, group.n_beyond) == (2, 1)
    assert (found.outside.n_accounts, found.outside.n_lines, found.between) == (3, 1, ((OUTSIDE, 0, 1),))
    assert found.expected_wrong == pytest.approx(3 * one.parameters.fdr)
    assert len(found.nodes) == 8 + 3
    assert len(found.lines) == 4


def test_a_run_without_a_group_has_no_map():
    with Duck() as engine:
        one = edition(engine, n_members=0)

        assert coordination_map(one) is None
        assert map_page(one, {**report_content(one), "files": []}) is None


names = st.sampled_from([*(f"user_{i}" for i in range(8)), *(f"reader_{i}" for i in range(12))])
pairs = st.dictionaries(st.tuples(names, names).map(sorted).map(tuple).filter(lambda ab: ab[0] != ab[1]), st.booleans())


@pytest.fixture(scope="module")
def small() -> Iterator[Edition]:
    """A small edition whose links a test may replace."""
    with Duck() as engine:
        yield edition(engine, n_crowd=12)


@given(drawn=pairs)
def test_the_counts_are_those_of_looking_at_every_pair(small, drawn):
    one = small
    link(one.engine, [(a, b, SURE if sure else UNSURE) for (a, b), sure in drawn.items()])
    found = coordination_map(one)
    (group,) = one.reported
    inside = {ab for ab in drawn if set(ab) <= set(group.account_ids)}
    shown = inside | {ab for ab, sure in drawn.items() if sure}
    others = {account for ab in shown for account in ab} - set(group.account_ids)

    assert found.n_inside == len(inside)
    assert found.n_out == sum(len({*ab} & others) == 1 for ab in shown)
    assert found.outside.n_lines == sum({*ab} <= others for ab in shown)
    assert found.outside.n_accounts == len(others)
    assert sum(node.n_lines for node in found.nodes) == 2 * len(shown) == 2 * len(found.lines)


def test_only_so_many_are_placed_and_members_come_first(monkeypatch):
    monkeypatch.setattr(places, "MOST_NODES", 10)
    with Duck() as engine:
        one = edition(engine)
        link(engine, [(f"reader_{a}", f"reader_{b}", SURE) for a, b in combinations(range(9), 2) if f"{a}" < f"{b}"])
        found = coordination_map(one)

    assert [node.number for node in found.nodes] == [0] * 8 + [OUTSIDE] * 2
    assert found.outside.n_accounts == 9


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_no_two_groups_stand_in_one_another_and_equal_runs_look_equal(sizes):
    ring = places._ring(sizes)

    assert ring == places._ring(list(sizes))
    for (x, y, r), (other_x, other_y, other_r) in combinations(ring, 2):
        assert math.hypot(x - other_x, y - other_y) > r + other_r
    assert all(math.hypot(x, y) - r > places.CENTRE for x, y, r in ring)


def drawn_map(sizes: Sequence[int], n_outside: int, between: Sequence[tuple[int, int, int]]) -> CoordinationMap:
    groups = tuple(
        Place(number=at, letter=f"G{at}", n_accounts=size, n_lines=size - 1, n_beyond=0, x=x, y=y, r=r)
        for at, (size, (x, y, r)) in enumerate(zip(sizes, places._ring(sizes), strict=True))
    )
    outside = Place(number=OUTSIDE, letter="", n_accounts=n_outside, n_lines=1, n_beyond=1, x=0.0, y=0.0, r=0.3)
    return CoordinationMap(
        n_accounts=9_000, groups=groups, outside=outside, between=tuple(between), expected_wrong=1.5, nodes=(), lines=()
    )


@pytest.mark.parametrize("sizes", [[3], [3, 400], [14, 6, 5], list(range(3, 43)), [900, 4]])
@pytest.mark.parametrize("n_outside", [0, 1, 7_000])
def test_the_drawing_is_well_formed_and_its_words_may_be_printed(sizes, n_outside):
    between = [(OUTSIDE, 0, 12)] if n_outside else []
    between += [(0, 1, 3)] if len(sizes) > 1 else []
    found = drawn_map(sizes, n_outside, between)
    check(map_sentence(found))
    check(map_label(found))

    root = ElementTree.fromstring(f"<g>{coordination(found, {}, map_label(found))}</g>")
    for drawing in root.iter("svg"):
        assert drawing.get("aria-label") == map_label(found)
        width, height = map(float, drawing.get("viewBox").split()[2:])
        for words in drawing.iter("text"):
            assert -1 <= float(words.get("x")) <= width
            assert -1 <= float(words.get("y")) <= height


def test_the_map_for_programs_names_accounts_as_the_report_does():
    with Duck() as engine:
        one = edition(engine)
        told = map_json(one, coordination_map(one))

    assert json.loads(json.dumps(told)) == told
    assert "user_" not in json.dumps(told)
    assert {node["name"] for node in told["nodes"]} == {f"acct-{node['page'][14:-5]}" for node in told["nodes"]}
    assert told["groups"][0]["accounts"] == len(told["nodes"]) == 8
