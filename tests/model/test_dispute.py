"""How a finding stands, by the rows about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.dispute import Dispute, Status, standing


def row(number: int, status=Status.CONTESTED, *, group="A", account=None, reverses=None) -> Dispute:
    return Dispute(
        dispute_id=f"d{number}",
        run_id="7f3a91c",
        group_id=None if account else group,
        account_id=account,
        status=status,
        who="ana",
        when="2024-06-01",
        why="because",
        reverses=reverses,
    )


def status(*rows: Dispute) -> Status:
    return standing(rows, "A", ["ana", "ben"]).status


def test_nobody_said_anything():
    assert status() is Status.UNDISPUTED


def test_the_last_word_counts():
    assert status(row(1), row(2, Status.UPHELD)) is Status.UPHELD


def test_a_word_about_another_finding_does_not_count():
    assert status(row(1, group="B")) is Status.UNDISPUTED


def test_a_member_s_word_stands_at_the_finding_and_a_stranger_s_does_not():
    assert status(row(1, account="ben")) is Status.CONTESTED
    assert status(row(1, account="eve")) is Status.UNDISPUTED


def test_one_account_that_is_taken_out_corrects_a_finding_about_many():
    assert status(row(1, Status.WITHDRAWN, account="ben")) is Status.CORRECTED
    assert status(row(1, Status.WITHDRAWN)) is Status.WITHDRAWN


def test_what_was_taken_back_gives_no_status_and_stays_in_the_history():
    rows = (row(1, Status.WITHDRAWN), row(2, reverses="d1"))

    assert status(*rows) is Status.UNDISPUTED
    assert standing(rows, "A", []).history == rows


def test_taking_back_the_taking_back_restores_it():
    rows = (row(1, Status.WITHDRAWN), row(2, reverses="d1"), row(3, reverses="d2"))

    assert status(*rows) is Status.WITHDRAWN


def test_a_row_names_a_finding_or_an_account_and_not_both():
    with pytest.raises(ValueError, match="not both"):
        Dispute(
            **{**{name: getattr(row(1), name) for name in Dispute.__slots__}, "account_id": "ana"},
        )


def test_who_entered_it_and_which_account_and_posts_are_not_published():
    told = row(1, account="ben").as_json()

    assert {"who", "account_id", "post_ids"}.isdisjoint(told)


@given(st.lists(st.tuples(st.sampled_from(list(Status)), st.integers(0, 9)), max_size=8))
def test_agrees_with_undoing_one_row_after_the_other(drawn):
    """A row that takes back a row takes its effect away, and what is taken back takes nothing back."""
    rows = [row(at, said, reverses=f"d{other}" if other < at else None) for at, (said, other) in enumerate(drawn)]

    def in_force(at: int) -> bool:
        return not any(rows[later].reverses == f"d{at}" and in_force(later) for later in range(at + 1, len(rows)))

    counting = [one.status for at, one in enumerate(rows) if one.reverses is None and in_force(at)]

    assert status(*rows) is (counting[-1] if counting else Status.UNDISPUTED)
