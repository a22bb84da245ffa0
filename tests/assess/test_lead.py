"""lead: who used a thing first, members or others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.case import cases
from groundswell.assess.lead import campaign_sentence, group_lead, timing
from groundswell.assess.scope import scope_of
from tests.assess.runs import crowd, group, in_step, write_run

HOUR = 3_600_000_000


def lead_in(engine, posts):
    write_run(engine, posts)
    (case,) = cases(engine, [group()], scope_of(engine, precision_s=1, min_objects=2))
    return group_lead(case)


def test_members_before_the_others_lead(engine):
    lead = lead_in(engine, [*in_step(), *crowd(after_h=3)])

    assert lead.sentence.startswith("The members came before the others for 6 of 6 links that others shared too")
    assert lead.lag_s < 0


def test_members_after_the_others_trail(engine):
    lead = lead_in(engine, [*in_step(), *crowd(after_h=-3)])

    assert "0 of 6 links" in lead.sentence
    assert "after them" in lead.sentence


def test_where_nobody_else_was_there_is_no_lead(engine):
    assert lead_in(engine, in_step()) is None


def test_a_lag_finer_than_the_clock_is_the_same_time():
    assert campaign_sentence(timing([0, 0], [30_000_000]), 60) == (
        "The median first use by the 2 members who used it came at the same time as the median first use by 1 other"
        " account."
    )


@given(st.lists(st.integers(0, HOUR), max_size=6), st.lists(st.integers(0, HOUR), max_size=6))
def test_the_lag_turns_round_with_the_sides(members, others):
    there, back = timing(members, others), timing(others, members)

    assert (there is None) == (not members or not others)
    if there and back:
        assert there.lag_s == -back.lag_s
