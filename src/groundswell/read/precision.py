"""How fine the clock of a file is: the coarsest step of which every time is a whole multiple."""

from __future__ import annotations

from typing import Any

import numpy as np

GRAINS_US = (1, 1_000, 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000)
"""A microsecond, a millisecond, a second, a minute, an hour, a day."""

ACCIDENT = 1e-6
"""A coarse step is believed only if times on a clock one step finer would all fall on it less often than this."""

ENOUGH = 64
"""Distinct times counted; more prove nothing more."""


class Clock:
    """Takes times batch by batch and tells their grain."""

    def __init__(self) -> None:
        """No times yet."""
        self._on_grain = [True] * len(GRAINS_US)
        self._distinct: set[int] = set()

    def add(self, times_us: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        """Take a batch of times, in microseconds since 1970."""
        for i, grain in enumerate(GRAINS_US):
            self._on_grain[i] = self._on_grain[i] and not np.any(times_us % grain)
        if len(self._distinct) < ENOUGH:
            self._distinct.update(np.unique(times_us)[:ENOUGH].tolist())

    @property
    def precision_s(self) -> float | None:
        """The grain in seconds; None without times.

        Two posts at whole minutes may be chance, five are a clock that shows no seconds.
        """
        if not self._distinct:
            return None
        grain = GRAINS_US[0]
        for finer, coarser, fits in zip(GRAINS_US, GRAINS_US[1:], self._on_grain[1:], strict=False):
            if not fits or (finer / coarser) ** len(self._distinct) > ACCIDENT:
                break
            grain = coarser
        return grain / 1e6
