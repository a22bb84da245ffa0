"""Times as people and platforms write them, as `datetime`: aware where a zone is told, naive where it is not.

2018-10-10T20:19:24.000Z        ISO 8601, with and without zone, seconds or the T
1539202764, …764123, 1.5e9      seconds, milliseconds, microseconds or nanoseconds since 1970
10/1/17 19:58                   United States: month first
Wed Oct 10 20:19:24 +0000 2018  the old Twitter API
Wed, 10 Oct 2018 20:19:24 GMT   e-mail and RSS
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from groundswell.read.reader import LeaveOut

NO_ZONE = "the time names no zone and was taken as UTC"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE_EPOCH = datetime(1970, 1, 1)
LATEST = datetime(2101, 1, 1, tzinfo=UTC)
LATEST_US = (LATEST - EPOCH) // timedelta(microseconds=1)
"""No platform existed before 1970 and no post was written after 2100: such a time is damage, not history."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?")
OLD_TWITTER = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-]\d{4}) (\d{4})")
LOOSE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(UTC|GMT|Z)?")
EXPONENT = re.compile(r"([+-]?)(\d)[.,]?(\d*)[eE]\+?(\d{1,2})")
PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})", re.ASCII)
PLAIN_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)
LATE_YEAR = re.compile(r"\+?(\d{5,})-\d\d?-\d\d?")

# Seconds reach 1e11 in the year 5138, milliseconds are above 1e11 since 1973: sizes tell the units apart.
UNITS = ((10**11, 1_000_000, 1), (10**14, 1_000, 1), (10**17, 1, 1), (10**20, 1, 1_000))
"""(below this, times, over): how to make microseconds of a number of that size."""


def read_time(value: object) -> datetime:
    """Read one time; naive where its notation names no zone.

    Raises
    ------
    LeaveOut
        There is no time, it can't be read, or it lies before 1970 or after 2100.
    """
    if isinstance(value, str):
        written = value.strip()
        if written[4:5] == "-":
            try:
                return _sane(datetime.fromisoformat(written), written)
            except ValueError:
                return _slow(written)
        if written.isdecimal() or written.replace(".", "", 1).isdecimal():
            return _sane(_date_digits(written) or _since_1970(written), written)
        return _slow(written)
    if isinstance(value, bool) or value is None:
        raise LeaveOut("no time")
    if isinstance(value, int | float):
        return _sane(_since_1970(value), value)
    raise _unread(value)


# Archives repeat their minutes: the same few thousand notations stand in millions of rows.
@lru_cache(maxsize=1 << 16)
def time_us(written: str) -> tuple[int, bool] | None:
    """Microseconds since 1970 and whether a zone was named; None where `read_time` would leave the row out."""
    day, _, clock = written.partition(" ")
    if clock and (began := _day_us(day)) is not None and (since := _clock_us(clock)) is not None:
        return began + since, False
    try:
        time = read_time(written)
    except LeaveOut:
        return None
    return microseconds(time), time.tzinfo is not None


def times_us(column: Sequence[str]) -> tuple[list[int | None], set[int]]:
    """`time_us` of each time, and where in the column a time names no zone."""
    each = [time_us(written) for written in column]
    naive = {i for i, time in enumerate(each) if time is not None and not time[1]}
    return [None if time is None else time[0] for time in each], naive


@lru_cache(maxsize=1 << 14)
def _day_us(day: str) -> int | None:
    """When a day begins, of a date written in one of the two ways that archives use; None for anything else."""
    if not PLAIN_DAY.fullmatch(day):
        return None
    try:
        return microseconds(read_time(f"{day} 00:00"))
    except LeaveOut:
        return None


@lru_cache(maxsize=1 << 14)
def _clock_us(clock: str) -> int | None:
    """How long after the beginning of its day a time is; None unless it is plain hours and minutes."""
    if not (found := PLAIN_CLOCK.fullmatch(clock)):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000


def is_month_first(value: object) -> bool:
    """Whether the date is written with slashes, where the month was taken to come first."""
    return isinstance(value, str) and "/" in value


def microseconds(time: datetime) -> int:
    """Microseconds since 1970, UTC; a time without a zone is taken as UTC."""
    gap = time - (EPOCH if time.tzinfo else NAIVE_EPOCH)
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds


def _sane(time: datetime, seen: object) -> datetime:
    if 1971 <= time.year <= 2099:
        return time
    # Next to the ends of the calendar an hour's offset would leave it; a day's margin decides nothing else.
    if time.year < 1969:
        raise LeaveOut("a time before 1970", str(seen))
    if time.year > 2101:
        raise LeaveOut("a time after 2100", str(seen))
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    if aware < EPOCH:
        raise LeaveOut("a time before 1970", str(seen))
    if aware >= LATEST:
        raise LeaveOut("a time after 2100", str(seen))
    return time


def _since_1970(value: str | int | float) -> datetime:
    """The time of a number of seconds, milliseconds, microseconds or nanoseconds."""
    try:
        # Whole numbers stay whole: a float holds no microseconds of nanosecond counts.
        text = value.removesuffix(".0") if isinstance(value, str) else ""
        number = int(text) if text.isdecimal() else float(value) if isinstance(value, str) else value
    except ValueError:  # more digits than Python converts
        raise LeaveOut("a time after 2100", str(value)) from None
    if number != number:
        raise LeaveOut("no time")
    if number < 0:
        raise LeaveOut("a time before 1970", f"{number:.6g}" if number > -1e300 else "")
    for below, times, over in UNITS:
        if number < below:
            exact = number * times // over if isinstance(number, int) else round(number * times / over)
            if exact < LATEST_US:
                return EPOCH + timedelta(microseconds=exact)
            break
    raise LeaveOut("a time after 2100", f"{number:.6g}" if number < 1e300 else "")


def _date_digits(written: str) -> datetime | None:
    """A date written as eight digits, 20170806, or fourteen with the time."""
    if len(written) not in (8, 14) or written[:2] not in ("19", "20"):
        return None
    try:
        return datetime.strptime(written, "%Y%m%d" if len(written) == 8 else "%Y%m%d%H%M%S")
    except ValueError:
        return None


# Archives repeat their minutes: the same few thousand notations stand in millions of rows.
@lru_cache(maxsize=1 << 14)
def _slow(written: str) -> datetime:
    if not written or written.lower() in ("nan", "none", "null", "nat", "n/a"):
        raise LeaveOut("no time")
    try:
        time = _us_date(written) or _old_twitter(written) or _loose_iso(written) or _exponent(written) or _any(written)
    except (ValueError, OverflowError):
        raise _unread(written) from None
    return _sane(time, written)


def _us_date(written: str) -> datetime | None:
    if not (found := US_DATE.fullmatch(written)):
        return None
    month, day, year, hour, minute, second, half = found.groups()
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    full = int(year) + (2000 if len(year) == 2 else 0)
    return datetime(full, int(month), int(day), hours, int(minute or 0), int(second or 0))


def _old_twitter(written: str) -> datetime | None:
    if not (found := OLD_TWITTER.fullmatch(written)):
        return None
    month, day, hour, minute, second, zone, year = found.groups()
    stamp = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}T{hour}:{minute}:{second}{zone}"
    return datetime.fromisoformat(stamp)


def _loose_iso(written: str) -> datetime | None:
    if not (found := LOOSE_ISO.fullmatch(written)):
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    time = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    return time.replace(tzinfo=UTC) if zone else time


def _exponent(written: str) -> datetime | None:
    if not (found := EXPONENT.fullmatch(written)):
        return None
    sign, first, rest, exponent = found.groups()
    # 1.62908E+09 has lost the last minutes to the spreadsheet; 1.629079570e+09 has lost nothing.
    if len((first + rest).rstrip("0")) < 10 <= int(exponent) + 1 and len(first + rest) < int(exponent) + 1:
        raise LeaveOut("a time rounded by a spreadsheet", written)
    return _since_1970(float(f"{sign}{first}.{rest or 0}e{exponent}"))


def _any(written: str) -> datetime:
    if LATE_YEAR.match(written):
        raise LeaveOut("a time after 2100", written)
    if re.fullmatch(r"-\d+(\.\d+)?", written):
        raise LeaveOut("a time before 1970", written)
    if "," in written[:4] or written[:1].isdigit():
        try:
            return datetime.fromisoformat(written)
        except ValueError:
            return parsedate_to_datetime(written)
    raise _unread(written)


def _unread(seen: object) -> LeaveOut:
    return LeaveOut("a time that can't be read", str(seen))


def known_time(value: object) -> datetime | None:
    """A time that may be missing, such as when an account was made; in UTC, None where it is unknown or damaged."""
    try:
        time = read_time(value)
    except LeaveOut:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
