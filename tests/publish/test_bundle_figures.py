"""Figures by name, and when two are one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.model.table import TableContract, text_column
from groundswell.publish.bundle_figures import Outcome, compare, figures, same, table_figures

PAIRS = TableContract("pairs", {"a": "text", "n": "bigint", "x": "double"}, ("a",))


def test_a_figure_is_called_by_the_names_on_its_way():
    told = {"groups": [{"group_id": "A", "layers": [{"kind": "url", "evidence": 14.2}]}], "n": 3}

    assert dict(figures(told)) == {
        "groups.A.group_id": "A",
        "groups.A.layers.url.kind": "url",
        "groups.A.layers.url.evidence": 14.2,
        "n": 3,
    }


def test_entries_with_one_name_are_called_by_their_place():
    assert set(dict(figures([{"of": "posts", "n": 1}, {"of": "posts", "n": 2}]))) == {"0.of", "0.n", "1.of", "1.n"}


def test_what_only_one_side_has_differs():
    found = compare({"a": 1}, {"b": 1})

    assert [(one.figure, one.outcome) for one in found] == [("a", Outcome.DIFFERS), ("b", Outcome.DIFFERS)]


def test_what_cannot_be_checked_says_why():
    (one,) = compare({"findings.claim": "x"}, {}, {"findings.": "needs words"})

    assert (one.outcome, one.why) == (Outcome.CANNOT, "needs words")


def test_the_last_digits_of_a_float_are_the_processor_s_and_unknown_is_not_zero():
    assert same(0.1 + 0.2, 0.3)
    assert not same(0.3, 0.3001)
    assert not same(None, 0)
    assert not same(0, False)
    assert not same([1, 2], [2, 1])


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(values)
def test_anything_holds_against_itself(value):
    told = dict(figures(value, "x"))

    assert {one.outcome for one in compare(told, told)} <= {Outcome.HOLDS}


rows = st.lists(
    st.tuples(st.sampled_from("abc") | st.none(), st.integers(0, 3), st.sampled_from([0.5, 1.5])), max_size=6
)


@given(rows, rows)
def test_digests_of_tables_are_equal_just_where_their_rows_are(one, other):
    with Duck() as engine:
        digests = []
        for listed in (one, other):
            columns = {
                "a": text_column(row[0] for row in listed),
                "n": np.array([row[1] for row in listed], dtype=np.int64),
                "x": np.array([row[2] for row in listed], dtype=np.float64),
            }
            engine.load(PAIRS, columns)
            digests.append(table_figures(engine, [PAIRS]))

    key = repr
    assert (digests[0] == digests[1]) == (sorted(one, key=key) == sorted(other, key=key))
