"""JSON from strangers: objects come out, everything else is one broken row."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.json_lines import DEEPEST, NO_JSON, NO_OBJECT, TOO_DEEP, Parser, _is_deeper
from groundswell.read.reader import Broken
from groundswell.read.survey import Limits
from tests.read.kept import left_out, read, write_lines


def records(text):
    return [each.reason if isinstance(each, Broken) else each for each in Parser().records(text)]


def test_a_list_is_its_objects():
    assert records('[{"a": 1}, {"b": 2}, 3]') == [{"a": 1}, {"b": 2}, NO_OBJECT]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 10_000, TOO_DEEP),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, TOO_DEEP),
        ('{"a": 1', NO_JSON),
        ('{"a": ' + "9" * 5000 + "}", NO_JSON),
        ("12", NO_OBJECT),
        ("null", NO_OBJECT),
    ],
)
def test_a_hostile_line_is_one_broken_row(line, reason):
    assert records(line) == [reason]


def test_the_last_of_two_equal_keys_counts_and_is_counted():
    parser = Parser()

    assert list(parser.records('{"a": 1, "a": 2}')) == [{"a": 2}]
    assert parser.n_twice == 1


def test_half_a_surrogate_pair_and_nul_become_the_replacement_character():
    assert records(r'{"a": "x\ud800y", "b": "\u0000", "c": "\ud83d\ude00"}') == [
        {"a": "x\ufffdy", "b": "\ufffd", "c": "😀"}
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_agrees_with_the_json_module_where_there_is_nothing_to_mend(value):
    written = json.dumps(value)
    if "\\u0000" not in written and "\\ud" not in written:
        assert records(written) == [value]


@given(st.dictionaries(st.text(st.characters()), st.text(st.characters(categories=["Cs", "L", "Cc"])), max_size=4))
def test_what_comes_out_can_be_written_as_utf8(value):
    for record in records(json.dumps(value)):
        json.dumps(record, ensure_ascii=False).encode("utf-8")


def nested(levels, inner="1"):
    """An object of so many levels."""
    return '{"a":' * levels + inner + "}" * levels


@pytest.mark.parametrize("inner", ["1", "NaN"], ids=["quick", "standard"])
@pytest.mark.parametrize("depth", [3, 40, 2_000, DEEPEST])
def test_as_many_levels_are_read_as_were_allowed_and_not_one_more(depth, inner):
    parser = Parser(depth)

    (read,) = parser.records(nested(depth, inner))
    (refused,) = parser.records(nested(depth + 1, inner))

    assert isinstance(read, dict)
    assert refused.reason == TOO_DEEP
    assert sys.getrecursionlimit() < DEEPEST


def test_nobody_may_ask_for_more_than_fits_a_stack():
    (refused,) = Parser(10**9).records(nested(10**5))

    assert refused.reason == TOO_DEEP


VALUES = st.recursive(
    st.integers(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
)


@given(VALUES, st.integers(0, 6))
def test_depth_is_counted_as_one_would(value, depth):
    """Against the slow twin, which calls itself."""

    def levels(one):
        within = one.values() if isinstance(one, dict) else one
        return 1 + max(map(levels, within), default=0) if isinstance(one, dict | list) else 0

    assert _is_deeper(value, depth) == (levels(value) > depth)


def test_a_longer_line_and_a_larger_document_are_read_where_that_was_allowed(tmp_path):
    post = json.dumps({"account_id": "ana", "time": 1714557600, "text": "x" * 100})
    other = json.dumps({"account_id": "ben", "time": 1714557600})

    short, _ = read(write_lines(tmp_path / "lines", [post, other]), limits=Limits(line=90))
    whole, _ = read(tmp_path / "lines")

    assert (short.posts, left_out(short), whole.posts) == (1, {"a line longer than 90 characters": 1}, 2)
