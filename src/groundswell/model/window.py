"""A length of time as a person writes it: 60s, 10 min, 1h."""

from __future__ import annotations

import re
from datetime import timedelta

from groundswell.errors import WrongUse

UNITS_S = {
    "": 1.0, "ms": 0.001, "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0,
    "m": 60.0, "min": 60.0, "minute": 60.0, "minutes": 60.0,
    "h": 3600.0, "hour": 3600.0, "hours": 3600.0, "d": 86400.0, "day": 86400.0, "days": 86400.0,
}  # fmt: skip
LONGEST = timedelta(days=3660)
_WRITTEN = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*([a-z]*)\s*", re.IGNORECASE)


def window(written: str) -> timedelta:
    """Read a window; a bare number means seconds.

    >>> window("10 min"), window("90")
    (datetime.timedelta(seconds=600), datetime.timedelta(seconds=90))

    Raises
    ------
    WrongUse
        It is no length of time, not longer than nothing, or longer than ten years.
    """
    match = _WRITTEN.fullmatch(written)
    if not match or match[2].lower() not in UNITS_S:
        raise WrongUse(
            f"{written!r} is not a length of time.\n  Write it as a number and a unit: 60s, 10min, 1h or 2d."
        )
    seconds = float(match[1]) * UNITS_S[match[2].lower()]
    if not 0 < seconds <= LONGEST.total_seconds():
        raise WrongUse(
            f"A window of {written!r} makes no sense: it must be longer than nothing and at most ten years.\n"
            "  A window is the longest time between two posts that still counts as together.\n"
            "  Ask for `--window 60s`, for example."
        )
    return timedelta(seconds=seconds)
