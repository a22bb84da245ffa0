"""features: a turned picture's corners are the picture's, in another order."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.personas.pictures.agreement import agreement
from groundswell.personas.pictures.features import features
from groundswell.personas.pictures.files import LUMA
from groundswell.personas.pictures.hashes import turned
from groundswell.simulate.pictures import picture, portrait


def grey(seed):
    return picture(seed) @ LUMA


def described(found):
    return {
        (tuple(place), tuple(bits)) for place, bits in zip(found.at.round(1).tolist(), found.bits.tolist(), strict=True)
    }


@pytest.mark.parametrize("turn", range(8))
def test_turning_the_features_is_nearly_finding_them_in_the_turned_picture(turn):
    ahead = described(features(grey(5)).turned(turn))
    after = described(features(np.ascontiguousarray(turned(grey(5), turn))))

    assert len(ahead & after) > 0.9 * len(ahead)


def test_a_plain_picture_has_no_corners():
    assert len(features(np.full((100, 100), 128.0, dtype=np.float32))) == 0


def test_a_cut_out_agrees_in_size_and_place():
    whole, part = grey(8), grey(8)[64:192, 64:192]
    seen = agreement(features(part), features(whole))

    assert seen is not None
    assert seen.scale == pytest.approx(0.5, abs=0.01)
    assert np.hypot(*seen.shift) < 1.5


@pytest.mark.parametrize("make", [picture, portrait])
def test_unrelated_pictures_do_not_agree(make):
    found = [features(make(seed) @ LUMA) for seed in range(10)]
    seen = [agreement(a, b) for at, a in enumerate(found) for b in found[:at]]

    assert sum(one is not None and one.corners >= 16 for one in seen) == 0
