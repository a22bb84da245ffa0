"""One answer for all readers: made once, kept until what it was made of changes.

stamp ──seen before?──► the answer of before, else a new one; whoever asks meanwhile waits for it
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answers to a question that many ask and few change.

    Answers are made one at a time: eight people who look at eight moments at once would wait as long, and the server
    would hold eight times as much.
    """

    def __init__(self, most: int = 1) -> None:
        """Begin with none; keep as many as `most`, the oldest go."""
        self._most = most
        self._making = threading.Lock()
        self._kept: dict[Hashable, T] = {}

    def get(self, stamp: Hashable, make: Callable[[], T]) -> T:
        """The answer made at this stamp, by whoever asked first."""
        kept = self._kept
        if stamp in kept:
            return kept[stamp]
        with self._making:
            if stamp not in self._kept:
                made = make()
                # A new dict in place of the old one: readers without the lock see either, never one half changed.
                left = list(self._kept.items())[-(self._most - 1) :] if self._most > 1 else []
                self._kept = {**dict(left), stamp: made}
            return self._kept[stamp]
