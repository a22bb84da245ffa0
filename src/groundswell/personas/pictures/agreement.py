"""Do two pictures show the same thing in the same arrangement? Corners matched, then one shift, size and tilt for all.

    Features, Features ──► Agreement      corners in agreement, and the shift, scale and tilt they agree on: or None

Two corners with alike bits are nothing; eight or more that all fit one similarity transform is the same picture, or
the same part of it, unless both hold the same stripes, letters or drawn eyes: `overlap` then looks at the greys.
Fischler & Bolles (1981), doi:10.1145/358669.358692, but every two of the best matches are tried in order, and none is
drawn at random: the same pictures give the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.personas.pictures.features import Features, Floats
from groundswell.personas.pictures.hashes import Bits

MOST_BITS = 72
"""Differing bits of 256 at which two corners may still be the same; unrelated ones differ in 128, give or take 20."""

CLEARER = 0.9
"""The next-best corner elsewhere must differ in more bits by this factor, or the match says nothing."""

TOLERANCE = 5.0
"""Pixels of 256 by which a corner may miss its place."""

FEWEST = 8
"""Corners in agreement, at places of their own; see benchmarks/pictures.py for what unrelated pictures reach."""

TRIED = 40
"""Best matches of which every two propose a transform."""

REFITS = 3
"""Times the transform is fitted to the corners that agree with it; then they no longer change."""

XY = np.array([1, 1j])
"""Places as complex numbers, which a similarity transform multiplies and shifts."""

LARGEST_TILT = 0.35
"""Radians, 20°: BRIEF does not survive more. Quarter turns are turns of their own."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One similarity transform that many corners of both pictures fit."""

    corners: int
    """Corners in agreement, counted once for each place of 6 by 6 pixels in both."""
    scale: float
    """How much larger things are in the second picture, both shrunk to 256 pixels."""
    tilt: float
    """Radians."""
    shift: tuple[float, float]
    """Where the first picture's centre comes to lie in the second, x and y from its centre, both at 256 pixels."""


def agreement(one: Features, other: Features) -> Agreement | None:
    """The transform from the first picture to the second that most corners fit, if `FEWEST` or more do."""
    if min(len(one), len(other)) < FEWEST:
        return None
    matched = _matches(one.bits, other.bits, one.at, other.at, MOST_BITS, CLEARER)
    if len(matched) < FEWEST:
        return None
    matched = matched[np.lexsort((matched[:, 1], matched[:, 0], matched[:, 2]))]
    start, end = one.at[matched[:, 0]], other.at[matched[:, 1]]
    corners, scale, tilt, x, y = _best(start, end, TRIED, TOLERANCE, LARGEST_TILT)
    if corners < FEWEST:
        return None
    scale, tilt, shift = _refitted(start, end, scale, tilt, complex(x, y))
    return Agreement(int(corners), scale, tilt, (shift.real, shift.imag))


def _refitted(one: Floats, other: Floats, scale: float, tilt: float, shift: complex) -> tuple[float, float, complex]:
    """The transform that lies nearest to all corners that agree, since two of them alone fix it to a pixel or two."""
    start, end = one @ XY, other @ XY
    turn = complex(scale * np.exp(1j * tilt))
    for _ in range(REFITS):
        agreed = np.abs(turn * start + shift - end) <= TOLERANCE * max(1.0, abs(turn))
        if agreed.sum() < FEWEST:
            break
        middle, other_middle = start[agreed].mean(), end[agreed].mean()
        around = start[agreed] - middle
        spread = float((np.abs(around) ** 2).sum())
        if not spread:
            break
        turn = complex(np.conj(around) @ (end[agreed] - other_middle)) / spread
        shift = complex(other_middle - turn * middle)
    return abs(turn), float(np.angle(turn)), shift


@compiled
def _matches(
    one: Bits, other: Bits, at_one: Floats, at_other: Floats, most: int, clearer: float
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """(corner, corner, bits): mutual nearest, near enough, and clearly nearer than any at another place."""
    n, m = one.shape[0], other.shape[0]
    bits = np.empty((n, m), dtype=np.int32)
    nearest_of_other = np.full(m, -1, dtype=np.int64)
    least_of_other = np.full(m, 1 << 30, dtype=np.int64)
    for i in range(n):
        for j in range(m):
            differ = 0
            for word in range(4):
                x = one[i, word] ^ other[j, word]
                x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
                x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
                x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                differ += int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))
            bits[i, j] = differ
            if differ < least_of_other[j]:
                least_of_other[j] = differ
                nearest_of_other[j] = i
    found = np.empty((n, 3), dtype=np.int64)
    k = 0
    for i in range(n):
        at = 0
        for j in range(1, m):
            if bits[i, j] < bits[i, at]:
                at = j
        least = bits[i, at]
        if least > most:
            continue
        back = nearest_of_other[at]
        # The same corner is often found at two sizes; either of its two halves may be the mutual nearest.
        if (at_one[back, 0] - at_one[i, 0]) ** 2 + (at_one[back, 1] - at_one[i, 1]) ** 2 > 25.0:
            continue
        clear = True
        for j in range(m):
            if bits[i, j] * clearer < least and (
                (at_other[j, 0] - at_other[at, 0]) ** 2 + (at_other[j, 1] - at_other[at, 1]) ** 2 > 64.0
            ):
                clear = False
                break
        if clear:
            found[k, 0], found[k, 1], found[k, 2] = i, at, least
            k += 1
    return found[:k]


@compiled
def _best(
    one: Floats, other: Floats, tried: int, tolerance: float, largest_tilt: float
) -> tuple[int, float, float, float, float]:
    """Most places in agreement, and scale, tilt and shift of the first transform that reaches it."""
    n = one.shape[0]
    most, best_scale, best_tilt, shift_x, shift_y = 0, 1.0, 0.0, 0.0, 0.0
    places_one = np.empty((n, 2), dtype=np.float32)
    places_other = np.empty((n, 2), dtype=np.float32)
    for i in range(min(n, tried)):
        for j in range(i + 1, min(n, tried)):
            ux, uy = one[j, 0] - one[i, 0], one[j, 1] - one[i, 1]
            vx, vy = other[j, 0] - other[i, 0], other[j, 1] - other[i, 1]
            length = ux * ux + uy * uy
            if length < 400.0 or vx * vx + vy * vy < 100.0:
                continue  # neighbours fix neither size nor tilt
            # Complex division: v = (a + ib) u.
            a = (vx * ux + vy * uy) / length
            b = (vy * ux - vx * uy) / length
            scale = np.sqrt(a * a + b * b)
            tilt = np.arctan2(b, a)
            if scale < 0.2 or scale > 5.0 or abs(tilt) > largest_tilt:
                continue
            # A pixel of the smaller picture is worth more than one of the larger.
            limit = (tolerance * max(1.0, scale)) ** 2
            agreed = 0
            for k in range(n):
                x, y = one[k, 0] - one[i, 0], one[k, 1] - one[i, 1]
                dx = a * x - b * y + other[i, 0] - other[k, 0]
                dy = b * x + a * y + other[i, 1] - other[k, 1]
                if dx * dx + dy * dy > limit:
                    continue
                new = True
                for before in range(agreed):
                    if (places_one[before, 0] - one[k, 0]) ** 2 + (places_one[before, 1] - one[k, 1]) ** 2 < 36.0 or (
                        places_other[before, 0] - other[k, 0]
                    ) ** 2 + (places_other[before, 1] - other[k, 1]) ** 2 < 36.0:
                        new = False
                        break
                if new:
                    places_one[agreed, 0], places_one[agreed, 1] = one[k, 0], one[k, 1]
                    places_other[agreed, 0], places_other[agreed, 1] = other[k, 0], other[k, 1]
                    agreed += 1
            if agreed > most:
                most, best_scale, best_tilt = agreed, scale, tilt
                shift_x = other[i, 0] - (a * one[i, 0] - b * one[i, 1])
                shift_y = other[i, 1] - (b * one[i, 0] + a * one[i, 1])
    return most, best_scale, best_tilt, shift_x, shift_y
