"""Room for many numbers that are written once, in the small pages of the memory.

For a large array numpy asks the system for large pages. On a machine of its own that is right. On a virtual one the
host has often taken back what was not used, and then the first touch of a large page waits until all of its 512 small
ones are there: 3.4 CPU s a GB were measured, against .65 in small pages, and .12 in large ones that were still there.
"""

from __future__ import annotations

import mmap
import sys
from typing import Any

import numpy as np

LARGE_BYTES = 1 << 22
"""Below this numpy doesn't ask."""


def room(n: int, kind: type[np.generic]) -> np.ndarray[Any, Any]:
    """An array of `n` numbers of this kind, not filled."""
    n_bytes = n * np.dtype(kind).itemsize
    if n_bytes < LARGE_BYTES or sys.platform == "win32":
        return np.empty(n, kind)
    pages = mmap.mmap(-1, n_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return np.frombuffer(pages, kind, count=n)
