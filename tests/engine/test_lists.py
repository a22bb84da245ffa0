"""Lists of text go into the engine as they are, whatever stands in them and however few there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.model.table import TableContract, text_column

LISTS = TableContract("lists", {"number": "bigint", "words": "text[]"}, order=("number",))
WORDS = st.lists(
    st.sampled_from(["", "a", "it's", 'a "b"', "[", "]", ",", "\\", "\x1f", "\x1e", "NULL", "é", " "]), max_size=4
)


def loaded(lists):
    with Duck() as engine:
        numbers = text_column(str(n) for n in range(len(lists)))
        engine.load(LISTS, {"number": numbers, "words": text_column(lists)})
        return [words for (words,) in engine.rows("select words from lists order by number")]


@given(st.lists(st.none() | WORDS, min_size=1, max_size=8))
def test_lists_come_out_as_they_went_in(lists):
    assert loaded(lists) == lists


def test_a_list_that_is_empty_wherever_one_looks_fits_the_others():
    lists = [[] if n % 50 == 0 else ["x"] for n in range(50_000)]

    assert loaded(lists) == lists
