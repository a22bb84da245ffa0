"""Breaking news: the crowd of the same minute is counted, and the count agrees with looking at each account."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.alternatives.breaking_news import OLD_S, QUERY, Crowd, judge, weigh
from groundswell.assess.case import set_out
from groundswell.engine.duck import Duck
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import START, crowd, group, in_step, posted, write_run

ENGINE = Duck()


def test_a_crowd_in_the_same_minute_explains_it(engine):
    everyone = [
        posted(f"reader{n:02}", link * 20 + n / 3600, urls=[f"https://site.example/{link}"])
        for link in range(6)
        for n in range(8)
    ]

    weight, reason = weigh(case_of(engine, [*in_step(), *everyone]))

    assert weight is Weight.CLEARLY_FOR
    assert "within the same 60 seconds for 6 of 6 links" in reason


def test_old_links_shared_at_once_are_no_news(engine):
    assert weigh(case_of(engine, [*in_step(), *crowd(after_h=-5)]))[0] is Weight.CLEARLY_AGAINST


def test_without_meetings_it_cannot_be_dated(engine):
    assert weigh(case_of(engine, in_step(lag_s=100)))[0] is Weight.CANNOT_TELL


@pytest.mark.parametrize(
    ("crowded", "old", "alone", "weight"),
    [
        (10, 0, 0, Weight.CLEARLY_FOR),
        (6, 4, 0, Weight.FOR),
        (3, 0, 0, Weight.CANNOT_TELL),
        (1, 0, 0, Weight.AGAINST),
        (0, 5, 0, Weight.CLEARLY_AGAINST),
        (0, 0, 10, Weight.CLEARLY_AGAINST),
    ],
)
def test_of_ten_objects(crowded, old, alone, weight):
    assert judge(Crowd(objects=10, crowded=crowded, old=old, alone=alone)) is weight


shares = st.lists(
    st.tuples(st.sampled_from(("ana", "ben", "x", "y", "z")), st.sampled_from("ab"), st.integers(-9000, 200)),
    max_size=14,
)


@settings(max_examples=20)
@given(shares)
def test_the_crowd_agrees_with_looking_at_each_account(rows):
    posts = [
        posted(account, seconds / 3600 + 10, urls=[f"https://site.example/{thing}"]) for account, thing, seconds in rows
    ]
    pair = group(("ana", "ben"))
    set_out(write_run(ENGINE, posts), [pair])
    began = dict(ENGINE.rows("select object_id, min(least(time_a, time_b)) from group_meeting group by object_id"))
    expected = [0, 0, 0, 0]
    for thing in "ab":
        first = {}
        for account, other, seconds in rows:
            if other == thing:
                first[account] = min(seconds, first.get(account, seconds))
        if (at := began.get(f"site.example/{thing}")) is None:
            continue
        start = round((at - START).total_seconds() - 36000)
        near = [account for account, seconds in first.items() if abs(seconds - start) <= 60]
        members = sum(account in ("ana", "ben") for account in near)
        expected[0] += 1
        expected[1] += len(near) - members >= max(members, 1)
        expected[2] += start - min(first.values()) > OLD_S
        expected[3] += set(first) <= {"ana", "ben"}

    found = ENGINE.rows(QUERY, group_id=pair.group_id, kind="url", window_us=60_000_000, old_s=OLD_S)
    assert list(found[0]) == expected
