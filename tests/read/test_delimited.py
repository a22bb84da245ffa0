"""Rows of a table: whole ones come out whole, broken ones cost one row each and never the rest of the file."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.read.delimited import NEVER_CLOSED, TOO_FEW, TOO_LONG, TOO_MANY, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken


def rows(text, width, delimiter=",", cap=1 << 22):
    lines = capped_lines(io.StringIO(text, newline=""), cap)
    return [row if isinstance(row, list) else row.reason for row in Rows(lines, delimiter, width)]


def test_a_quoted_cell_may_hold_commas_quotes_and_line_ends():
    assert rows('a,"b, ""c""\nd"\r\ne,f\r\n', 2) == [["a", 'b, "c"\nd'], ["e", "f"]]


def test_a_quote_that_never_closes_costs_one_row():
    assert rows('a,b\nc,"d\ne,f\ng,h\n', 2) == [["a", "b"], NEVER_CLOSED, ["e", "f"], ["g", "h"]]


def test_a_quote_that_a_later_quote_would_close_wrongly_costs_one_row():
    assert rows('a,"b\nc,"d"\ne,f\n', 2) == [NEVER_CLOSED, ["c", "d"], ["e", "f"]]


def test_a_file_that_breaks_off_inside_a_text_of_several_lines_has_one_broken_row():
    assert rows('a,b,c\n1,"x\ny\nz","never closed\nmore\n', 3) == [["a", "b", "c"], NEVER_CLOSED]


def test_a_careless_quote_inside_one_line_is_taken_as_it_stands():
    assert rows('a,"b" c\nd,e\n', 2) == [["a", "b c"], ["d", "e"]]


def test_rows_with_too_few_or_too_many_cells_are_named():
    assert rows("a\nb,c\nd,e,f\n", 2) == [TOO_FEW, ["b", "c"], TOO_MANY]


def test_blank_lines_are_no_rows():
    assert rows("\na,b\n\n\r\nc,d", 2) == [["a", "b"], ["c", "d"]]


def test_carriage_returns_alone_end_lines():
    assert rows("a,b\rc,d\r", 2) == [["a", "b"], ["c", "d"]]


def test_a_cell_that_is_too_long_is_named_and_the_rest_is_read():
    assert rows(f"a,{'x' * 140_000}\nb,c\n", 2) == [TOO_LONG, ["b", "c"]]


def test_a_line_without_end_is_passed_over():
    assert rows(f"a,b\n{'x' * 5000}\nc,d\n", 2, cap=1000) == [
        ["a", "b"],
        "a line longer than 1,000 characters",
        ["c", "d"],
    ]


def test_ten_thousand_open_quotes_end_soon():
    begin = time.process_time()

    found = rows('a,"b,c\n' * 9_999 + "a,b,c\n", 3)

    assert found[-1] == ["a", "b", "c"]
    assert time.process_time() - begin < 20


cells = st.text(alphabet=st.characters(exclude_characters="\0\r", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8), st.sampled_from(",\t;|"))
def test_reads_back_what_the_csv_module_wrote(table, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)

    assert rows(text.getvalue(), 3, delimiter) == table


pieces = st.sampled_from(["a", "b", ",", '"', '""', '","', "\n", "\r\n", "\r", " ", "a,b\n", '"a","b"\n', '"a\nb",c\n'])


@given(st.lists(pieces, max_size=30).map("".join), st.integers(1, 3))
@settings(max_examples=400)
def test_parting_at_delimiters_gives_what_the_csv_module_reads(text, width):
    def slowly(self, lines):
        raise csv.Error

    quick = rows(text, width)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rows, "_parted", slowly)
        assert rows(text, width) == quick


ends = st.sampled_from(["aaaa", "\f", "\u2028"])


@given(st.lists(pieces | ends, max_size=12).map("".join), st.integers(3, 9), st.integers(1, 9))
def test_lines_read_ahead_are_the_lines_asked_for_one_by_one(text, cap, ahead):
    text = text.replace("\r\n", "\n")  # a cap between the two would count them as two ends
    stream = io.StringIO(text, newline="")
    expected = []
    while line := stream.readline(cap):
        if len(line) == cap and line[-1] not in "\r\n":
            expected.append(Broken(f"a line longer than {cap} characters", line))
            while (line := stream.readline(cap)) and line[-1] not in "\r\n":
                pass
        else:
            expected.append(line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("groundswell.read.lines.AHEAD", ahead)
        found = list(capped_lines(io.StringIO(text, newline=""), cap))

    assert [each if isinstance(each, str) else replace(each, seen=each.seen[:cap]) for each in found] == expected


@given(st.text(alphabet='ab,"\n\r', max_size=60), st.integers(2, 4))
def test_no_text_hangs_or_raises_and_every_whole_row_has_its_width(text, width):
    for row in Rows(capped_lines(io.StringIO(text, newline=""), 1000), ",", width):
        assert isinstance(row, Broken) or len(row) == width


@pytest.mark.parametrize("good", [1, 5])
@given(st.text(alphabet='ab,"', max_size=20))
def test_a_broken_line_costs_no_line_after_it(good, broken):
    """Whatever stands in one line, the plain rows at least one line further on are read."""
    plain = [[f"x{n}", f"y{n}"] for n in range(good)]
    found = rows(broken + "\n" + "\n".join(",".join(row) for row in plain), 2)

    assert found[len(found) - good + 1 :] == plain[1:]
