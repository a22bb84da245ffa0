"""Lists in a cell, whoever wrote them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.lists import _items, _plain, links, of_each, words
from groundswell.read.reader import LeaveOut


@pytest.mark.parametrize(
    "written", ["['a', 'b']", '["a", "b"]', "[a, b]", "a|b", "a b", "a,b", "a, b", "a;b", ["a", "b"]]
)
def test_two_words_are_two_words_however_they_are_written(written):
    assert words(written) == ("a", "b")


def test_an_empty_cell_is_unknown_and_an_empty_list_is_empty():
    assert words("") is None
    assert words(None) is None
    assert words("[]") == ()


def test_a_comma_inside_an_address_does_not_cut_it():
    assert links("https://example.org/a,b https://example.org/c") == (
        "https://example.org/a,b",
        "https://example.org/c",
    )
    assert links("https://example.org/a,https://example.org/b") == ("https://example.org/a", "https://example.org/b")
    assert links("['https://example.org/a,b']") == ("https://example.org/a,b",)


@given(st.lists(st.text(min_size=1, max_size=8), max_size=5))
def test_agrees_with_json_and_with_python(items):
    kept = tuple(item.replace("\0", "\ufffd") for item in items if item not in ("None", "null", "nan"))

    assert words(json.dumps(items)) == kept
    assert words(json.dumps(items, ensure_ascii=False)) == kept
    if all(item.isprintable() for item in items):
        assert words(repr(items)) == kept


@given(st.text())
def test_any_text_is_a_list_or_unknown(text):
    for found in (words(text), links(text), words(f"[{text}]")):
        assert found is None or all(isinstance(item, str) and item for item in found)


def test_a_list_that_no_post_has_is_left_out_and_not_taken_apart():
    with pytest.raises(LeaveOut, match="a list longer than"):
        links("[" + "7," * 600_000 + "]")


PIECES = st.lists(st.sampled_from(("'", "', '", '"', ",", " ", "a", "None", "\\\\", "[", "]", "\n")), max_size=9).map(
    "".join
)


@given(PIECES.map("['{}']".format) | st.lists(st.sampled_from(("a", "it's", "None", "", "a, b"))).map(repr))
def test_a_plain_list_is_taken_apart_as_any_other(written):
    """Against the slow twin, which looks at each sign."""
    assert _plain(written) in (None, _items(written))


def test_lists_as_archives_write_them_are_plain():
    assert _plain("['OpenGate', 'Gate #2', 'nan']") == ("OpenGate", "Gate #2")


@given(st.lists(PIECES | PIECES.map("['{}']".format) | st.sampled_from(("[]", "", "['']", "['nan']", "['a']"))))
def test_a_column_of_lists_is_each_of_its_lists(column):
    assert of_each(words, column) == [words(written) for written in column]
    assert of_each(links, column) == [links(written) for written in column]
