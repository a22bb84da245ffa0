"""Ids: a spreadsheet's damage is seen, undone where nothing was lost, and never passed on as an id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.ids import is_rounded, mended, whole


@pytest.mark.parametrize("damaged", ["9.06E+17", "9.06e+17", "1,01421E+18", "9E+17", "914580356430536704.0"])
def test_an_id_that_lost_digits_is_rounded_and_none_comes_out(damaged):
    assert is_rounded(damaged)
    assert whole(damaged) is None


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("914580356430536707", "914580356430536707"),
        ('="914580356430536707"', "914580356430536707"),
        ("30476.0", "30476"),
        ("'30476", "30476"),
        ("jfHc+PR1RAcWZbVeokGvHkppdJhVd1URHnz981PHHVc=", "jfHc+PR1RAcWZbVeokGvHkppdJhVd1URHnz981PHHVc="),
        ("7e10", "7e10"),
        ("did:plc:ana", "did:plc:ana"),
        ("0042", "0042"),
        ("v1.0", "v1.0"),
    ],
)
def test_an_id_with_all_its_digits_comes_out_whole(written, id_):
    assert whole(written) == id_


def test_a_whole_float_is_mended_up_to_two_to_the_53rd_and_not_beyond():
    assert whole("9007199254740991.0") == "9007199254740991"
    assert whole("9007199254740992.0") is None


@given(st.integers(0, 2**53 - 1))
def test_mending_gives_back_the_number_that_a_float_column_held(number):
    assert whole(f"{float(number):.1f}") == str(number)


@given(st.text(max_size=40))
def test_mending_twice_changes_nothing_more_than_once_where_nothing_is_damaged(text):
    if mended(text) == text and not is_rounded(text):
        assert whole(text) == text
