"""What people said is kept in the order they said it, and taking it back is a row too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from groundswell.errors import Failed, WrongUse
from groundswell.store.judgements import add_judgement, judgements, standing
from groundswell.store.study import Study

NOON = datetime(2026, 5, 9, 12, tzinfo=UTC)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study.create(tmp_path / "gate.study", version="test")


def said(study: Study, who: str, answer: str, about: str = "group:B") -> None:
    add_judgement(study, about=about, answer=answer, who=who, why="saw it", run_id="ba5eba1", at=NOON)


def test_a_word_is_kept_with_who_when_and_why(study: Study) -> None:
    said(study, "ana", "no")
    (kept,) = judgements(study, "group:B")
    assert kept.as_json() == {
        "about": "group:B",
        "answer": "no",
        "who": "ana",
        "why": "saw it",
        "run_id": "ba5eba1",
        "at": "2026-05-09T12:00:00+00:00",
    }


def test_the_last_word_of_each_person_stands(study: Study) -> None:
    for who, answer in (("ana", "no"), ("ben", "yes"), ("ana", "unsure")):
        said(study, who, answer)
    assert [(one.who, one.answer) for one in standing(judgements(study))] == [("ben", "yes"), ("ana", "unsure")]
    assert len(judgements(study)) == 3


def test_what_was_withdrawn_stands_no_more_but_can_be_read(study: Study) -> None:
    said(study, "ana", "no")
    said(study, "ana", "withdrawn")
    assert standing(judgements(study)) == ()
    assert [one.answer for one in judgements(study)] == ["no", "withdrawn"]


def test_words_about_one_thing_are_not_about_another(study: Study) -> None:
    said(study, "ana", "no", about="group:B")
    said(study, "ana", "yes", about="group:C")
    assert [one.answer for one in judgements(study, "group:C")] == ["yes"]
    assert len(standing(judgements(study))) == 2


def test_a_study_nobody_judged_has_no_judgements(study: Study) -> None:
    assert judgements(study) == ()
    assert not (study.folder / "people.sqlite").exists()


@pytest.mark.parametrize(
    ("who", "answer", "words"), [("ana", "maybe", "no answer"), (" ", "yes", "who"), ("a" * 5_000, "yes", "fit")]
)
def test_a_word_that_says_nothing_is_refused(study: Study, who: str, answer: str, words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        said(study, who, answer)


def test_a_file_that_is_no_database_is_named(study: Study) -> None:
    (study.folder / "people.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(Failed, match=r"people\.sqlite can't be read"):
        said(study, "ana", "yes")
