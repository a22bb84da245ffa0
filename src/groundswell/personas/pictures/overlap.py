"""One picture laid on another as their corners say: do both show the same, all over the part that they share?

    views, Agreement ──► Overlap      how alike as a whole, and how alike in the worse of nine tiles

Twelve corners can agree where two pictures hold the same stripes, letters or drawn eyes and nothing else in common.
Then a few tiles are alike and the others are not. A cut-out is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.personas.pictures.agreement import Agreement
from groundswell.personas.pictures.features import LONGEST

VIEW = 96
"""Pixels along the longest side of the views that are laid on one another."""

LEAST_OVERLAP = 150
"""Pixels of the second view, about 12 by 12."""

TILES = 3
"""Down and across the part that is shared."""

LEAST_OF_TILE = 25
"""Pixels; a tile with fewer, at a slanting edge, says nothing."""

PLAIN = 3.0
"""Standard deviation in grey levels below which a tile is as good as empty; sky on sky says nothing."""

View = np.ndarray[Any, np.dtype[np.uint8]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Correlations of grey values, -1 to 1."""

    alike: float
    """Over all of the part that both show; 0 where it is too small, or either is plain there."""
    in_tiles: float
    """Of nine tiles of that part, a quarter are less alike than this. Captions may cover two of them."""


NOTHING = Overlap(0.0, 0.0)


def overlap(one: View, other: View, seen: Agreement) -> Overlap:
    """Lay the first picture on the second and compare the greys.

    Parameters
    ----------
    one, other
        Both shrunk or enlarged in proportion to `VIEW` pixels along their longest side.
    """
    laid, covered = _laid(one, other.shape, seen)
    if covered.sum() < LEAST_OVERLAP:
        return NOTHING
    below = other.astype(np.float64)
    tiles = [
        _correlation(laid[part][shared], below[part][shared])
        for part in _parts(covered)
        if (shared := covered[part]).sum() >= LEAST_OF_TILE
        and max(laid[part][shared].std(), below[part][shared].std()) >= PLAIN
    ]
    if not tiles:
        return NOTHING
    return Overlap(_correlation(laid[covered], below[covered]), float(np.quantile(tiles, 0.25)))


def _laid(one: View, shape: tuple[int, int], seen: Agreement) -> tuple[Floats, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The first view as it comes to lie on a second one of that shape, and where it covers it."""
    height, width = shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    # From pixels of the second view to its own 256, back through the transform, to pixels of the first view.
    x = (x - (width - 1) / 2) * (LONGEST / VIEW) - seen.shift[0]
    y = (y - (height - 1) / 2) * (LONGEST / VIEW) - seen.shift[1]
    cos, sin = np.cos(seen.tilt) / seen.scale, np.sin(seen.tilt) / seen.scale
    rows, columns = one.shape
    at_x = (cos * x + sin * y) * (VIEW / LONGEST) + (columns - 1) / 2
    at_y = (cos * y - sin * x) * (VIEW / LONGEST) + (rows - 1) / 2
    covered = (at_x >= 0) & (at_x <= columns - 1) & (at_y >= 0) & (at_y <= rows - 1)
    # Between four pixels each.
    left, top = (np.clip(at.astype(int), 0, n - 2) for at, n in ((at_x, columns), (at_y, rows)))
    right, down = np.clip(at_x - left, 0, 1), np.clip(at_y - top, 0, 1)
    grey = one.astype(np.float64)
    above = grey[top, left] * (1 - right) + grey[top, left + 1] * right
    under = grey[top + 1, left] * (1 - right) + grey[top + 1, left + 1] * right
    return above * (1 - down) + under * down, covered


def _parts(covered: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[slice, slice]]:
    """The tiles of the box around what is covered."""
    rows, columns = np.flatnonzero(covered.any(axis=1)), np.flatnonzero(covered.any(axis=0))
    down = np.linspace(rows[0], rows[-1] + 1, TILES + 1).astype(int)
    across = np.linspace(columns[0], columns[-1] + 1, TILES + 1).astype(int)
    return [(slice(down[i], down[i + 1]), slice(across[j], across[j + 1])) for i in range(TILES) for j in range(TILES)]


def _correlation(one: Floats, other: Floats) -> float:
    one, other = one - one.mean(), other - other.mean()
    strength = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum() / strength) if strength else 0.0
