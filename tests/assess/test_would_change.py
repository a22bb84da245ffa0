"""would_change: tipping points are where counting again turns the conclusion, not one step before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.verdict import run_verdict
from groundswell.assess.wording import check
from groundswell.assess.would_change import Again, next_below, would_change
from groundswell.model.campaign import Estimate, LeadLag, Role
from groundswell.model.finding import Verdict
from tests.assess.runs import group

SHARE = Estimate(point=0.3, low=0.2, high=0.4, bound_low=0.1, bound_high=0.6, count=30, whole=100)
LEAD = LeadLag(role=Role.ORIGINATOR, sentence="")
A, B = group(("ana", "ben", "cat"), group_id="A"), group(("dan", "eve"), group_id="B")
POSTS = {"A": 20, "B": 10}


def again(turns_at=5):
    return Again(
        posts=lambda left: Estimate(
            point=sum(POSTS[one.group_id] for one in left) / 100, low=0, high=1, bound_low=0, bound_high=1
        ),
        role_with_earlier=lambda n: Role.EARLY_AMPLIFIER if n >= turns_at else Role.ORIGINATOR,
        verdict=run_verdict,
        in_campaign=lambda one: POSTS[one.group_id],
    )


def changes(verdicts=(Verdict.OPEN, Verdict.DECEPTIVE), signed=(0, 2), groups=(A, B), powerful=True, **how):
    found = would_change(groups, verdicts, signed, SHARE, LEAD, run_verdict(verdicts), again(**how), powerful=powerful)
    for one in found:
        check(one.if_)
        check(one.then)
    return found


def test_each_group_left_out_is_counted_again():
    first, second, *_ = changes()

    assert first.if_.startswith("If group A (3 accounts)")
    assert (first.tipping_point, first.verdict) == (0.1, None)
    assert (second.tipping_point, second.verdict) == (0.2, str(Verdict.OPEN))


def test_signs_explained_turn_the_verdict_where_one_is_left():
    (signs,) = [one for one in changes(signed=(0, 3)) if "show a sign" in one.if_]

    assert signs.if_ == "If 2 of 3 profiles that show a sign were found to be what they say"
    assert signs.verdict == str(Verdict.OPEN)


def test_without_signs_two_copies_would_turn_it():
    found = changes(verdicts=(Verdict.OPEN, Verdict.OPEN), signed=(0, 0))

    assert [one.verdict for one in found if one.tipping_point == 2.0] == [str(Verdict.DECEPTIVE)]


def test_the_role_turns_where_enough_others_came_before():
    assert [one.tipping_point for one in changes(turns_at=7) if "before all" in one.if_] == [10.0]


@pytest.mark.parametrize("powerful", [True, False])
def test_there_are_always_three(powerful):
    assert len(changes()) >= 3
    assert len(changes((), (), (), powerful=powerful)) >= 3


@given(st.integers(1, 200), st.integers(1, 400), st.sampled_from((0.5, 0.25, 0.1, 0.05, 0.01)))
def test_the_missing_posts_are_just_enough(count, others, level):
    """The slow twin adds one post after the other."""
    whole, more = count + others, 0
    while count > level * (whole + more):
        more += 1

    assert next_below(count, whole, level) == more
