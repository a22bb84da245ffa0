"""One answer for all readers: made once, kept until what it was made of changes.

stamp ──same as before?──► the answer of before, else a new one; whoever asks meanwhile waits for it
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answer to a question that many ask and few change."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._kept: tuple[Hashable, T] | None = None

    def get(self, stamp: Hashable, make: Callable[[], T]) -> T:
        """The answer made at this stamp, by whoever asked first."""
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                self._kept = (stamp, make())
            return self._kept[1]
