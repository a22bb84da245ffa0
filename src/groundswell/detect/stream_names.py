"""Names as numbers while they are needed: a number that went back is given to a later name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from groundswell.model.table import text_column

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
FIRST_ROOM = 1 << 12


class Names:
    """Numbers from 0 for names."""

    def __init__(self) -> None:
        """No name yet."""
        self._number: dict[str, int] = {}
        self._name = np.full(FIRST_ROOM, None, dtype=object)
        self._free = np.arange(FIRST_ROOM - 1, -1, -1)
        self._n_free = FIRST_ROOM
        self._sorted: list[str] = []

    def __len__(self) -> int:
        return len(self._number)

    @property
    def most(self) -> int:
        """All numbers are below this."""
        return len(self._name)

    def numbers(self, names: Sequence[str]) -> Ints:
        """The number of each name; new names get one."""
        known = self._number
        found = list(map(known.get, names))
        if None in found:
            new = [at for at, number in enumerate(found) if number is None]
            self._add(list(dict.fromkeys(names[at] for at in new)))
            for at in new:
                found[at] = known[names[at]]
        return np.array(found, np.int64)

    def name(self, number: int) -> str:
        """The name of a number."""
        return str(self._name[number])

    def of(self, numbers: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The names of numbers, as a column of text."""
        named: np.ndarray[Any, Any] = self._name[numbers]
        return named

    def listed(self) -> list[str]:
        """Every name, sorted."""
        # Sorting what was sorted is quick, and most of it was.
        kept = [name for name in self._sorted if name in self._number]
        before = set(kept)
        self._sorted = sorted([*kept, *(name for name in self._number if name not in before)])
        return self._sorted

    def give_back(self, numbers: Ints) -> None:
        """Forget the names of these numbers."""
        known = self._number
        for name in self._name[numbers].tolist():
            del known[name]
        self._name[numbers] = None
        self._free[self._n_free : self._n_free + len(numbers)] = numbers
        self._n_free += len(numbers)

    def _add(self, names: list[str]) -> None:
        """Give each of these new names a number."""
        while self._n_free < len(names):
            size = len(self._name)
            self._name = np.concatenate((self._name, np.full(size, None, dtype=object)))
            free = np.empty(2 * size, np.int64)
            free[:size], free[size : size + self._n_free] = (
                np.arange(2 * size - 1, size - 1, -1),
                self._free[: self._n_free],
            )
            self._free, self._n_free = free, size + self._n_free
        self._n_free -= len(names)
        numbers = self._free[self._n_free : self._n_free + len(names)]
        self._name[numbers] = text_column(names)
        self._number.update(zip(names, numbers.tolist(), strict=True))
