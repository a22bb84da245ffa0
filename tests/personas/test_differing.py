"""differing: where two names part, which characters lie beside which, and how alike that leaves them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.personas.differing import code_points, differing, likeness


def test_the_differing_characters_are_named():
    (one,) = differing("BeIl", "Bell")

    assert (one.at, one.candidate, one.protected) == (2, "I", "l")
    assert code_points(one.candidate) == ["U+0049 LATIN CAPITAL LETTER I"]


def test_rn_lies_beside_m():
    assert [(one.candidate, one.protected) for one in differing("Larnp", "Lamp")] == [("rn", "m")]


def test_what_can_not_be_told_apart_has_likeness_one_and_a_changed_letter_less():
    assert likeness("BeII", "Bell") == 1.0
    assert likeness("Bull", "Bell") == 0.75


names = st.text(alphabet="aAlI1mrnоo0 ._\u200b✔", max_size=10)


@given(names, names)
def test_the_stretches_beside_one_another_make_up_both_names(a, b):
    """What is told as differing, put back into the candidate, gives the protected name."""
    rebuilt, at = "", 0
    for one in differing(a, b):
        rebuilt += a[at : one.at] + one.protected
        at = one.at + len(one.candidate)

    assert rebuilt + a[at:] == b


def test_a_word_put_before_a_name_is_told_in_one_piece():
    found = [(one.candidate, one.protected) for one in differing("real_ana_lane", "Ana Lane") if one.candidate != "_"]

    assert found == [("real", ""), ("a", "A"), ("l", "L")]
