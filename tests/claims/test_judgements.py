"""judgements: rows are added, the last answer of each person counts, and the number follows."""

from __future__ import annotations

import pytest

from groundswell.claims.graph import graph
from groundswell.claims.judgements import (
    Answer,
    Judgement,
    Standing,
    add_judgements,
    read_judgements,
    standings,
)
from groundswell.claims.statements import Claim
from groundswell.errors import UnreadableFile, WrongUse
from tests.claims.corpus import traced

TWO = """
=== list
url: https://list.example/d
publisher: The List
published: 2026-05-01T00:00:00Z

Accounts used #Gate.
=== quay
url: https://quay.example/1
publisher: Daily Quay
published: 2026-05-02T00:00:00Z

Bots drove #Gate, the List reported.
"""


def answer(citation, given, who="ana", when="2026-05-14T09:00:00Z"):
    return Judgement(citation=citation, answer=given, who=who, when=when)


def test_the_last_answer_of_each_person_counts():
    rows = [answer("c", Answer.NO), answer("c", Answer.YES), answer("c", Answer.UNSURE, "ben")]

    assert standings(rows) == {"c": Standing.CONFIRMED}
    assert standings([*rows, answer("c", Answer.NO, "cat")]) == {"c": Standing.DISPUTED}
    assert standings([answer("c", Answer.UNSURE)]) == {"c": Standing.UNCONFIRMED}


@pytest.mark.parametrize(
    ("given", "effective", "standing"),
    [
        (Answer.YES, 1.0, "confirmed by a person"),
        (Answer.NO, 2.0, "rejected by a person"),
        (Answer.UNSURE, 1.0, "unconfirmed"),
    ],
)
def test_an_answer_replaces_the_program_s_guess(given, effective, standing):
    (citation,) = traced(TWO).traced.citations
    found = traced(TWO, judgements=[answer(citation.citation_id, given)])
    (account,) = found.accounts

    assert account.roots.effective == pytest.approx(effective)
    assert found.as_json()["citations"][0]["standing"] == standing
    assert (account.roots.low == account.roots.high) is (given is not Answer.UNSURE)


def test_until_somebody_has_answered_it_says_unconfirmed():
    assert traced(TWO).standing_sentence().startswith("Unconfirmed: nobody has looked at any of the 1 citation")


def test_rows_are_appended_and_read_back(tmp_path):
    place = tmp_path / "people" / "judgements.jsonl"
    add_judgements(place, [answer("c", Answer.YES)])
    add_judgements(place, [answer("c", Answer.NO, "ben")])

    assert [(one.who, one.answer) for one in read_judgements(place)] == [("ana", "yes"), ("ben", "no")]
    assert read_judgements(tmp_path / "none") == ()


def test_a_broken_row_is_named(tmp_path):
    place = tmp_path / "judgements.jsonl"
    place.write_text('{"citation": "c", "answer": "perhaps"}\n')

    with pytest.raises(UnreadableFile, match="line 1 is no judgement"):
        read_judgements(place)


@pytest.mark.parametrize(("who", "when"), [(" ", "2026-05-14T09:00:00Z"), ("ana", "2026-05-14"), ("ana", "soon")])
def test_a_judgement_has_a_name_and_a_time_with_its_zone(who, when):
    with pytest.raises(WrongUse):
        answer("c", Answer.YES, who, when)


def test_a_rejected_citation_is_no_edge():
    found = traced(TWO)
    (citation,) = found.traced.citations

    assert graph(found.traced, Claim.SPREAD, {citation.citation_id: Standing.REJECTED}).edges == ()
