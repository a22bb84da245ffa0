"""multiverse: a group that is there is found in many settings, and every setting is counted."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.first_shares import first_shares
from groundswell.detect.groups import find_groups
from groundswell.detect.multiverse import PAIR_NULLS, group_null, multiverse, objects_in_step
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.model.records import revive
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from

WINDOWS = (10.0, 60.0, 600.0)


def tried(*layers, **options):
    scan = find_groups(layers, precision_s=1.0, windows_s=WINDOWS)
    return scan, multiverse(layers, scan, **options)


def test_every_setting_of_every_kind_is_a_cell():
    links, texts = shares(crowd() + campaign()), shares(crowd(3), kind="text")
    _, (one,) = tried(links, texts, min_objects=(2, 4))
    nulls = [*PAIR_NULLS, group_null(3.0), group_null(5.0)]

    settings = {(cell.kind, cell.window_s, cell.null, cell.min_objects) for cell in one.cells}
    assert settings == set(product(("url", "text"), WINDOWS, nulls, (2, 4)))
    assert len(one.cells) == len(settings)


def test_a_planted_campaign_is_whole_in_its_own_window_and_gone_where_it_left_no_trace():
    links, texts = shares(crowd() + campaign(turnout=1.0)), shares(crowd(3), kind="text")
    _, (one,) = tried(links, texts)
    at = {(cell.kind, cell.window_s, cell.null, cell.min_objects): cell.n_members for cell in one.cells}

    assert at["url", 60.0, group_null(3.0), 2] == at["url", 60.0, group_null(5.0), 5] == 10
    assert one.found(one.of("text")) == 0
    assert 0 < one.n_found < len(one.cells)


def test_a_higher_minimum_never_finds_more():
    _, (one,) = tried(shares(crowd() + campaign(turnout=0.6, n_objects=15)))

    for kind, window_s, null in {(cell.kind, cell.window_s, cell.null) for cell in one.cells}:
        members = [c.n_members for c in one.cells if (c.kind, c.window_s, c.null) == (kind, window_s, null)]
        assert members == sorted(members, reverse=True)


def test_a_world_without_groups_has_nothing_to_try():
    assert tried(shares(crowd()))[1] == ()


def test_the_order_of_rows_does_not_matter():
    rows = crowd() + campaign()

    assert tried(shares(rows[::-1]))[1] == tried(shares(rows))[1]


def test_what_json_keeps_comes_back():
    _, (one,) = tried(shares(crowd() + campaign()))

    assert revive(Multiverse, {**one.as_json(), "group_id": "A"}) == one


def test_half_of_a_group_and_three_accounts_are_enough():
    def found(size, n_members):
        cell = Cell(kind="url", window_s=60.0, null="pairs, timing", min_objects=2, n_members=n_members)
        return Multiverse(group_id="A", size=size, cells=(cell,)).n_found

    assert [found(10, 4), found(10, 5), found(4, 2), found(4, 3), found(3, 3)] == [0, 1, 0, 1, 1]


@given(logs(), st.sampled_from([1.0, 20.0, 90.0]))
def test_objects_in_step_are_those_a_double_loop_finds(rows, window_s):
    log = first_shares(shares_from(rows))
    members = np.arange(0, log.n_accounts, 2)
    of = log.shares
    expected = [
        sum(
            any(
                of.object[i] == of.object[j] and of.account[j] in members and of.account[j] != a
                and abs(int(of.time_us[i]) - int(of.time_us[j])) <= window_s * 1e6
                for j in range(of.n)
            )
            for i in range(of.n)
            if of.account[i] == a
        )
        for a in members
    ]  # fmt: skip

    assert objects_in_step(log, members, window_s).tolist() == expected
