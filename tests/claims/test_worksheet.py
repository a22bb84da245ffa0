"""The worksheet: what counts, what is refused, and that nobody but a person names an actor."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims.worksheet.filling import fill
from groundswell.claims.worksheet.judgement_words import LADDER, Confidence, likelihood_word
from groundswell.claims.worksheet.result import result
from groundswell.claims.worksheet.sheet import Actor, Dimension, Evidence, Sheet, fixing, hypotheses
from groundswell.claims.worksheet.sheet_file import as_json, as_toml, read_sheet
from groundswell.claims.worksheet.weighing import Counted, weigh
from groundswell.errors import UnreadableFile
from groundswell.publish.worksheet_page import worksheet_html
from tests.claims.corpus import coded

WHO = {"H4": 0.5, "H5": 0.5, "H6": 0.5}


def piece(name="B1", *, root="posts", n=20, dimension=Dimension.BEHAVIOUR, code="A1", **likelihood):
    return Evidence(
        evidence_id=name,
        dimension=dimension,
        statement=f"What {name} says.",
        source="a run",
        root=root,
        reliability=code[0],
        credibility=int(code[1]),
        comparators=n,
        likelihood=tuple(({**WHO, **likelihood} if likelihood else {}).items()),
    )


def sheet(*evidence, actor=None, **changed):
    given_ = hypotheses()
    made = Sheet(
        about="#Gate",
        run="7f3a91c",
        made_by="groundswell test",
        fixed=fixing(given_),
        hypotheses=given_,
        evidence=evidence,
        actor=actor or Actor(),
    )
    return dataclasses.replace(made, **changed)


def outcome(made):
    return [one.counted for one in weigh(made).weighed]


def odds(made, a, b):
    posterior = dict(weigh(made).posterior)
    return posterior[a] / posterior[b]


AGAINST_H1 = {"H1": 0.01, "H2": 1.0, "H3": 0.5, "H7": 0.1}


def test_a_ratio_never_counts_for_more_than_the_comparators():
    assert odds(sheet(piece(**AGAINST_H1, n=20)), "H2", "H1") == pytest.approx(20)
    assert odds(sheet(piece(**AGAINST_H1, n=500)), "H2", "H1") == pytest.approx(100)


def test_twelve_pieces_of_one_root_count_once():
    one = sheet(piece(**AGAINST_H1))
    twelve = sheet(*(piece(f"B{n}", **AGAINST_H1) for n in range(12)))

    assert dict(weigh(twelve).posterior) == pytest.approx(dict(weigh(one).posterior))
    assert outcome(twelve) == [Counted.YES] + [Counted.SAME_ROOT] * 11


def test_of_one_root_the_piece_that_tells_most_is_counted():
    made = sheet(piece("B1", H1=0.5, H2=1.0), piece("B2", **AGAINST_H1))

    assert outcome(made) == [Counted.SAME_ROOT, Counted.YES]


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        (piece(**AGAINST_H1, n=0), Counted.NO_COMPARATORS),
        (piece(**AGAINST_H1, code="F1"), Counted.CANNOT_JUDGE),
        (piece(**AGAINST_H1, code="A6"), Counted.CANNOT_JUDGE),
        (piece(), Counted.NOT_WEIGHED),
        (piece(H1=0.5, H2=0.5, H3=0.5, H7=0.5), Counted.EQUAL),
        (piece(dimension=Dimension.ACTOR, **AGAINST_H1), Counted.UNSIGNED),
    ],
)
def test_what_does_not_count_is_shown_with_its_reason_and_moves_nothing(evidence, why):
    made = sheet(evidence)

    assert outcome(made) == [why]
    assert dict(weigh(made).posterior) == pytest.approx({one.hypothesis_id: one.prior for one in made.hypotheses})


def test_posts_never_tell_who_is_behind_it():
    made = sheet(piece(**{**AGAINST_H1, "H6": 1.0}))

    assert "can’t be read from posts" in result(made).problems[0]
    assert result(made).weighing is None


def test_explanations_about_the_actor_stand_as_one_until_somebody_signs():
    who = piece("A1", root="court", dimension=Dimension.ACTOR, H1=0.1, H2=0.1, H3=0.1, H5=0.1, H6=1.0, H7=0.1)
    unsigned, signed = sheet(who), sheet(who, actor=Actor(signed_by="ana", signed_on="2026-05-14"))

    assert [name for name, _ in result(unsigned).posterior] == ["H1", "H2", "H3", "H4+H5+H6", "H7"]
    assert [name for name, _ in result(signed).posterior] == [f"H{n}" for n in range(1, 8)]
    assert "not assessed" in result(unsigned).actor_sentence


@pytest.mark.parametrize(
    ("actor", "evidence", "problem"),
    [
        (Actor(name="Somebody"), (), "no evidence about the actor"),
        (Actor(name="Somebody"), (piece(dimension=Dimension.ACTOR, **AGAINST_H1),), "nobody has signed"),
        (Actor(name="Somebody", signed_by="ana", signed_on="soon"), (), "which is no date"),
    ],
)
def test_an_actor_needs_sourced_evidence_and_a_signature(actor, evidence, problem):
    found = result(sheet(*evidence, actor=actor))

    assert any(problem in one for one in found.problems)
    assert "not assessed" in found.actor_sentence


def test_a_signed_actor_is_a_person_s_judgement_in_quotation_marks():
    who = piece("A1", dimension=Dimension.ACTOR, **AGAINST_H1)
    found = result(sheet(who, actor=Actor(name="Somebody", signed_by="ana", signed_on="2026-05-14")))

    assert found.problems == ()
    assert "“Somebody”" in found.actor_sentence
    assert "signed by ana" in found.actor_sentence


def test_priors_that_were_changed_are_remarked_and_must_sum_to_one():
    given_ = hypotheses()
    other = (dataclasses.replace(given_[0], prior=0.25), dataclasses.replace(given_[1], prior=0.15), *given_[2:])

    assert result(sheet(hypotheses=other)).remarks == ("Hypotheses or priors were changed after the sheet was made.",)
    assert "sum to" in result(sheet(hypotheses=(dataclasses.replace(given_[0], prior=0.9), *given_[1:]))).problems[0]


def test_confidence_is_low_with_one_root_and_stands_in_its_own_sentence():
    found = result(sheet(piece(**AGAINST_H1)))

    assert found.confidence is Confidence.LOW
    assert "low" in found.confidence_sentence
    assert "low" not in found.likelihood_sentence
    assert "likely" not in found.confidence_sentence


def test_at_least_three_things_would_change_it():
    turns = result(sheet(piece(**AGAINST_H1), piece("C1", root="articles", **AGAINST_H1))).turns

    assert len(turns) >= 3
    assert any("fell away" in turn.if_ for turn in turns)


def test_a_sheet_comes_back_from_its_file_as_it_was(tmp_path):
    made = sheet(
        piece(**AGAINST_H1), dataclasses.replace(piece("C1"), statement='He said "x\\y"\n\x7f', post_ids=("a", "b"))
    )
    (tmp_path / "w.toml").write_text(as_toml(made), encoding="utf-8")
    import json

    (tmp_path / "w.json").write_text(json.dumps(as_json(made)), encoding="utf-8")
    back, other = read_sheet(tmp_path / "w.toml"), read_sheet(tmp_path / "w.json")

    assert back.evidence == other.evidence == made.evidence
    assert dict(weigh(back).posterior) == pytest.approx(dict(weigh(made).posterior), abs=1e-5)


@pytest.mark.parametrize("content", ["not = [toml", "a = 1", '[[hypothesis]]\nid = "H1"', "[" * 5_000])
def test_a_broken_sheet_is_named_and_never_crashes(tmp_path, content):
    place = tmp_path / "w.toml"
    place.write_text(content)

    with pytest.raises(UnreadableFile, match=r"w\.toml"):
        read_sheet(place)


def test_the_program_fills_content_from_claims_without_weights_or_actor():
    found, _ = coded("gate")
    made = fill(None, found.as_json(), about="#OpenGate", run="", made_by="groundswell test")

    assert {one.dimension for one in made.evidence} == {Dimension.CONTENT}
    assert all(not one.likelihood and one.reliability == "F" for one in made.evidence)
    assert made.actor == Actor()
    assert result(made).problems == ()


def test_hostile_words_in_a_sheet_are_text_on_its_page():
    hostile = dataclasses.replace(piece(**AGAINST_H1), statement="<script>alert(1)</script>\u202e")
    written = worksheet_html(result(sheet(hostile)), version="0")

    assert "<script" not in written
    assert "\u202e" not in written


likelihoods = st.fixed_dictionaries({name: st.floats(0.01, 1.0) for name in ("H1", "H2", "H3", "H7")}, optional={})


@given(st.lists(st.tuples(likelihoods, st.integers(1, 50), st.sampled_from("xyz")), max_size=5))
def test_agrees_with_bayes_by_hand_and_never_reaches_certainty(rows):
    made = sheet(*(piece(f"B{n}", root=root, n=c, **told) for n, (told, c, root) in enumerate(rows)))
    found = weigh(made)
    weights = {one.hypothesis_id: one.prior for one in made.hypotheses}
    for one in found.counted:
        told = dict(one.evidence.likelihood)
        top = max(told.values())
        for name in weights:
            weights[name] *= max(told[name] / top, 1 / one.evidence.comparators)
    total = sum(weights.values())

    assert dict(found.posterior) == pytest.approx({name: value / total for name, value in weights.items()})
    assert len({one.evidence.root for one in found.counted}) == len(found.counted)
    assert all(0 < value < 1 for _, value in found.posterior)


@given(st.floats(0, 1))
def test_every_probability_has_a_word_and_neither_end_is_certain(p):
    assert likelihood_word(p) in {word for _, word, _ in LADDER}
