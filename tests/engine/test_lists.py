"""Lists of text go into the engine as they are, whatever stands in them and however few there are."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
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


TOLD = TableContract("told", {"number": "bigint", "word": "text", "words": "text[]"}, order=("number",))
SAME = st.sampled_from([None, "", "it's", 'a "b"', "null", "'", "\0", "é", "x" * 300])


@given(
    word=SAME,
    words=st.none() | WORDS,
    n=st.integers(1, 3),
    one_differs=st.booleans(),
    one_list_differs=st.booleans(),
)
def test_what_all_rows_say_goes_in_like_anything_else(word, words, n, one_differs, one_list_differs):
    rows = [word] * n + ["other"] * one_differs
    lists = [words] * n + [["other"]] * one_differs if one_list_differs else [words] * len(rows)
    with TemporaryDirectory() as folder, Duck() as engine:
        path = Path(folder) / "told.parquet"
        columns = {"number": np.arange(len(rows)), "word": text_column(rows), "words": text_column(lists)}
        engine.write(TOLD, columns, path)
        assert engine.rows("select word, words from read_parquet($path) order by number", path=str(path)) == list(
            zip(rows, lists, strict=True)
        )
