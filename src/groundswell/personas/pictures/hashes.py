"""Perceptual hashes: a picture as a few words of bits that change little when the picture is saved again.

    grey picture ──► pHash 64    low frequencies of the whole picture, above or below their median
                     dHash 64    is each of 8 × 8 places darker than its right neighbour?
                     PDQ 256     as published by Meta, with its quality 0 to 100
                                 each for the 8 turns and mirrorings of the picture

Near hashes are candidates, not conclusions. Measured on test photographs: PDQ finds none of 19 pictures cropped by
5 %, and 14 of 19 shrunk to 48 pixels; pHash and dHash find 18 and 19 of the latter (docs/pictures_and_automation.md).

PDQ: https://github.com/facebook/ThreatExchange/tree/main/pdq and the paper there. pHash after Zauner (2010),
dHash after Krawetz (2013); the grids are our own, so these two equal no other tool's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from groundswell.personas.pictures.resample import Grey, resampled, resampled_together

Bits: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]

TURNS = (
    "as it is",
    "turned left",
    "turned upside down",
    "turned right",
    "mirrored",
    "mirrored and turned left",
    "mirrored and turned upside down",
    "mirrored and turned right",
)
"""The eight ways to lay a picture on the table, in the order of `turned`."""

GRID = 64
"""Side of the grid that pHash and dHash are read from."""

FEWEST_SIDE = 16
"""Pixels; below it there is nothing to compare."""

FLAT = 50
"""PDQ quality below which Meta advises to discard: too little structure."""


@dataclass(frozen=True, eq=False)
class Hashes:
    """What is kept of one picture. Row t of each array belongs to ``TURNS[t]``."""

    phash: Bits
    """Shape (8,)."""
    dhash: Bits
    """Shape (8,)."""
    pdq: Bits
    """Shape (8, 4), most significant word first."""
    quality: int
    """PDQ's measure of structure, 0 (flat) to 100."""
    contrast: float
    """Standard deviation of the 64 × 64 grid, in grey levels."""
    height: int
    width: int

    @property
    def can_be_compared(self) -> bool:
        """Whether there is enough in the picture to tell it from others: flags and plain discs are everyone's."""
        return self.quality >= FLAT and self.contrast >= 8.0 and min(self.height, self.width) >= FEWEST_SIDE


def hashes(grey: Grey) -> Hashes:
    """Hash a grey picture, its turns and its mirrorings.

    Parameters
    ----------
    grey
        Luma, 0 to 255, of any size.

    Notes
    -----
    The turns are made of the small grids, not of the picture. For pHash and dHash that is exact, because turning and
    averaging commute. PDQ's published grid leans by a part of a cell, so the turn of its hash and the hash of the
    turned picture may differ in some thirty bits where the picture has fine stripes; pHash and dHash stand in.
    """
    grid = resampled(grey, GRID, GRID).astype(np.float64)
    grids = np.array([turned(grid, t) for t in range(len(TURNS))])
    pdq_grid = pdq_buffer(grey)
    return Hashes(
        phash=np.array([_phash(one) for one in grids], dtype=np.uint64),
        dhash=np.array(_dhashes(grids), dtype=np.uint64),
        pdq=np.array([_pdq(turned(pdq_grid, t)) for t in range(len(TURNS))], dtype=np.uint64),
        quality=pdq_quality(pdq_grid),
        contrast=float(grid.std()),
        height=grey.shape[0],
        width=grey.shape[1],
    )


def turned(grid: np.ndarray[Any, Any], turn: int) -> np.ndarray[Any, Any]:
    """A picture in the way ``TURNS[turn]`` says: mirrored left to right first, then turned."""
    return np.rot90(grid[:, ::-1] if turn >= 4 else grid, turn % 4)


def undone(turn: int) -> int:
    """The turn that undoes a turn: mirrored ones undo themselves."""
    return turn if turn >= 4 else -turn % 4


def pdq_text(words: Bits) -> str:
    """A PDQ hash as it is written, 64 hexadecimal digits."""
    return "".join(f"{int(word):016x}" for word in words)


def pdq_buffer(grey: Grey) -> np.ndarray[Any, np.dtype[np.float64]]:
    """PDQ's 64 × 64 grid: two passes of a box filter about as wide as a grid cell, then one sample a cell."""
    rows, columns = grey.shape
    smooth = grey.astype(np.float64)
    for _ in range(2):
        smooth = _boxed(smooth, (columns + 127) // 128)
        smooth = _boxed(smooth.T, (rows + 127) // 128).T
    at_row = ((np.arange(64) + 0.5) * rows / 64).astype(int)
    at_column = ((np.arange(64) + 0.5) * columns / 64).astype(int)
    return np.asarray(smooth[at_row][:, at_column])


def pdq_quality(grid: np.ndarray[Any, np.dtype[np.float64]]) -> int:
    """PDQ's quality, 0 to 100: the sum of the grid's steps, each cut to whole per cents of full contrast."""
    steps = sum(int(np.abs(np.trunc(np.diff(grid, axis=axis) * 100 / 255)).sum()) for axis in (0, 1))
    return min(100, int(steps / 90))


def _boxed(grid: np.ndarray[Any, Any], full: int) -> np.ndarray[Any, Any]:
    """Along each row, the mean of `full` pixels around each, fewer at the ends; an even box leans right."""
    n = grid.shape[1]
    half = (full + 2) // 2
    sums = np.concatenate([np.zeros((len(grid), 1)), np.cumsum(grid, axis=1)], axis=1)
    at = np.arange(n)
    first, last = np.maximum(at - (full - half), 0), np.minimum(at + half, n)
    return np.asarray((sums[:, last] - sums[:, first]) / (last - first))


def _pdq(grid: np.ndarray[Any, Any]) -> list[int]:
    waves = _cosines(16)
    strengths = (waves @ grid @ waves.T).ravel()
    bits = strengths > np.partition(strengths, 127)[127]
    # Bit 0 is the least significant of the last word.
    return [_word(bits[first : first + 64]) for first in (192, 128, 64, 0)]


def _phash(grid: np.ndarray[Any, Any]) -> int:
    waves = _cosines(8)
    strengths = (waves @ grid @ waves.T).ravel()
    return _word(strengths > np.partition(strengths, 31)[31])


def _dhashes(grids: np.ndarray[Any, Any]) -> list[int]:
    small = resampled_together(grids.astype(np.float32), 8, 9)
    return [_word(darker.ravel()) for darker in small[:, :, 1:] > small[:, :, :-1]]


def _word(bits: np.ndarray[Any, Any]) -> int:
    """64 bits as a number, the first one the least significant."""
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


@cache
def _cosines(n: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The first `n` waves of a 64-point cosine transform, the constant one left out."""
    wave, at = np.arange(1, n + 1)[:, None], np.arange(64)[None, :]
    return np.asarray(np.sqrt(2 / 64) * np.cos(np.pi / 128 * wave * (2 * at + 1)))
