"""A timeline: things in the order of their times, taken from its old end as they expire.

things (time, number) ──add──► │ sorted │ ──take(until)──► numbers

What arrives late is sorted in among the newest; only the part that it overlaps is touched.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
FIRST_ROOM = 1 << 10


class Timeline:
    """Numbers by time."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._time = np.empty(FIRST_ROOM, np.int64)
        self._number = np.empty(FIRST_ROOM, np.int64)
        self._begin = self._end = 0

    def __len__(self) -> int:
        return self._end - self._begin

    @property
    def times(self) -> Ints:
        """The times, sorted."""
        return self._time[self._begin : self._end]

    @property
    def numbers(self) -> Ints:
        """The numbers, parallel to `times`; those of equal times in the order in which they arrived."""
        return self._number[self._begin : self._end]

    def add(self, time: Ints, number: Ints) -> None:
        """Add things in any order."""
        if not len(time):
            return
        self._make_room(len(time))
        overlap = self._begin + int(np.searchsorted(self.times, time.min(), side="right"))
        end = self._end + len(time)
        self._time[self._end : end], self._number[self._end : end] = time, number
        if (np.diff(self._time[overlap:end]) < 0).any():
            order = np.argsort(self._time[overlap:end], kind="stable")
            self._time[overlap:end] = self._time[overlap:end][order]
            self._number[overlap:end] = self._number[overlap:end][order]
        self._end = end

    def take(self, until: int) -> Ints:
        """Take out what is at `until` or before; its numbers, oldest first."""
        n = int(np.searchsorted(self.times, until, side="right"))
        taken = self.numbers[:n].copy()
        self._begin += n
        return taken

    def _make_room(self, n: int) -> None:
        if self._end + n <= len(self._time):
            return
        room = FIRST_ROOM
        while room < 2 * (len(self) + n):
            room *= 2
        time, number = np.empty(room, np.int64), np.empty(room, np.int64)
        time[: len(self)], number[: len(self)] = self.times, self.numbers
        self._time, self._number, self._begin, self._end = time, number, 0, len(self)
