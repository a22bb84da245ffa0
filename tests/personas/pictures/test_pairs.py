"""pairs: what is found again after a change, what is not mistaken, and what joins a cluster."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from groundswell.personas.pictures import pairs as pairs_module
from groundswell.personas.pictures.clusters import Bearer, clusters
from groundswell.personas.pictures.files import LUMA
from groundswell.personas.pictures.folder import EVERYONES, MOST_SHARED, ON_STOP_LIST, TOO_PLAIN, set_aside
from groundswell.personas.pictures.pairs import Pair, Print, pairs, print_of
from groundswell.personas.pictures.resample import resampled
from groundswell.simulate.pictures import picture, portrait


def grey(seed):
    return (picture if seed % 2 else portrait)(seed) @ LUMA


ORIGINALS = [print_of(f"o{seed}", grey(seed)) for seed in range(12)]

CHANGES = {
    "48 pixels": lambda one: resampled(one, 48, 48),
    "mirrored": lambda one: one[:, ::-1],
    "turned left": lambda one: np.rot90(one),
    "brighter": lambda one: np.minimum(one * 1.3, 255),
    "a tenth cut off": lambda one: one[20:250, 10:240],
    "half cut off": lambda one: one[60:188, 70:198],
    "half cut off and mirrored": lambda one: one[60:188, 70:198][:, ::-1],
}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_changed_picture_is_found_with_its_original_and_no_other(change):
    changed = [
        print_of(f"c{seed}", np.ascontiguousarray(CHANGES[change](grey(seed)), dtype=np.float32)) for seed in range(12)
    ]
    found = {(pair.a, pair.b) for pair in pairs(changed, ORIGINALS)}

    assert found <= {(f"c{seed}", f"o{seed}") for seed in range(12)}
    assert len(found) >= 11


def test_a_mirrored_picture_is_said_to_be_mirrored():
    (pair,) = pairs([print_of("m", np.ascontiguousarray(grey(1)[:, ::-1]))], ORIGINALS[:3])

    assert (pair.b, pair.transform, pair.sure) == ("o1", "mirrored", True)
    assert pair.distance <= 31


def test_references_are_not_compared_with_one_another():
    twice = [print_of("r1", grey(1)), print_of("r2", grey(1))]

    assert pairs([ORIGINALS[2]], twice) == ()


def test_pictures_that_are_no_evidence_are_set_aside_with_the_reason():
    plain = print_of("plain", np.full((80, 80), 90.0, dtype=np.float32))
    crowd = [Print(f"same{n:02}", ORIGINALS[3].hashes, ORIGINALS[3].small) for n in range(MOST_SHARED + 1)]
    kept, left_out = set_aside([plain, *crowd, ORIGINALS[0], ORIGINALS[1]], [print_of("stop", grey(1))])

    assert [one.name for one in kept] == ["o0"]
    assert {(one.picture, one.reason) for one in left_out} >= {
        ("plain", TOO_PLAIN),
        ("same00", EVERYONES),
        ("o1", ON_STOP_LIST),
    }


def pair(a, b, *, sure=True):
    return Pair(a=a, b=b, distance=2, of=64, method="phash+dhash", transform="as it is", sure=sure)


def test_a_cluster_stands_in_the_order_of_first_sight_with_references_last():
    told = {
        "x": Bearer(account_id="ana", name="ana", first_seen="2024-05-03T00:00:00Z"),
        "y": Bearer(account_id="ben", name="ben", first_seen="2024-05-01T00:00:00Z"),
    }
    (cluster,) = clusters([pair("x", "y"), pair("x", "cover"), pair("y", "z")], ["cover"], told)

    assert [place.picture for place in cluster.places] == ["y", "x", "z", "cover"]
    assert cluster.names == ("ben", "ana")


def test_a_candidate_joins_nothing_until_a_person_has_looked():
    assert clusters([pair("x", "y", sure=False)]) == ()


@pytest.mark.parametrize(("corners", "sure"), [(8, False), (11, False), (12, True), (40, True)])
def test_a_cut_out_with_few_corners_waits_for_a_persons_look(monkeypatch, corners, sure):
    whole = grey(3)
    real = pairs_module.agreement

    def counted(one, other):
        seen = real(one, other)
        return seen and replace(seen, corners=corners)

    monkeypatch.setattr(pairs_module, "agreement", counted)
    (found,) = pairs([print_of("part", whole[40:200, 40:200])], [print_of("whole", whole)])

    assert (found.method, found.corners, found.sure) == ("corners", corners, sure)
