"""similar_pairs: no false pair, hardly any missing, in every script."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.simulate.templates import copied_testimony
from groundswell.traces.normal_text import normal_text
from groundswell.traces.similar_text import pairs
from groundswell.traces.similar_text.clusters import clusters
from groundswell.traces.similar_text.pairs import components, similar_pairs


def shingles(text):
    return {text[at : at + 4] for at in range(len(text) - 3)}


def jaccard(a, b):
    here, there = shingles(a), shingles(b)
    return len(here & there) / len(here | there) if here | there else 0.0


def listed(texts, **options):
    found = similar_pairs(texts, **options)
    return dict(zip(zip(found.a.tolist(), found.b.tolist(), strict=True), found.jaccard.tolist(), strict=True))


def compared(texts, least):
    """The same by comparing every two."""
    every = combinations(range(len(texts)), 2)
    return {(a, b): value for a, b in every if (value := jaccard(texts[a], texts[b])) >= least}


@pytest.mark.parametrize(
    "text",
    [
        "the harbour gate should stay open all night long they said",
        "ворота гавани должны быть открыты всю ночь сказали они вчера",
        "بوابة الميناء يجب أن تبقى مفتوحة طوال الليل كما قالوا أمس",
        "港口的大门应该整夜开放他们昨天晚上在码头边这样对我们说的",
        "हार्बर का दरवाज़ा पूरी रात खुला रहना चाहिए ऐसा उन्होंने कहा",
        "🌊 the gate 🌊 should stay open 🌊 all night long 🌊",
    ],
)
def test_a_copy_with_its_end_cut_is_found_in_any_script(text):
    assert list(listed([text, text[:-3], "something else entirely, of no kin"])) == [(0, 1)]


def test_texts_shorter_than_a_shingle_are_in_no_pair():
    assert listed(["abc", "abd", ""]) == {}
    assert listed([]) == {}


def test_comparing_few_letters_at_once_changes_nothing(monkeypatch):
    texts = list(dict.fromkeys(map(normal_text, copied_testimony(2, n_talk=200).texts)))
    at_once = listed(texts)
    monkeypatch.setattr(pairs, "LETTERS_AT_ONCE", 500)

    assert at_once
    assert listed(texts) == at_once


def test_a_wrong_threshold_is_refused():
    with pytest.raises(ValueError, match="least must lie between"):
        similar_pairs(["abcd"], least=0.1)


edits = st.lists(st.tuples(st.integers(0, 200), st.sampled_from("aбم中x ")), max_size=6)


@given(st.lists(st.tuples(st.integers(0, 2), edits), min_size=2, max_size=12))
def test_agrees_with_comparing_every_two(copies):
    """Where near copies hang together, each pair at the threshold is there, with its exact index."""
    wordings = ("the harbour gate should stay open", "ворота гавани открыты всю ночь", "港口的大门应该整夜开放吗请回答")
    texts = []
    for which, changed in copies:
        letters = list(wordings[which] * 2)
        for at, letter in changed:
            letters[at % len(letters)] = letter
        texts.append("".join(letters))
    texts = list(dict.fromkeys(texts))
    found, true = listed(texts), compared(texts, 0.7)

    assert {pair: pytest.approx(true[pair]) for pair in found} == found
    assert all(pair in found for pair, value in true.items() if value >= 0.8)


def test_recall_on_made_up_copies():
    texts = list(dict.fromkeys(map(normal_text, copied_testimony(5, n_talk=400).texts)))
    true, found = compared(texts, 0.7), listed(texts)

    assert len(true) > 100
    assert found.keys() <= true.keys()
    assert len(found) >= 0.99 * len(true)


def test_a_text_copied_by_many_with_a_number_each_loses_no_pair():
    """A crowded band links each with twenty; the rest is found inside the cluster."""
    texts = [f"the harbour gate should stay open all night long, said neighbour number {n}" for n in range(100, 300)]

    assert listed(texts).keys() == compared(texts, 0.7).keys()


def test_components_hang_together_by_pairs():
    found = components(6, np.array([0, 1, 4]), np.array([1, 3, 5]))

    assert [part.tolist() for part in found] == [[0, 1, 3], [4, 5]]


def test_a_cluster_is_a_star_and_no_chain():
    a = "the harbour gate should stay open all night long they said to us"
    b = a.replace("they said to us", "they told the us")
    c = b.replace("the harbour gate", "our harbour door")
    pairs = similar_pairs([a, b, c], least=0.6)
    (star,) = clusters(pairs)

    assert all(jaccard([a, b, c][star[0]], [a, b, c][one]) >= 0.6 for one in star[1:])


def test_the_commonest_wording_stands_in_the_middle():
    texts = ["the harbour gate should stay open tonight", "the harbour gate should stay open tonight!"]

    assert clusters(similar_pairs(texts), [1, 9]) == [(1, 0)]
    assert clusters(similar_pairs(texts), [9, 1]) == [(0, 1)]
