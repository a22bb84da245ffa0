"""merged: groups of several kinds about the same accounts become one, and nobody gets lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.first_shares import first_shares
from groundswell.detect.groups import find_groups
from groundswell.detect.merging import Short, most_in_step
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from groundswell.model.group import Outcome
from tests.detect.crowds import campaign, crowd, shares

MEMBERS = [f"x{n:03}" for n in range(10)]


def groups(**kinds):
    layers = [shares(rows, kind) for kind, rows in kinds.items()]
    return find_groups(layers, precision_s=1.0).groups


def test_one_campaign_in_two_kinds_is_one_group():
    (group,) = groups(url=crowd() + campaign(n_objects=16), hashtag=crowd(5) + campaign(6, n_objects=10, turnout=0.7))

    assert group.account_ids == tuple(MEMBERS)
    assert group.kinds == ("url", "hashtag")
    assert group.layers[0].evidence > group.layers[1].evidence


def test_a_kind_in_which_the_members_do_not_stand_out_is_not_listed():
    (group,) = groups(url=crowd() + campaign(), hashtag=crowd(5) + campaign(6, pace_s=80_000.0))

    assert group.kinds == ("url",)


def test_two_campaigns_in_two_kinds_stay_two_groups():
    found = groups(url=crowd() + campaign(), hashtag=crowd(5) + campaign(6, name="y"))

    assert [group.kinds for group in found] == [("url",), ("hashtag",)] or [group.kinds for group in found] == [
        ("hashtag",),
        ("url",),
    ]


def test_the_rest_of_a_larger_weaker_group_does_not_disappear():
    few_often = campaign(size=8, n_objects=28, turnout=1.0)
    many_seldom = campaign(6, size=30, n_objects=9, turnout=0.5)

    found = groups(url=crowd() + few_often, hashtag=crowd(5) + many_seldom)

    assert [group.size for group in found] == [8, len(found[1].account_ids)]
    assert found[1].size > 25
    assert found[0].strongest.evidence > found[1].strongest.evidence


def test_a_reported_kind_goes_before_followers_with_more_evidence():
    (group, *_) = groups(url=crowd() + campaign(n_objects=28, leader="star"), hashtag=crowd(5) + campaign(6))

    assert group.outcome is Outcome.REPORTED
    assert group.strongest.kind == "hashtag"


def test_the_group_spans_the_meetings_of_all_its_kinds():
    in_url = {"url": crowd() + campaign(n_objects=16)}
    both = {**in_url, "hashtag": crowd(5) + campaign(6, n_objects=10)}
    (alone,), (group,) = groups(**in_url), groups(**both)

    assert group.first_meeting <= alone.first_meeting
    assert group.last_meeting >= alone.last_meeting


LOG = first_shares(shares(crowd(n_accounts=60) + campaign(size=6)))
SETTING = Setting.of(LOG, speed_of(LOG), window_s=600.0, theta=3.0)


@given(st.lists(st.sets(st.integers(0, LOG.n_accounts - 1), min_size=2, max_size=8), max_size=8), st.integers(1, 4))
def test_the_most_in_step_are_those_that_weighing_all_gives(groups, n):
    short = [Short(SETTING, np.array(sorted(members))) for members in groups]
    slow = sorted(short, key=lambda one: (-one.in_step, sorted(one.account_ids)))

    assert [one.members.tolist() for one in most_in_step(short, n)] == [one.members.tolist() for one in slow[:n]]
    assert all(one.in_step <= one.most_in_step for one in short)
