"""near_keys: every word within the allowed edits, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.personas.near_keys import distance, edits_allowed, near_keys


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("lantern", True),
        ("lanterns", True),
        ("lanten", True),
        ("latnern", True),
        ("lantarn", True),
        ("lanterrns", False),
        ("cavern", False),
    ],
)
def test_a_word_of_seven_letters_may_lack_one_edit(word, near):
    assert near_keys([word], ["lantern"]) == ([(0, 0)] if near else [])


def test_short_words_must_be_equal():
    assert near_keys(["gate", "gat", "gates"], ["gate"]) == [(0, 0)]


def test_eleven_letters_may_lack_two():
    assert near_keys(["harbourlgh", "harborlgh", "hrborlgh"], ["harbourligh"]) == [(0, 0), (1, 0)]


def test_nothing_is_near_nothing():
    assert near_keys([], ["gate"]) == []
    assert near_keys(["gate"], []) == []


words = st.lists(st.text(alphabet="abc", min_size=1, max_size=13), max_size=12)


@given(words, words)
def test_agrees_with_measuring_every_two(keys, wanted):
    expected = [
        (i, j)
        for i, key in enumerate(keys)
        for j, want in enumerate(wanted)
        if distance(key, want, edits_allowed(len(want))) is not None
    ]

    assert near_keys(keys, wanted) == expected


def edits(a: str, b: str) -> int:
    """The same by the recursion that defines it: optimal string alignment."""
    if not a or not b:
        return len(a) + len(b)
    best = min(edits(a[1:], b) + 1, edits(a, b[1:]) + 1, edits(a[1:], b[1:]) + (a[0] != b[0]))
    if len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, edits(a[2:], b[2:]) + 1)
    return best


@given(st.text(alphabet="ab", max_size=5), st.text(alphabet="ab", max_size=5), st.integers(0, 3))
def test_distance_is_what_its_definition_says(a, b, most):
    true = edits(a, b)

    assert distance(a, b, most) == (true if true <= most else None)
