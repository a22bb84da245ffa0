"""skeleton: what looks alike to Unicode, and why case is folded afterwards."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.personas.confusables import confusables, folded_skeleton, skeleton


@pytest.mark.parametrize(
    ("spoof", "name"),
    [
        ("ana lI1|", "ana llll"),
        ("0tto", "Otto"),
        ("arnber", "amber"),
        ("аnа", "ana"),
        ("ΒΕΝ", "BEN"),
        ("an\u200ba", "ana"),
        ("\u202ecat", "cat"),
    ],
)
def test_lookalikes_have_one_skeleton(spoof, name):
    assert skeleton(spoof) == skeleton(name)


def test_folding_first_would_hide_the_capital_i():
    assert skeleton("BelI") == skeleton("Bell")
    assert skeleton("BelI".casefold()) != skeleton("Bell".casefold())
    assert folded_skeleton("BelI") == folded_skeleton("bell")


def test_the_table_says_its_version_and_is_whole():
    version, table = confusables()

    assert version == "18.0.0"
    assert len(table) == 6712


@given(st.text(max_size=20))
def test_a_skeleton_does_not_change_with_the_normal_form(text):
    assert skeleton(unicodedata.normalize("NFC", text)) == skeleton(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="Il1|O0rnmaаеo", max_size=12))
def test_agrees_with_mapping_one_character_at_a_time(text):
    _, table = confusables()
    mapped = "".join(table.get(ord(one), one) for one in unicodedata.normalize("NFD", text))

    assert skeleton(text) == unicodedata.normalize("NFD", mapped)


@pytest.mark.real
def test_the_table_is_the_one_of_the_unicode_file(real_data):
    source = (real_data / "fixtures" / "confusables-18.0.0.txt").read_text(encoding="utf-8-sig")
    rows = [line.split("#")[0].split(";") for line in source.splitlines()]
    expected = {int(row[0], 16): "".join(chr(int(one, 16)) for one in row[1].split()) for row in rows if len(row) == 3}

    assert confusables()[1] == expected
