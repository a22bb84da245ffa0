"""How long to wait before the next connection: longer each time, and never at the same moment as everyone else."""

from __future__ import annotations

from random import Random

FIRST_S = 0.5
LONGEST_S = 60.0
"""A server that was away for an hour is missed for a minute at most."""


class Backoff:
    """Full jitter: each wait is drawn evenly between nothing and a bound that doubles.

    Thousands of clients lose a server in the same second; waits that differ keep them from coming back in the same
    second. Brooker 2015, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
    """

    def __init__(self, random: Random, *, first_s: float = FIRST_S, longest_s: float = LONGEST_S) -> None:
        """Draw from `random`, whose seed the caller chose."""
        self._random, self._first_s, self._longest_s = random, first_s, longest_s
        self._failures = 0

    def wait_s(self) -> float:
        """Seconds to wait after one more failure."""
        bound = min(self._longest_s, self._first_s * 2.0 ** min(self._failures, 60))
        self._failures += 1
        return self._random.uniform(0.0, bound)

    def works(self) -> None:
        """Something arrived: the next failure is a first one."""
        self._failures = 0
