"""Disputes on disk: added, never changed, and the same one not twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from groundswell.errors import Failed, WrongUse
from groundswell.store.carrying import carry_people
from groundswell.store.disputes import add_dispute, disputes
from groundswell.store.study import Study
from tests.model.test_dispute import row


@pytest.fixture
def study(tmp_path):
    return Study.create(tmp_path / "gate.study", version="groundswell test")


def test_what_was_entered_comes_back_in_its_order(study):
    rows = (
        replace(row(2), post_ids=("p1", "p2"), context="we", without="x"),
        row(1, account="ben"),
        row(3, reverses="d2"),
    )
    for one in rows:
        add_dispute(study, one)

    assert disputes(study) == rows


def test_a_study_that_nobody_spoke_of_has_none_and_gets_no_file(study):
    assert disputes(study) == ()
    assert not (study.folder / "people.sqlite").exists()


def test_the_same_dispute_is_not_entered_twice(study):
    add_dispute(study, row(1))

    with pytest.raises(WrongUse, match="--undo d1"):
        add_dispute(study, row(1))
    assert len(disputes(study)) == 1


def test_what_people_said_goes_along_to_a_new_study(study, tmp_path):
    add_dispute(study, row(1))
    newer = Study.create(tmp_path / "newer.study", version="groundswell test")
    carry_people(study.folder, newer.folder)

    assert disputes(newer) == disputes(study)


def test_a_file_that_is_no_database_is_told_so_and_kept(study):
    (study.folder / "people.sqlite").write_bytes(b"no database" * 100)

    with pytest.raises(Failed, match=r"people\.sqlite"):
        disputes(study)
    assert (study.folder / "people.sqlite").read_bytes() == b"no database" * 100
