"""A grey picture at another size: each new pixel is the mean of the area it covers."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Grey: TypeAlias = np.ndarray[Any, np.dtype[np.float32]]
"""Luma, rows by columns, 0 (black) to 255 (white)."""


def resampled(grey: Grey, height: int, width: int) -> Grey:
    """The picture squeezed to `height` by `width` pixels, whatever its own proportions.

    Area means and not a sharper filter: what survives them survives a platform's own resizing too. Where a new pixel
    is smaller than an old one, it takes its value from the old ones it touches.
    """
    return _along_rows(_along_rows(grey, width).T, height).T


def resampled_together(greys: Grey, height: int, width: int) -> Grey:
    """Many pictures of one size, shape (n, rows, columns), each as `resampled` would make it, in two passes for all."""
    n, rows, columns = greys.shape
    narrow = _along_rows(greys.reshape(n * rows, columns), width).reshape(n, rows, width)
    upended = np.ascontiguousarray(narrow.transpose(0, 2, 1)).reshape(n * width, rows)
    return _along_rows(upended, height).reshape(n, width, height).transpose(0, 2, 1)


def fitted(grey: Grey, longest: int) -> Grey:
    """The picture shrunk in proportion until no side is longer than `longest` pixels; never enlarged."""
    rows, columns = grey.shape
    if max(rows, columns) <= longest:
        return grey
    part = longest / max(rows, columns)
    return resampled(grey, max(1, round(rows * part)), max(1, round(columns * part)))


def _along_rows(grey: Grey, width: int) -> Grey:
    """Area means along each row, by the running sum read at the edges of the new pixels."""
    rows, columns = grey.shape
    if width == columns:
        return grey
    sums = np.zeros((rows, columns + 1))
    np.cumsum(grey, axis=1, dtype=np.float64, out=sums[:, 1:])
    edges = np.minimum(np.arange(width + 1) * (columns / width), columns)
    whole = np.minimum(edges.astype(int), columns - 1)
    at_edges = sums[:, whole] + (edges - whole) * (sums[:, whole + 1] - sums[:, whole])
    return np.asarray(np.diff(at_edges, axis=1) * (width / columns), dtype=np.float32)
