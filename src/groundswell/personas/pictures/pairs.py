"""Every two pictures that are the same picture, or share a part of it.

    Print of each picture ──hashes near──► candidates ──grids alike──► Pair
                          ──corners vote─► candidates ──one transform─► Pair

Found by whole-picture hashes: saved again, smaller, darker, mirrored. Found by corners: cut out of a larger picture.
What is found is a picture; who is on it is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from groundswell.model.progress import Progress, silent
from groundswell.personas.pictures.agreement import Agreement, agreement
from groundswell.personas.pictures.features import Features, features
from groundswell.personas.pictures.hashes import TURNS, Hashes, hashes, turned
from groundswell.personas.pictures.likely import Index
from groundswell.personas.pictures.overlap import VIEW, Overlap, View, overlap
from groundswell.personas.pictures.resample import Grey, resampled
from groundswell.personas.pictures.search import distances, near

Method = Literal["pdq", "phash+dhash", "corners"]

PDQ_NEAR = 31
"""Meta's own threshold, of 256."""

PDQ_SIDE = 200
"""Pixels; below it PDQ misses one avatar in four, and pHash with dHash take its place."""

HASH_NEAR = 10
"""Of 64, by pHash and by dHash: a candidate."""

HASH_SAME = 8
"""Of 64, by both: the same picture without another look. Of 10⁵ ideal hashes one pair would be by chance."""

SMALL = 32
ALIKE = 0.88
"""Correlation of the two pictures shrunk to 32 × 32 that a candidate must reach: hashes throw the strengths away.
Saved again, shrunk, mirrored or a third brighter, made-up pictures keep 0.91 and more; of 36 pairs of unrelated ones
that their hashes proposed among 10⁵ the most alike had 0.83."""

SAME_ALIKE = 0.92
"""The same, for a pair that needs no person's look."""

SURE_CORNERS = 12
"""Corners in agreement from which a cut-out needs no person's look."""

OVERLAP_ALIKE = 0.9
TILES_ALIKE = 0.7
SAME_IN_TILES = 0.8
"""Correlation of the greys where corners lay one picture on the other: over all of the part they share, and in all but
a quarter of its tiles, for a candidate and for a sure pair. Of 282 unrelated pairs with eight corners and more (1,000
made-up pictures and their crops) none had more than 0.85 and 0.58; 1,596 true cut-outs had 0.93 and 0.84 or more."""

CANDIDATES = 8
"""Pictures laid beside one another for each picture and mirroring, those whose corners answered most."""

CORNER_TURNS = (0, 4)
"""Turns in which a cut-out is looked for: as it is, and mirrored."""


@dataclass(frozen=True, eq=False)
class Print:
    """What is kept of a picture to compare it by."""

    name: str
    hashes: Hashes
    small: np.ndarray[Any, np.dtype[np.float32]]
    """32 × 32, mean 0 and length 1."""
    features: Features | None = None
    view: View | None = None
    """96 pixels along the longest side, a byte each; None where corners were not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two pictures with something in common, and how it was seen."""

    a: str
    b: str
    distance: int
    """Differing bits of the hash named by `of`, in the turn named by `transform`."""
    of: int
    """64: of pHash; 256: of PDQ."""
    method: Method
    transform: str
    """How `a` must be laid to look like `b`: one of `TURNS`."""
    sure: bool
    """Whether it may be counted without a person's look; other pairs are candidates."""
    corners: int | None = None
    """Corners in agreement; None where the hashes were enough and corners were not looked at."""
    scale: float | None = None
    """How much larger things are in `b`, both pictures brought to the same longest side; None as above."""

    def as_json(self) -> dict[str, Any]:
        """The entry of ``pictures --json``."""
        return asdict(self)


def print_of(name: str, grey: Grey, *, corners: bool = True) -> Print:
    """Take the print of a picture.

    Parameters
    ----------
    corners
        Whether to look for corners, which takes most of the time and finds cut-outs.
    """
    small = resampled(grey, SMALL, SMALL)
    small = small - small.mean()
    length = float(np.sqrt((small**2).sum()))
    small = small / np.float32(length or 1.0)
    if not corners:
        return Print(name, hashes(grey), small)
    # Laying one view on another needs its scale: what is smaller than a view is drawn as large as one.
    part = VIEW / max(grey.shape)
    view = resampled(grey, max(1, round(grey.shape[0] * part)), max(1, round(grey.shape[1] * part)))
    return Print(name, hashes(grey), small, features(grey), np.rint(view).astype(np.uint8))


def pairs(
    prints: Sequence[Print],
    reference: Sequence[Print] = (),
    *,
    turns: Sequence[int] = tuple(range(len(TURNS))),
    progress: Progress = silent,
) -> tuple[Pair, ...]:
    """Find the pairs among `prints`, and between `prints` and `reference`; not those within `reference`.

    Parameters
    ----------
    prints, reference
        Only pictures that can be compared and are not on the stop list.
    turns
        Turns and mirrorings in which whole pictures are compared.

    Returns
    -------
    sorted by the names of `a` and `b`; `a` stands before `b` in `prints`, or `b` in `reference`
        One pair for each two pictures: the method that needs the least belief, then the least distance.
    """
    everything = [*prints, *reference]
    found: dict[tuple[int, int], Pair] = {}
    for step, turn in enumerate(turns):
        progress("Comparing pictures", step, len(turns))
        for candidate in _by_pdq(prints, everything, turn):
            _keep(found, *candidate)
        for candidate in _by_hashes(prints, everything, turn):
            _keep(found, *candidate)
    progress("Comparing pictures", len(turns), len(turns))
    for candidate in _by_corners(prints, everything, known=set(found), progress=progress):
        _keep(found, *candidate)
    return tuple(sorted(found.values(), key=lambda pair: (pair.a, pair.b)))


def _keep(found: dict[tuple[int, int], Pair], i: int, j: int, pair: Pair) -> None:
    """Keep the pair unless a better one of the same two pictures is known."""
    known = found.get((i, j))
    if known is None or _worth(pair) < _worth(known):
        found[i, j] = pair


def _worth(pair: Pair) -> tuple[Any, ...]:
    order: tuple[Method, ...] = ("pdq", "phash+dhash", "corners")
    return not pair.sure, order.index(pair.method), pair.distance, -(pair.corners or 0), TURNS.index(pair.transform)


def _by_pdq(prints: Sequence[Print], everything: Sequence[Print], turn: int) -> list[tuple[int, int, Pair]]:
    large = [n for n, one in enumerate(everything) if min(one.hashes.height, one.hashes.width) >= PDQ_SIDE]
    left = [n for n in large if n < len(prints)]
    if not left:
        return []
    i, j, bits = near(
        np.array([everything[n].hashes.pdq[turn] for n in left]),
        np.array([everything[n].hashes.pdq[0] for n in large]),
        PDQ_NEAR,
    )
    return [
        (a, b, _pair(everything, a, b, distance=int(d), of=256, method="pdq", turn=turn, sure=True))
        for a, b, d in ((left[x], large[y], z) for x, y, z in zip(i, j, bits, strict=True))
        if a < b and _alike(everything[a], everything[b], turn) >= ALIKE
    ]


def _by_hashes(prints: Sequence[Print], everything: Sequence[Print], turn: int) -> list[tuple[int, int, Pair]]:
    if not prints:
        return []
    left_p = np.array([[one.hashes.phash[turn]] for one in prints], dtype=np.uint64)
    left_d = np.array([[one.hashes.dhash[turn]] for one in prints], dtype=np.uint64)
    right_p = np.array([[one.hashes.phash[0]] for one in everything], dtype=np.uint64)
    right_d = np.array([[one.hashes.dhash[0]] for one in everything], dtype=np.uint64)
    i, j, bits = near(left_p, right_p, HASH_NEAR)
    other = distances(left_d[i], right_d[j])
    keep = (i < j) & (other <= HASH_NEAR)
    found = []
    for a, b, p, d in zip(i[keep].tolist(), j[keep].tolist(), bits[keep].tolist(), other[keep].tolist(), strict=True):
        if (alike := _alike(everything[a], everything[b], turn)) >= ALIKE:
            sure = max(p, d) <= HASH_SAME and alike >= SAME_ALIKE
            found.append((a, b, _pair(everything, a, b, distance=p, of=64, method="phash+dhash", turn=turn, sure=sure)))
    return found


def _by_corners(
    prints: Sequence[Print], everything: Sequence[Print], *, known: set[tuple[int, int]], progress: Progress
) -> list[tuple[int, int, Pair]]:
    described = [one.features for one in everything]
    if any(one is None for one in described):
        return []
    index = Index([one for one in described if one is not None])
    found = []
    tried: set[tuple[tuple[int, int], int]] = set()
    for a, one in enumerate(prints):
        if a % 50 == 0:
            progress("Looking for cut-outs", a, len(prints))
        assert one.features is not None
        for turn in CORNER_TURNS:
            laid = one.features.turned(turn)
            for b in index.likely(laid, CANDIDATES + 1).tolist():
                # Of two pictures in the folder, either may ask the other; a mirroring undoes itself.
                two = (min(a, b), max(a, b))
                if a == b or two in known or (two, turn) in tried:
                    continue
                tried.add((two, turn))
                first, second = everything[two[0]].features, everything[two[1]].features
                assert first is not None
                assert second is not None
                seen = agreement(first.turned(turn), second)
                if seen is None:
                    continue
                shared = _laid_on(everything[two[0]], everything[two[1]], turn, seen)
                if shared.alike >= OVERLAP_ALIKE and shared.in_tiles >= TILES_ALIKE:
                    found.append((*two, _cut(everything, *two, turn, seen, shared)))
    progress("Looking for cut-outs", len(prints), len(prints))
    return found


def _laid_on(one: Print, other: Print, turn: int, seen: Agreement) -> Overlap:
    assert one.view is not None
    assert other.view is not None
    return overlap(turned(one.view, turn), other.view, seen)


def _cut(everything: Sequence[Print], a: int, b: int, turn: int, seen: Agreement, shared: Overlap) -> Pair:
    bits = int(everything[a].hashes.phash[turn] ^ everything[b].hashes.phash[0]).bit_count()
    return _pair(
        everything,
        a,
        b,
        distance=bits,
        of=64,
        method="corners",
        turn=turn,
        sure=seen.corners >= SURE_CORNERS and shared.in_tiles >= SAME_IN_TILES,
        corners=seen.corners,
        scale=round(seen.scale, 2),
    )


def _pair(everything: Sequence[Print], a: int, b: int, *, turn: int, **rest: Any) -> Pair:
    return Pair(a=everything[a].name, b=everything[b].name, transform=TURNS[turn], **rest)


def _alike(one: Print, other: Print, turn: int) -> float:
    return float((turned(one.small, turn) * other.small).sum())
