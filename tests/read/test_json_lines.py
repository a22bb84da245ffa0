"""JSON from strangers: objects come out, everything else is one broken row."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.json_lines import NO_JSON, NO_OBJECT, TOO_DEEP, Parser
from groundswell.read.reader import Broken


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
