"""templates: what is fixed, what is filled in, and what is no template."""

from __future__ import annotations

import pytest

from groundswell.simulate.templates import copied_testimony
from groundswell.traces.normal_text import normal_text
from groundswell.traces.similar_text.pairs import similar_pairs
from groundswell.traces.similar_text.report import similar_text
from groundswell.traces.similar_text.shape import Shape
from groundswell.traces.similar_text.templates import LEAST_LINK, templates


def found(texts):
    forms = list(dict.fromkeys(map(normal_text, texts)))
    return templates(forms, similar_pairs(forms, least=LEAST_LINK)), forms


@pytest.mark.parametrize(
    ("sentence", "fillings", "shape"),
    [
        ("I was a baker for {} years. No more!", ("twelve", "20", "all my"), "i was a baker for __ years no more"),
        ("Я была пекарем {} лет и больше нет", ("пять", "много", "сорок два"), "я была пекарем __ лет и больше нет"),
        ("كنت خبازا لمدة {} سنوات ولن أعود أبدا", ("خمس", "عشر", "سبع"), "كنت خبازا لمدة __ سنوات ولن أعود أبدا"),
        ("我在港口当了{}年面包师，以后再也不会了", ("十二", "二十", "很多"), "我在港口当了 __ 年面包师以后再也不会了"),
    ],
)
def test_a_sentence_with_a_slot_is_found_in_any_script(sentence, fillings, shape):
    (template,), forms = found([sentence.format(one) for one in fillings])

    assert str(template.shape) == shape
    assert {filled[0] for filled in template.fillings} == set(fillings)
    assert len(template.members) == len(forms)


def test_a_copy_edited_once_makes_no_slot():
    texts = ["the harbour gate should stay open all night", "the harbour gate should stay open all night long"]

    assert found([*texts, "the harbour gates should stay open all night"])[0] == []


def test_two_fillings_are_too_few():
    assert found(["i was a baker for ten years no more", "i was a baker for six years no more"])[0] == []


def test_a_shape_says_what_fills_it_and_what_does_not():
    shape = Shape((("i", "was"), ("years",)), starts_with_slot=False, ends_with_slot=True)

    assert shape.fillings(["i", "was", "ten", "years", "old"]) == ("ten", "old")
    assert shape.fillings(["we", "was", "ten", "years"]) is None


def score(seed):
    """(templates found, templates there, found and right); right: eight tenths of the texts in either are in both."""
    made = copied_testimony(seed, n_talk=800)
    there = {}
    for text, sentence, edited in zip(made.texts, made.template, made.edited, strict=True):
        if sentence and not edited:
            there.setdefault(sentence, set()).add(normal_text(text))
    there = {sentence: texts for sentence, texts in there.items() if len(texts) >= 3}
    told, forms = found(made.texts)
    sets = [{forms[one] for one in template.members} for template in told]
    right = sum(any(len(texts & one) >= 0.8 * len(texts | one) for one in sets) for texts in there.values())
    return len(told), len(there), right


def test_templates_are_recovered_in_four_scripts():
    n_told, n_there, n_right = map(sum, zip(*(score(seed) for seed in range(4)), strict=True))

    assert 2 * n_right / (n_told + n_there) >= 0.9


def test_the_report_counts_rows_and_names_them():
    years = ("ten", "TEN", "six", "many")
    texts = [*(f"I was a baker for {n} years. No more" for n in years), None, "ok"]
    told = similar_text(texts, ["a", "b", "c", "d", "e", "f"])

    assert (told["n_texts"], told["n_compared"], told["n_too_short"], told["n_distinct"]) == (6, 4, 2, 3)
    assert {"a": "a", "b": "b", "row_a": 1, "row_b": 2, "jaccard": 1.0} in told["pairs"]
    assert told["pairs_complete"]
    assert (told["templates"][0]["n_texts"], told["templates"][0]["of"]) == (4, 4)


def test_equal_texts_give_equal_answers():
    texts = copied_testimony(2, n_talk=200).texts

    assert similar_text(texts) == similar_text(texts)
