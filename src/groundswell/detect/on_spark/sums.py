"""Sums and products of floating-point numbers that come out as on one machine, to the last bit.

There numpy adds a column up in halves of halves, and BLAS multiplies a table by tiles of rows. Both give other last
digits to other shapes. So what is spread over workers is cut where they cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

LEAF = 128
"""Numbers that numpy adds up without halving (``pairwise_sum`` in its C source), eight at a time."""

TILE = 64
"""Rows after which any BLAS begins a new tile; what is left over at the end may differ in its last digit."""


def stretches(n: int, most: int) -> list[tuple[int, int]]:
    """Where numpy halves `n` numbers, until a stretch has no more than `most`: (from, to), in order."""
    return list(_halved(0, n, max(most, LEAF)))


def _halved(start: int, n: int, most: int) -> Iterator[tuple[int, int]]:
    if n <= most:
        yield start, start + n
        return
    half = n // 2 - n // 2 % 8
    yield from _halved(start, half, most)
    yield from _halved(start + half, n - half, most)


def summed(parts: Sequence[float], n: int, most: int) -> float:
    """The sum of `n` numbers, from the sums of their `stretches`."""
    left = iter(parts)

    def of(n: int) -> float:
        if n <= max(most, LEAF):
            return float(next(left))
        half = n // 2 - n // 2 % 8
        return of(half) + of(n - half)

    return of(n)


def rows_times(
    rows: np.ndarray[Any, Any], at_end: np.ndarray[Any, Any], n_rows: int, square: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Some rows of the product of a tall table with `square`, as the product of the whole table has them.

    Parameters
    ----------
    rows
        Rows of the table, any of them in any order.
    at_end
        For each, its place among the last ``n_rows % TILE`` rows of the table; -1 if it stands before them.
    n_rows
        Rows of the whole table.
    """
    width = rows.shape[1]
    before = np.zeros((-(-max(len(rows), 1) // TILE) * TILE, width))
    before[: len(rows)] = rows
    product = (before @ square)[: len(rows)]
    last = np.flatnonzero(at_end >= 0)
    if len(last):
        whole = TILE if n_rows >= TILE else 0
        end = np.zeros((whole + n_rows % TILE, width))
        end[whole + at_end[last]] = rows[last]
        product[last] = (end @ square)[whole + at_end[last]]
    return np.asarray(product)
