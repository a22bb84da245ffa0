"""membership: who is in a group, and how the members hang together."""

from __future__ import annotations

from groundswell.model.link import MEETINGS
from groundswell.publish.members import membership
from tests.publish.editions import edition


def test_every_member_is_listed_with_posts_and_links(engine):
    made = edition(engine)
    inside = membership(made, made.reported[0])

    assert {member.account_id for member in inside.members} == set(made.reported[0].account_ids)
    assert inside.n_posts == 48
    assert inside.n_meetings == 28 * 6
    assert sum(member.n_beyond for member in inside.members) == 2 * inside.n_beyond == 2 * 19


def test_the_errors_of_both_nulls_add_up(engine):
    made = edition(engine)

    assert membership(made, made.reported[0]).expected_wrong == 0.05 * 2 * 19


def test_a_member_that_met_nobody_is_listed_all_the_same(engine):
    made = edition(engine)
    engine.load(MEETINGS, engine.query("select * from meetings where 'user_0' not in (account_a, account_b)"))
    alone = next(one for one in membership(made, made.reported[0]).members if one.account_id == "user_0")

    assert (alone.n_met, alone.median_lag_s, alone.first) == (0, None, None)
