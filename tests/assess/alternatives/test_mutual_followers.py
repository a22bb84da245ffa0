"""Mutual followers: it takes a follow list to decide it."""

from __future__ import annotations

import pytest

from groundswell.assess.alternatives.mutual_followers import weigh
from groundswell.assess.wording import check
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import group, in_step, layer


def test_without_a_list_it_is_not_decided_and_what_is_known_is_said(engine):
    weight, reason = weigh(case_of(engine, in_step()))

    assert weight is Weight.CANNOT_TELL
    assert "the members are 60 % on average" in reason


@pytest.mark.parametrize(
    ("outsiders", "members", "weight"),
    [(12, 8, Weight.FOR), (3, 3, Weight.CANNOT_TELL), (1, 2, Weight.AGAINST), (0, 0, Weight.AGAINST)],
)
def test_a_follow_list_says_how_much_could_have_been_seen(engine, outsiders, members, weight):
    known = group(("ana", "ben", "cat"), layer(n_in_step=40, n_prompted=outsiders, n_after_members=members))

    told, reason = weigh(case_of(engine, in_step(), of=known))

    assert told is weight
    assert f"By the follow list, {outsiders} of 40 shares in step came soon after" in reason
    check(reason)
