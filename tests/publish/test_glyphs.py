"""glyph_rows: each name whole, and just the places marked that differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.personas.differing import differing
from groundswell.publish.glyphs import glyph_rows


def rows(candidate, protected):
    return glyph_rows(candidate, protected, [one.as_json() for one in differing(candidate, protected)])


def test_only_what_differs_bears_its_number():
    here, there = rows("beII", "bell")

    assert [(one.shown, one.number) for one in here] == [("b", ""), ("e", ""), ("I", "U+0049"), ("I", "U+0049")]
    assert [one.number for one in there] == ["", "", "U+006C", "U+006C"]


def test_letters_that_stand_for_one_are_marked_beside_it():
    here, there = rows("Larnp", "Lamp")

    assert "".join(one.shown for one in here if one.differs) == "rn"
    assert "".join(one.shown for one in there if one.differs) == "m"


def test_what_shows_nothing_is_a_dot_and_steers_nothing():
    here, _ = rows("be\u202ell", "bell")

    assert [(one.shown, one.number) for one in here if one.differs] == [("·", "U+202E")]


names = st.text(alphabet="abIl1mrn о\u200b", min_size=1, max_size=12)


@given(names, names)
def test_what_is_not_marked_is_equal_on_both_sides(candidate, protected):
    here, there = rows(candidate, protected)
    plain = [letter for letter, one in zip(candidate, here, strict=True) if not one.differs]

    assert plain == [letter for letter, one in zip(protected, there, strict=True) if not one.differs]
