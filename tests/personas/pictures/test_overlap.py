"""overlap: a cut-out is alike everywhere, two pictures that share an ornament are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.personas.pictures.agreement import Agreement, agreement
from groundswell.personas.pictures.features import LONGEST
from groundswell.personas.pictures.files import LUMA
from groundswell.personas.pictures.overlap import NOTHING, VIEW, overlap
from groundswell.personas.pictures.pairs import OVERLAP_ALIKE, SAME_IN_TILES, TILES_ALIKE, pairs, print_of
from groundswell.simulate.pictures import picture, portrait

STILL = Agreement(corners=12, scale=1.0, tilt=0.0, shift=(0.0, 0.0))


def grey(seed):
    return (picture if seed % 2 else portrait)(seed) @ LUMA


def view(seed):
    return print_of("v", grey(seed)).view


def test_a_picture_laid_on_itself_is_the_same_everywhere():
    seen = overlap(view(1), view(1), STILL)

    assert (seen.alike, seen.in_tiles) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize("seed", range(6))
def test_a_cut_out_is_the_same_all_over_what_is_shared(seed):
    part = np.ascontiguousarray(grey(seed)[40:200, 60:220])
    one, other = print_of("part", part), print_of("whole", grey(seed))
    seen = agreement(one.features, other.features)

    assert seen is not None
    found = overlap(one.view, other.view, seen)
    assert found.alike > 0.95
    assert found.in_tiles > SAME_IN_TILES


def test_an_ornament_in_two_pictures_makes_no_pair_of_them():
    """Thirty corners agree, as of two posters with one logo; four fifths of the pictures have nothing in common."""
    ornament = grey(9)[60:180, 60:180]
    ours, theirs = grey(1).copy(), grey(3).copy()
    ours[20:140, 20:140], theirs[60:180, 90:210] = ornament, ornament
    one, other = print_of("a", ours), print_of("b", theirs)
    seen = agreement(one.features, other.features)

    assert seen is not None
    assert seen.corners >= 12
    found = overlap(one.view, other.view, seen)
    assert found.alike < OVERLAP_ALIKE
    assert found.in_tiles < TILES_ALIKE
    assert pairs([one, other]) == ()


def test_sky_on_sky_says_nothing():
    plain = np.full((VIEW, VIEW), 200, dtype=np.uint8)

    assert overlap(plain, plain, STILL) == NOTHING


def test_pictures_that_hardly_touch_are_not_compared():
    assert overlap(view(1), view(1), Agreement(corners=12, scale=1.0, tilt=0.0, shift=(254.0, 0.0))) == NOTHING


shifts = st.integers(-30, 30)


@settings(max_examples=20)
@given(shifts, shifts, st.sampled_from([2, 5, 6]))
def test_whole_pixels_are_laid_where_slicing_lays_them(right, down, seed):
    """Against the obvious way: cut both to what they share, and correlate."""
    pixel = LONGEST / VIEW
    one, other = view(seed), view(seed + 1)
    seen = overlap(one, other, Agreement(corners=12, scale=1.0, tilt=0.0, shift=(right * pixel, down * pixel)))
    here = one[max(-down, 0) : VIEW - max(down, 0), max(-right, 0) : VIEW - max(right, 0)]
    there = other[max(down, 0) : VIEW + min(down, 0), max(right, 0) : VIEW + min(right, 0)]

    assert seen.alike == pytest.approx(float(np.corrcoef(here.ravel(), there.ravel())[0, 1]), abs=1e-6)
