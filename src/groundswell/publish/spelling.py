"""How counts, times and lags are written in tables and drawings, where a sentence's words would not fit.

Shares, figures and nouns with their counts are written as `groundswell.assess.wording` writes them in sentences.
"""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNITS = ((31_557_600.0, "year", "years"), (86_400.0, "day", "days"), (3_600.0, "h", "h"), (60.0, "min", "min"))


def count(number: float) -> str:
    """12,431"""
    return f"{number:,.0f}"


def lag(seconds: float) -> str:
    """A time between two posts, in the unit a person would use: «4 s», «90 s», «1 h», «3.5 h», «12 days»."""
    seconds = abs(seconds)
    for size, one, many in UNITS:
        if seconds >= 2 * size or (seconds == size and size > 60):
            value = seconds / size
            written = f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")
            return f"{written} {one if written == '1' else many}"
    return f"{seconds:.0f} s" if seconds >= 10 or seconds == int(seconds) else f"{seconds:.2g} s"


def moment(time: datetime | np.datetime64 | str | None) -> str:
    """«6 May 2026, 07:30:03», UTC."""
    at = utc(time)
    return f"{day(at)}, {at:%H:%M:%S}" if at else "unknown"


def minute(time: datetime | np.datetime64 | str | None) -> str:
    """«6 May 07:30», UTC."""
    at = utc(time)
    return f"{at.day} {SHORT_MONTHS[at.month - 1]} {at:%H:%M}" if at else "unknown"


def day(time: datetime | np.datetime64 | str | None) -> str:
    """«6 May 2026», UTC."""
    at = utc(time)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}" if at else "unknown"


def days(first: datetime | np.datetime64 | str | None, last: datetime | np.datetime64 | str | None) -> str:
    """The days from first to last: «3–9 May 2026», «28 April – 3 May 2026»."""
    start, end = utc(first), utc(last)
    if start is None or end is None:
        return "dates unknown"
    if start.date() == end.date():
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def iso(time: datetime | np.datetime64 | str | None) -> str:
    """For machines: «2026-05-06T07:30:03Z», empty where unknown."""
    at = utc(time)
    if at is None:
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (f".{at.microsecond:06d}".rstrip("0") if at.microsecond else "") + "Z"


def utc(time: datetime | np.datetime64 | str | None) -> datetime | None:
    """A time as an aware datetime; None where it is unknown or beyond what a calendar holds."""
    if time is None or (isinstance(time, np.datetime64) and np.isnat(time)):
        return None
    if isinstance(time, np.datetime64):
        time = time.astype("datetime64[us]").astype(object)
        if not isinstance(time, datetime):
            return None
    if isinstance(time, str):
        try:
            time = datetime.fromisoformat(time)
        except ValueError:
            return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
