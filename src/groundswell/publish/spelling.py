"""How numbers, times and lags are written on a page: always the same way, never more exact than they are."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import numpy as np

SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
STEPS = ((31_557_600.0, "years"), (86_400.0, "days"), (3_600.0, "h"), (60.0, "min"))


def count(number: float) -> str:
    """12,431"""
    return f"{number:,.0f}"


def counted(number: int, one: str, many: str) -> str:
    """«1 account», «14 accounts»."""
    return f"{number:,} {one if number == 1 else many}"


def percent(share: float) -> str:
    """A share of 0 to 1 with two figures: «1.4 %», «0.36 %», «41 %»."""
    value = 100 * share
    if value == 0 or value >= 99.95:
        return f"{value:.0f} %"
    places = max(0, 1 - math.floor(math.log10(value)))
    return f"{value:.{min(places, 4)}f} %"


def figure(number: float) -> str:
    """A measured number with as many figures as can be read: «0.31», «4.2», «38», «1,204»."""
    if math.isnan(number):
        return "unknown"
    if abs(number) >= 9.95:
        return f"{number:,.0f}"
    return f"{number:.2g}" if abs(number) >= 0.001 or number == 0 else f"{number:.0e}"


def lag(seconds: float) -> str:
    """A time between two posts, in the unit a person would use: «4 s», «12 min», «3.5 h»."""
    seconds = abs(seconds)
    for size, unit in STEPS:
        if seconds >= 2 * size:
            value = seconds / size
            return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f}".removesuffix(".0") + f" {unit}"
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
