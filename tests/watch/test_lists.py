"""Lists say why, on whose word, since when and until when; nothing is taken out and tiers are never pooled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from groundswell.errors import UnreadableFile, WrongUse
from groundswell.store.study import Study
from groundswell.watch.audit import precision, precision_of, rate, sample, wilson
from groundswell.watch.lists import add_members, list_names, make_list, member, members_of_csv, read_list

MAY = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study.create(tmp_path / "gate.study", version="test")
    make_list(study, "gate", rule="posted the six links within a minute", who="ana", at=MAY)
    return study


def put(study: Study, account: str, *, tier: str = "seed", status: str = "member", added: datetime = MAY) -> None:
    one = member(account, reason="posted them", source="run ba5eba1", who="ana", tier=tier, status=status, added=added)
    add_members(study, "gate", [one])


def on(study: Study, when: datetime, tier: str | None = None) -> list[str]:
    return [one.account_id for one in read_list(study, "gate").active(when, tier)]


def test_a_member_expires_after_ninety_days_unless_earned_again(study: Study) -> None:
    put(study, "a1")
    assert on(study, MAY) == ["a1"]
    assert on(study, MAY + timedelta(days=89)) == ["a1"]
    assert on(study, MAY + timedelta(days=90)) == []
    put(study, "a1", added=MAY + timedelta(days=80))
    assert on(study, MAY + timedelta(days=100)) == ["a1"]


def test_nobody_is_on_a_list_before_being_added(study: Study) -> None:
    put(study, "a1")
    assert on(study, MAY - timedelta(days=1)) == []


def test_a_withdrawn_member_is_off_and_still_readable(study: Study) -> None:
    put(study, "a1")
    put(study, "a1", status="withdrawn")
    assert on(study, MAY) == []
    assert [one.status for one in read_list(study, "gate").members] == ["withdrawn"]


def test_a_contested_member_stays_until_decided(study: Study) -> None:
    put(study, "a1", status="contested")
    assert on(study, MAY) == ["a1"]


def test_tiers_are_never_pooled(study: Study) -> None:
    put(study, "a1")
    put(study, "a2", tier="found")
    with pytest.raises(WrongUse, match="never pooled: found, seed"):
        on(study, MAY)
    assert on(study, MAY, "found") == ["a2"]


def test_a_member_without_a_reason_is_refused(study: Study) -> None:
    with pytest.raises(WrongUse, match="needs an account, a reason and a source"):
        add_members(study, "gate", [member("a1", reason=" ", source="x", who="ana")])


def test_a_list_without_a_rule_is_refused(study: Study) -> None:
    with pytest.raises(WrongUse, match="rule of inclusion"):
        make_list(study, "other", rule=" ", who="ana")


def test_a_list_is_made_once(study: Study) -> None:
    with pytest.raises(WrongUse, match="already"):
        make_list(study, "gate", rule="x", who="ana")
    assert list_names(study) == ("gate",)


def test_a_csv_says_why_each_account_is_on_it(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(
        "account_id,reason,source,since,until\na1,posted them,report,2026-04-01,2026-04-03\n", encoding="utf-8"
    )
    (one,) = members_of_csv(table, who="ana", added=MAY)
    assert (one.account_id, one.added, one.since, one.expires) == ("a1", "2026-05-01", "2026-04-01", "2026-07-02")
    table.write_text("account_id,reason\na1,x\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="no column source"):
        members_of_csv(table, who="ana")
    table.write_text("account_id,reason,source\na1,,x\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="row 1 lacks"):
        members_of_csv(table, who="ana")


def test_precision_needs_two_raters(study: Study) -> None:
    assert precision(study, "gate") is None
    rate(study, "gate", [("a1", "yes"), ("a2", "no")], rater="ana")
    assert precision(study, "gate") is None
    rate(study, "gate", [("a1", "yes"), ("a2", "yes")], rater="ben")
    found = precision(study, "gate")
    assert found is not None
    assert (found.right, found.rated) == (1, 2)


def test_the_interval_of_an_audit_of_four_hundred_is_two_points_wide() -> None:
    low, high = wilson(380, 400)
    assert (round(100 * low, 1), round(100 * high, 1)) == (92.4, 96.7)


def test_raters_who_agree_by_chance_have_a_kappa_near_nought() -> None:
    ratings = [
        (rater, f"a{n}", "yes" if (n >> shift) & 1 else "no")
        for shift, rater in enumerate(("ana", "ben"))
        for n in range(400)
    ]
    found = precision_of(ratings)
    assert found is not None
    assert found.agreement == pytest.approx(0, abs=0.01)


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    ids = [f"a{n}" for n in range(1_000)]
    assert sample(ids, n=50, seed=1) == sample(list(reversed(ids)), n=50, seed=1)
    assert sample(ids, n=50, seed=1) != sample(ids, n=50, seed=2)
    assert len(set(sample(ids, n=50))) == 50
