"""What changed from one run to the next, in members."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.web.views.runs import asked_otherwise, changes


def group(letter: str, *accounts: str, outcome: str = "reported") -> dict[str, object]:
    return {"group_id": letter, "account_ids": list(accounts), "outcome": outcome}


def test_the_same_groups_are_no_change() -> None:
    assert changes([group("A", "ana", "ben")], [group("A", "ben", "ana")]) == []


def test_who_came_and_who_went_is_counted() -> None:
    before, now = [group("A", "ana", "ben", "cat"), group("B", "dan")], [group("A", "ana", "eve")]
    assert changes(before, now) == [("A", "3", "2", "1", "2"), ("B", "1", "0", "0", "1")]


def test_a_group_that_was_set_aside_counts_as_none() -> None:
    assert changes([group("A", "ana", outcome="note")], [group("A", "ana")]) == [("A", "0", "1", "1", "0")]


def test_a_group_is_held_against_the_one_it_shares_the_most_members_with() -> None:
    before = [group("A", "ana", "ben"), group("B", "cat", "dan", "eve")]
    now = [group("A", "cat", "dan", "eve"), group("B", "dan2", "eve2")]

    assert changes(before, now) == [
        ("A, before it was B", "3", "3", "0", "0"),
        ("B", "0", "2", "2", "0"),
        ("A of before", "2", "0", "0", "2"),
    ]


people = st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True)
runs = st.dictionaries(st.sampled_from("ABCD"), people).map(
    lambda told: [group(one, *who) for one, who in told.items()]
)


@given(runs, runs)
def test_members_before_and_now_add_up_and_each_group_stands_once(before: list, now: list) -> None:
    rows = changes(before, now)

    assert len({row[0] for row in rows}) == len(rows)
    assert all(int(was) + int(came) - int(went) == int(is_now) for _, was, is_now, came, went in rows)


def test_what_was_asked_otherwise_is_named_and_lists_of_posts_are_not_printed() -> None:
    before = {"version": "1", "inputs": [{"file": "a.csv"}], "parameters": {"seed": 0, "campaign": None, "fdr": 0.05}}
    after = {**before, "inputs": [{"file": "a.csv"}, {"file": "b.csv"}]}
    after["parameters"] = {"seed": 0, "campaign": "posts: 1, 2", "fdr": 0.05}

    assert asked_otherwise(before, before) == []
    assert asked_otherwise(before, after) == [
        ("Files", "a.csv", "a.csv, b.csv"),
        ("Campaign", "none", "a list of posts"),
    ]
