"""case: a group's own rows are cut out of the big tables, and nobody else's."""

from __future__ import annotations

from groundswell.assess.case import MOST_MEETINGS, cases
from groundswell.assess.scope import scope_of
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer, write_run


def case_of(engine, posts, *groups, window_s=60):
    write_run(engine, posts, window_s=window_s)
    return cases(engine, groups or [group()], scope_of(engine, precision_s=1, min_objects=2))[0]


def test_meetings_wider_than_the_layers_window_are_not_its_meetings(engine):
    """The table was made with ten minutes; of five in a row, 20 s apart, the ends stand 80 s apart."""
    case = case_of(engine, in_step(lag_s=20), window_s=600)

    assert case.rows("select max(abs(lag_s)) from group_meeting where group_id = $group_id") == [(60.0,)]


def test_meetings_with_outsiders_are_not_the_groups(engine):
    case = case_of(engine, [*in_step(), *crowd(6, after_h=0)], group(PEOPLE[:3]))

    met = case.rows("select distinct unnest([account_a, account_b]) from group_meeting where group_id = $group_id")
    assert sorted(account for (account,) in met) == ["ana", "ben", "cat"]


def test_an_account_in_two_groups_is_cut_out_for_each(engine):
    write_run(engine, in_step())
    both = cases(
        engine,
        [group(PEOPLE[:3]), group(PEOPLE[2:], group_id="B")],
        scope_of(engine, precision_s=1, min_objects=2),
    )

    assert [case.rows("select count(*) from group_post where group_id = $group_id") for case in both] == [[(18,)]] * 2


def test_evidence_shows_few_posts_and_each_once(engine):
    case = case_of(engine, in_step(occasions=20))

    shown = case.posts(layer())
    assert len(shown) == len(set(shown)) <= 2 * MOST_MEETINGS
