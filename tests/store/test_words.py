"""Words: a text is found however it is marked up, and only as a whole."""

from __future__ import annotations

import doctest
import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import groundswell.store.words
from groundswell.store.words import FEWEST, Words, letters_of

TEXT = "I voted for the harbour council for twelve years, and «never» again: café"


@pytest.mark.parametrize(
    "written",
    [
        TEXT,
        TEXT.upper(),
        json.dumps({"text": TEXT}),
        f"<p>{html.escape(TEXT)}</p>",
        TEXT.replace(" ", "</span>\n <span class='w'>"),
        f"…and she wrote: “{TEXT}” yesterday",
        TEXT.replace("é", "e\u0301"),
    ],
)
def test_a_text_is_found_however_it_is_written(written):
    assert Words([TEXT]).are_in(written)


def test_a_part_of_a_text_is_not_the_text():
    assert not Words([TEXT]).are_in(TEXT[:-8])


def test_what_everybody_says_is_not_looked_for():
    assert not Words(["Good morning, harbour!"])


def test_the_example_holds():
    assert doctest.testmod(groundswell.store.words).failed == 0


letters = st.text(alphabet="ab c", max_size=90)


@given(st.lists(letters, max_size=4), letters, st.integers(0, 3))
def test_agrees_with_looking_for_each_text_by_itself(texts, around, at):
    written = around + "".join(texts[at : at + 1]) + around
    known = [letters_of(text) for text in texts]

    assert Words(texts).are_in(written) == any(len(text) >= FEWEST and text in letters_of(written) for text in known)
