"""Local features: corners of a picture at several sizes, each with 256 bits about its neighbourhood.

    grey picture ──► Features      place · scale · bits, sorted as they were found

A hash speaks of a whole picture and is lost when a face is cut out of a book cover. Corners stay where they are on
the face. Corners after Shi & Tomasi (1994), doi:10.1109/CVPR.1994.323794, bits after BRIEF: Calonder et al. (2010),
doi:10.1007/978-3-642-15561-1_56.

The points that BRIEF compares are drawn so that the set of comparisons is its own mirror image and its own quarter
turn. So the bits of a mirrored picture are those of the picture in another order, and nothing is computed twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.personas.pictures.hashes import TURNS, Bits
from groundswell.personas.pictures.resample import Grey, fitted, resampled

LONGEST = 256
"""Pixels; the picture's longest side at the first size. More would find more corners of less worth."""

LEVELS = 7
STEP = 2 ** (1 / 3)
"""From one size to the next. Bits survive half a step; seven sizes reach a cut-out of a quarter of the width."""

REACH = 12
"""Pixels around a corner that its bits speak of."""

CELLS = 6
CORNERS_A_CELL = 2
"""The strongest corners of each of 6 × 6 cells, so that one busy corner of the picture does not take them all."""

DRAWS = 32
"""Comparisons drawn; each stands in the 8 turns: 256 bits."""

SEED = 20_180_703
"""Fixes the comparisons: bits of two versions with other comparisons can't be compared."""

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, eq=False)
class Features:
    """The corners of one picture."""

    at: Floats
    """Shape (n, 2): x and y from the picture's centre, in 256ths of its longest side, whatever its size."""
    scale: Floats
    """Shape (n,): how much smaller than the first size the picture was where the corner was found."""
    bits: Bits
    """Shape (n, 4)."""

    def __len__(self) -> int:
        return len(self.scale)

    def turned(self, turn: int) -> Features:
        """The features of the picture in the way ``TURNS[turn]`` says."""
        if turn == 0:
            return self
        places = (self.at @ _matrices()[turn].T).astype(np.float32)
        unpacked = np.unpackbits(self.bits.view(np.uint8), axis=1, bitorder="little")
        bits = np.ascontiguousarray(np.packbits(unpacked[:, _orders()[turn]], axis=1, bitorder="little")).view(
            np.uint64
        )
        return Features(places, self.scale, bits)


def features(grey: Grey) -> Features:
    """Find the corners of a grey picture, at most 72 at each of 7 sizes."""
    first = fitted(grey, LONGEST)
    height, width = first.shape
    places, scales, bits = [], [], []
    for level in range(LEVELS):
        scale = STEP**level
        rows, columns = round(height / scale), round(width / scale)
        if min(rows, columns) < 2 * REACH + 8:
            break
        smooth = _smooth(np.ascontiguousarray(resampled(first, rows, columns) if level else first))
        corners = _corners(smooth, CELLS, CORNERS_A_CELL, REACH + 1)
        if not len(corners):
            continue
        bits.append(_described(smooth, corners, _comparisons()))
        to_first = np.array([width / columns, height / rows]) * (LONGEST / max(height, width))
        middle = np.array([(columns - 1) / 2, (rows - 1) / 2])
        places.append(((corners[:, ::-1] - middle) * to_first).astype(np.float32))
        scales.append(np.full(len(corners), scale, dtype=np.float32))
    if not places:
        return Features(np.empty((0, 2), np.float32), np.empty(0, np.float32), np.empty((0, 4), np.uint64))
    return Features(np.concatenate(places), np.concatenate(scales), np.concatenate(bits))


def _smooth(grey: Grey) -> Grey:
    """Three by three means, twice: about a Gaussian of 1.2 pixels, without which single pixels decide the bits."""
    padded = np.pad(grey, 2, mode="edge")
    for _ in range(2):
        padded = (padded[:-2] + padded[1:-1] + padded[2:]) / np.float32(3)
        padded = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / np.float32(3)
    return np.ascontiguousarray(padded, dtype=np.float32)


@compiled
def _corners(grey: Grey, cells: int, most: int, margin: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """(row, column) of the strongest corners of each cell: the smaller eigenvalue of the gradients around a pixel."""
    height, width = grey.shape
    # Products of the gradients, summed along rows first and then down columns: five by five around each pixel.
    products = np.zeros((3, height, width), dtype=np.float32)
    for row in range(1, height - 1):
        for column in range(1, width - 1):
            dx = grey[row, column + 1] - grey[row, column - 1]
            dy = grey[row + 1, column] - grey[row - 1, column]
            products[0, row, column], products[1, row, column], products[2, row, column] = dx * dx, dy * dy, dx * dy
    along = np.zeros((3, height, width), dtype=np.float32)
    for k in range(3):
        for row in range(height):
            for column in range(2, width - 2):
                total = np.float32(0.0)
                for x in range(column - 2, column + 3):
                    total += products[k, row, x]
                along[k, row, column] = total
    strength = np.zeros((height, width), dtype=np.float32)
    for row in range(margin, height - margin):
        for column in range(margin, width - margin):
            a = b = c = np.float32(0.0)
            for y in range(row - 2, row + 3):
                a += along[0, y, column]
                b += along[1, y, column]
                c += along[2, y, column]
            half = (a - b) * np.float32(0.5)
            strength[row, column] = (a + b) * np.float32(0.5) - np.sqrt(half * half + c * c)
    found = np.empty((cells * cells * most, 2), dtype=np.int64)
    n = 0
    best_at = np.empty((most, 2), dtype=np.int64)
    best = np.empty(most, dtype=np.float32)
    for cell in range(cells * cells):
        top = margin + (height - 2 * margin) * (cell // cells) // cells
        bottom = margin + (height - 2 * margin) * (cell // cells + 1) // cells
        left = margin + (width - 2 * margin) * (cell % cells) // cells
        right = margin + (width - 2 * margin) * (cell % cells + 1) // cells
        kept = 0
        for row in range(top, bottom):
            for column in range(left, right):
                value = strength[row, column]
                if value < 25.0:  # gradients of a grey level a pixel: paper, sky, the noise of saving
                    continue
                peak = True
                for y in range(row - 2, row + 3):
                    for x in range(column - 2, column + 3):
                        if strength[y, x] > value:
                            peak = False
                if not peak:
                    continue
                at = kept if kept < most else most
                while at > 0 and best[at - 1] < value:
                    at -= 1
                if at == most:
                    continue
                if kept < most:
                    kept += 1
                for later in range(kept - 1, at, -1):
                    best[later] = best[later - 1]
                    best_at[later, 0], best_at[later, 1] = best_at[later - 1, 0], best_at[later - 1, 1]
                best[at] = value
                best_at[at, 0], best_at[at, 1] = row, column
        for one in range(kept):
            found[n, 0], found[n, 1] = best_at[one, 0], best_at[one, 1]
            n += 1
    return found[:n]


@compiled
def _described(
    grey: Grey, corners: np.ndarray[Any, np.dtype[np.int64]], comparisons: np.ndarray[Any, np.dtype[np.int64]]
) -> Bits:
    """256 bits a corner: is the first point of a comparison darker than the second?"""
    bits = np.zeros((corners.shape[0], 4), dtype=np.uint64)
    for corner in range(corners.shape[0]):
        row, column = corners[corner, 0], corners[corner, 1]
        for bit in range(comparisons.shape[0]):
            one = grey[row + comparisons[bit, 1], column + comparisons[bit, 0]]
            other = grey[row + comparisons[bit, 3], column + comparisons[bit, 2]]
            if one < other:
                bits[corner, bit // 64] |= np.uint64(1) << np.uint64(bit % 64)
    return bits


@cache
def _matrices() -> np.ndarray[Any, np.dtype[np.int64]]:
    """(8, 2, 2): where a turn takes a point (x to the right, y down)."""
    left = np.array([[0, 1], [-1, 0]])
    mirror = np.array([[-1, 0], [0, 1]])
    return np.array(
        [
            np.linalg.matrix_power(left, turn % 4) @ (mirror if turn >= 4 else np.eye(2, dtype=int))
            for turn in range(len(TURNS))
        ]
    )


@cache
def _comparisons() -> np.ndarray[Any, np.dtype[np.int64]]:
    """(256, 4): x, y of the first point and x, y of the second; bit ``8 k + t`` is comparison k after turn t."""
    draw = np.random.default_rng(SEED)
    points = np.clip(np.rint(draw.normal(0, REACH / 2, (4 * DRAWS, 4))), -REACH, REACH).astype(np.int64)
    apart = np.abs(points[:, :2] - points[:, 2:]).sum(axis=1) >= 4
    points = points[apart][:DRAWS].reshape(DRAWS, 2, 2)
    return np.asarray(np.einsum("tij,kpj->ktpi", _matrices(), points).reshape(8 * DRAWS, 4))


@cache
def _orders() -> np.ndarray[Any, np.dtype[np.int64]]:
    """(8, 256): the bit of the picture that becomes each bit of the turned picture.

    Laid turn t, the picture shows at point t·p what it showed at p. So its comparison g·p is the old one at
    t⁻¹·g·p, and t⁻¹·g is again one of the eight.
    """
    matrices = _matrices()
    number = {matrices[t].tobytes(): t for t in range(len(TURNS))}
    inverse = [np.rint(np.linalg.inv(matrices[t])).astype(np.int64) for t in range(len(TURNS))]
    before = np.array(
        [[number[np.ascontiguousarray(inverse[t] @ matrices[g]).tobytes()] for g in range(8)] for t in range(8)]
    )
    bit = np.arange(8 * DRAWS)
    return np.asarray((bit // 8 * 8)[None, :] + before[:, bit % 8])
