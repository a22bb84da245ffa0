"""What a run spent: seconds a step, and the most memory the process ever held."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Meter:
    """Times the steps of one run. Kept out of every table: durations are the one thing that may differ."""

    def __init__(self) -> None:
        """Start with nothing spent."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count the time inside to `name`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - started, 3)

    @staticmethod
    def peak_memory_mb() -> int:
        """The largest resident size of this process so far, in MB."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return int(peak / 1_048_576 if sys.platform == "darwin" else peak / 1024)
