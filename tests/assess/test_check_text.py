"""check_text: what a draft may not say is found on its line, and what it may say is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.check_text import check_text
from groundswell.assess.overclaims import OVERCLAIMS
from groundswell.assess.wording import check
from groundswell.engine.duck import Duck
from groundswell.model.finding import Verdict
from tests.publish.editions import edition


def rules(text, study=None):
    return [hit.rule for hit in check_text(text, study)]


@pytest.fixture(scope="module")
def study():
    with Duck() as engine:
        yield edition(engine).assessment


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The bots were busy.", "identity"),
        ("It was the work of trolls.", "identity"),
        ("These are fake profiles.", "identity"),
        ("The tag trended because of them.", "cause"),
        ("The story was pushed by them.", "cause"),
        ("It went viral.", "size"),
        ("A network of friends did it.", "size"),
        ("This proves it.", "certainty"),
        ("They certainly acted together.", "certainty"),
        ("Russian accounts were busy.", "attribution"),
        ("Iran-linked posts came first.", "attribution"),
        ("The posts are linked to the ministry.", "attribution"),
        ("They wrote 60 % of it.", "denominator"),
        ("They wrote 60 percent of it.", "denominator"),
        ("Half of the posts were theirs.", "denominator"),
        ("Some 300 accounts did it.", "denominator"),
        ("It was coordinated inauthentic behaviour.", "four words"),
        ("There is no evidence of coordination.", "nothing found"),
        ("Its bot score is high.", "score"),
    ],
)
def test_a_sentence_that_says_too_much_is_found(sentence, rule):
    assert rule in rules(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "14 of 9,829 accounts shared the same 38 links within 60 seconds of each other.",
        "They wrote 1.4 % of the posts: 120 of the 8,571 that were collected.",
        "According to the ministry, Russian accounts were busy.",
        "“They are all bots,” said one reader.",
        "12,431 posts were collected by keyword search.",
        "What they ate for lunch was robotically prepared in a bottle.",
        "Turkey and polish; the bottom of the page.",
        "See https://bots.example/trolls for more.",
    ],
)
def test_a_sentence_that_may_be_written_is_left_alone(sentence):
    assert rules(sentence) == []


def test_the_line_is_that_of_the_words_also_in_a_sentence_of_several_lines():
    draft = "A first sentence.\n\nThe second goes on\nand on until the bots\ncome. The trolls, too.\n"

    assert [(hit.line, hit.words) for hit in check_text(draft)] == [(4, "bots"), (5, "trolls")]


def test_a_whole_in_the_next_sentence_does_not_count():
    assert rules("They wrote 60 %. There were 14 of 9,829 accounts.") == ["denominator"]


def test_a_whole_on_the_next_line_of_the_sentence_counts():
    assert rules("They wrote 60 %\nof the posts, 60 of 100 in May.") == []


def test_every_reason_and_every_example_may_be_printed():
    for rule in OVERCLAIMS:
        check(rule.why)
        check(rule.permitted)


def test_no_example_breaks_a_rule_itself():
    assert {rule.permitted: rules(rule.permitted) for rule in OVERCLAIMS if rules(rule.permitted)} == {}


def test_a_study_s_own_sentences_pass_against_it(study):
    draft = "\n\n".join(study.sentences()).replace(" accounts", "\naccounts")

    assert check_text(draft, study) == ()


def test_a_figure_that_the_study_does_not_have_is_found(study):
    assert rules("77 of 88 accounts wrote 12.3 % of 456 posts.", study) == ["study", "study"]


def test_coordination_is_too_much_where_no_group_is_reported(study):
    empty = replace(study, findings=())

    assert "study" in rules("The posts were coordinated.", empty)
    assert rules("It is not known whether the posts were coordinated.", empty) == []


def test_deception_is_too_much_unless_the_verdict_says_so(study):
    sentence = "Inauthentic profiles took part."

    assert rules(sentence, replace(study, verdict=Verdict.OPEN)) == ["study"]
    assert rules(sentence, replace(study, verdict=Verdict.DECEPTIVE)) == []


def test_with_a_study_its_own_sentence_stands_beside_the_passage(study):
    (hit,) = check_text("The bots did it.", study)

    assert hit.permitted == study.findings[0].claim


@given(st.text(max_size=300))
def test_any_text_is_read_and_lines_exist(text):
    for hit in check_text(text):
        assert 1 <= hit.line <= text.count("\n") + 1
        assert hit.words


@given(st.lists(st.sampled_from(["The bots came.", "14 of 20 accounts agree.", "They wrote 5 %.", "\n\n"]), max_size=8))
def test_a_draft_has_the_hits_of_its_sentences(sentences):
    expected = [hit.words for sentence in sentences for hit in check_text(sentence)]

    assert [hit.words for hit in check_text(" ".join(sentences))] == expected
