"""outsiders: meetings are counted as they are, and a group is never its own yardstick."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.outsiders import ties_of
from groundswell.engine.duck import Duck
from groundswell.model.group import Outcome
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer, posted, write_posts, write_run
from tests.conftest import write_traces

ENGINE = Duck()


def ties(engine, rows, *groups, min_objects=2):
    return ties_of(write_run(engine, rows), groups or [group()], min_objects=min_objects)["A", "url"]


def test_a_group_that_owns_its_links_is_judged_by_those_of_others(engine):
    """Nobody else shared theirs; of the others' links, hardly two sharers stood together."""
    others = [posted(f"reader{n:02}", 7 * n, urls=[f"https://own.example/{n % 5}"]) for n in range(40)]

    found = ties(engine, [*in_step(), *others])

    assert (found.pairs, found.meetings) == (10, 60)
    assert found.expected < 6


def test_other_groups_are_no_outsiders(engine):
    """A second group that is always in step on its own links must not make the first look usual."""
    second = [
        posted(f"fox{place}", 20 * n + 9 + place / 3600, urls=[f"https://fox.example/{n}"])
        for n in range(6)
        for place in range(5)
    ]
    other = group([f"fox{place}" for place in range(5)], group_id="B")
    rows = [*in_step(), *second, *crowd()]

    alone, both = ties(engine, rows), ties(engine, rows, group(), other)

    assert both.expected < alone.expected


def test_groups_that_were_set_aside_are_no_outsiders_either(engine):
    fans = [
        posted(f"fox{place}", 20 * n + 9 + place / 3600, urls=[f"https://fox.example/{n}"])
        for n in range(6)
        for place in range(5)
    ]
    write_run(engine, [*in_step(), *fans, *crowd()])
    aside = group([f"fox{place}" for place in range(5)], group_id="Q1", outcome=Outcome.QUICK_FOLLOWERS)

    alone = ties_of(engine, [group()], min_objects=2)
    beside = ties_of(engine, [group()], min_objects=2, set_aside=[aside])

    assert beside.keys() == {("A", "url")}
    assert beside["A", "url"].expected < alone["A", "url"].expected


def test_where_everyone_stands_together_so_are_the_members_expected_to(engine):
    rows = [
        posted(one, 20 * n + place / 3600, urls=[f"https://site.example/{n}"])
        for n in range(6)
        for place, one in enumerate((*PEOPLE, *(f"reader{n:02}" for n in range(30))))
    ]

    found = ties(engine, rows)

    assert found.expected == pytest.approx(found.meetings, rel=0.02)


def test_a_kind_without_traces_has_no_ties(engine):
    assert ties_of(write_run(engine, in_step()), [group(PEOPLE, layer(kind="reply"))], min_objects=2) == {}


shares = st.lists(
    st.tuples(st.sampled_from(("ana", "ben", "cat", "x")), st.sampled_from("abc"), st.integers(0, 300)), max_size=25
)


@settings(max_examples=30)
@given(shares, st.sampled_from((10.0, 60.0)), st.integers(1, 2))
def test_pairs_and_meetings_agree_with_comparing_every_two_first_shares(rows, window_s, min_objects):
    first: dict[tuple[str, str], int] = {}
    for account, thing, second in rows:
        first[thing, account] = min(second, first.get((thing, account), second))
    met = [
        (a, b)
        for a, b in combinations(("ana", "ben", "cat"), 2)
        for thing in "abc"
        if (thing, a) in first and (thing, b) in first and abs(first[thing, a] - first[thing, b]) <= window_s
    ]
    start = posted("ana", 0)["time"]
    drawn = [
        (account, thing, f"p{n}", start + (posted("ana", second / 3600)["time"] - start))
        for n, (account, thing, second) in enumerate(rows)
    ]
    write_posts(ENGINE, [])
    write_traces(ENGINE, drawn)

    found = ties_of(ENGINE, [group(("ana", "ben", "cat"), layer(window_s=window_s))], min_objects=min_objects)

    if rows:
        ties = found["A", "url"]
        assert ties.meetings == len(met)
        assert ties.pairs == sum(met.count(pair) >= min_objects for pair in set(met))
    else:
        assert found == {}


def test_objects_on_which_they_met_beyond_outsiders_are_counted(engine):
    """Their own six links, and two that everybody shares within seconds: there they are as close as anyone."""
    rush = [
        posted(account, 400 + 20 * n + place / 3600, urls=[f"https://rush.example/{n}"])
        for n in range(2)
        for place, account in enumerate([*PEOPLE, *(f"reader{k:02}" for k in range(20))])
    ]

    found = ties(engine, [*in_step(), *crowd(), *rush])

    assert (found.shared, found.beyond) == (8, 6)
