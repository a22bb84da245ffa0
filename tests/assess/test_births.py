"""births: the campaign is its own background."""

from __future__ import annotations

from datetime import timedelta

from groundswell.assess.births import births_of
from groundswell.assess.query import define_campaign_posts, read_query
from tests.assess.runs import PEOPLE, START, posted, profile, write_posts


def births(engine, members_days, others_days):
    readers = [f"reader{n:02}" for n in range(len(others_days))]
    born = dict(zip((*PEOPLE, *readers), (*members_days, *others_days), strict=False))
    write_posts(
        engine,
        [posted(account, 1, hashtags=["OpenGate"]) for account in born],
        [profile(account, created_at=START - timedelta(days=days)) for account, days in born.items()],
    )
    define_campaign_posts(engine, read_query("#OpenGate"))
    return births_of(engine, dict.fromkeys(PEOPLE, 0))


def test_members_made_on_one_day_stand_out_from_the_others(engine):
    found = births(engine, [10.1, 10.2, 10.3, 10.4, 10.5], range(100, 140))

    assert (found.members_one_day, found.others_one_day) == (5, 2)
    assert (found.members_new, found.others_new) == (5, 0)
    assert found.p < 1e-4


def test_newcomers_among_newcomers_do_not(engine):
    found = births(engine, [10.1, 10.2, 10.3, 10.4, 10.5], [10 + n / 50 for n in range(40)])

    assert found.p > 0.5


def test_too_few_others_are_no_background(engine):
    assert births(engine, [10, 10, 10, 10, 10], range(5)).p is None


def test_without_a_creation_time_of_a_member_nothing_is_said(engine):
    write_posts(engine, [posted("ana", 1, hashtags=["OpenGate"])])
    define_campaign_posts(engine, read_query("#OpenGate"))

    assert births_of(engine, {"ana": 0}) is None
