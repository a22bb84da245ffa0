"""Fans: led by one account, repeating one account, or saying so."""

from __future__ import annotations

import pytest

from groundswell.assess.alternatives.fans import judge, weigh
from groundswell.model.finding import Weight
from groundswell.model.group import Lead
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import PEOPLE, group, in_step, layer, posted, profile


def test_one_source_and_one_leader_are_clearly_a_following(engine):
    posts = [
        posted(one, 20 * n + place / 360, is_repost=True, repost_of=f"s{n}", repost_of_account="star")
        for n in range(6)
        for place, one in enumerate(PEOPLE)
    ]
    led = group(PEOPLE, layer(kind="repost"), leads=(Lead(account_id="ana", occasions=6, of=6),))

    weight, reason = weigh(case_of(engine, posts, of=led))

    assert weight is Weight.CLEARLY_FOR
    assert "One account went first, or just before, on 6 of 6 occasions." in reason
    assert "One account wrote 6 of 6 posts that they repeated." in reason


def test_profiles_that_say_so_are_clearly_for_it(engine):
    weight, reason = weigh(case_of(engine, in_step(), [profile(one, bio="Fan account") for one in PEOPLE]))

    assert weight is Weight.CLEARLY_FOR
    assert "5 of the 5 profiles read say" in reason


def test_no_lead_no_source_and_no_profile_cannot_be_told(engine):
    assert weigh(case_of(engine, in_step(), of=group(leads=())))[0] is Weight.CANNOT_TELL


@pytest.mark.parametrize(
    ("first", "source", "declared", "read", "weight"),
    [
        (0.9, 0.9, 0.0, False, Weight.CLEARLY_FOR),
        (0.1, None, 0.5, True, Weight.CLEARLY_FOR),
        (0.9, None, 0.0, False, Weight.FOR),
        (0.1, 0.6, 0.0, True, Weight.FOR),
        (0.2, 0.2, 0.0, True, Weight.AGAINST),
        (0.2, 0.2, 0.0, False, Weight.CANNOT_TELL),
        (0.4, None, 0.0, True, Weight.CANNOT_TELL),
        (0.2, None, 0.1, True, Weight.CANNOT_TELL),
        (None, None, 0.0, True, Weight.CANNOT_TELL),
    ],
)
def test_the_marks_together(first, source, declared, read, weight):
    assert judge(first=first, source=source, declared=declared, read=read) is weight
