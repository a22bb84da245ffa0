"""What changed from one run to the next, in members."""

from __future__ import annotations

from groundswell.web.views.runs import changes


def group(letter: str, *accounts: str, outcome: str = "reported") -> dict[str, object]:
    return {"group_id": letter, "account_ids": list(accounts), "outcome": outcome}


def test_the_same_groups_are_no_change() -> None:
    assert changes([group("A", "ana", "ben")], [group("A", "ben", "ana")]) == []


def test_who_came_and_who_went_is_counted() -> None:
    before, now = [group("A", "ana", "ben", "cat"), group("B", "dan")], [group("A", "ana", "eve")]
    assert changes(before, now) == [("A", "3", "2", "1", "2"), ("B", "1", "0", "0", "1")]


def test_a_group_that_was_set_aside_counts_as_none() -> None:
    assert changes([group("A", "ana", outcome="note")], [group("A", "ana")]) == [("A", "0", "1", "1", "0")]
