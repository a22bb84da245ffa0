"""read_time: every notation gives the moment it means, and damage is called by its name."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.reader import LeaveOut
from groundswell.read.times import is_month_first, known_time, microseconds, read_time, time_us

MOMENT = datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)
SECONDS = 1539202764


@pytest.mark.parametrize(
    "written",
    [
        "2018-10-10T20:19:24Z",
        "2018-10-10T20:19:24.000Z",
        "2018-10-10 20:19:24+00",
        "2018-10-10T22:19:24+02:00",
        "2018-10-10 20:19:24 UTC",
        "Wed Oct 10 20:19:24 +0000 2018",
        "Wed, 10 Oct 2018 20:19:24 +0000",
        f"{SECONDS}",
        f"{SECONDS}.0",
        f"{SECONDS}000",
        f"{SECONDS}000.0",
        f"{SECONDS}000000",
        f"{SECONDS}000000000",
        "1.539202764e+09",
        SECONDS,
        float(SECONDS),
        SECONDS * 1000,
        SECONDS * 1_000_000,
    ],
)
def test_a_notation_that_tells_the_zone_gives_the_moment(written):
    time = read_time(written)

    assert time.tzinfo is not None
    assert time == MOMENT


@pytest.mark.parametrize(
    "written",
    [
        "2018-10-10T20:19:24",
        "2018-10-10 20:19:24",
        "2018-10-10 20:19:24.000000",
        "10/10/18 20:19:24",
        "10/10/2018 8:19:24 PM",
        "20181010201924",
    ],
)
def test_a_notation_without_a_zone_stays_naive(written):
    assert read_time(written) == MOMENT.replace(tzinfo=None)


def test_the_month_comes_first_between_slashes():
    assert read_time("10/1/17 19:58") == datetime(2017, 10, 1, 19, 58)
    assert read_time("7/17/2019") == datetime(2019, 7, 17)
    assert is_month_first("10/1/17 19:58")


def test_minutes_and_days_alone_are_times():
    assert read_time("2017-08-06 08:15") == datetime(2017, 8, 6, 8, 15)
    assert read_time("2017-08-06") == datetime(2017, 8, 6)
    assert read_time("20170806") == datetime(2017, 8, 6)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no time"),
        (None, "no time"),
        ("nan", "no time"),
        (float("nan"), "no time"),
        (True, "no time"),
        ("yesterday", "a time that can't be read"),
        ("2018-13-45", "a time that can't be read"),
        ("13/13/2018", "a time that can't be read"),
        ("Wed Foo 10 20:19:24 +0000 2018", "a time that can't be read"),
        ([], "a time that can't be read"),
        ("1969-12-31T23:59:59Z", "a time before 1970"),
        ("0001-01-01T00:00:00+14:00", "a time before 1970"),
        ("-5", "a time before 1970"),
        (-1, "a time before 1970"),
        (float("-inf"), "a time before 1970"),
        ("30000-01-01T00:00:00Z", "a time after 2100"),
        ("2101-01-01T00:00:00Z", "a time after 2100"),
        ("9999-12-31T23:59:59-14:00", "a time after 2100"),
        (10**40, "a time after 2100"),
        (float("inf"), "a time after 2100"),
        ("9" * 5000, "a time after 2100"),
        ("1.62908E+09", "a time rounded by a spreadsheet"),
    ],
)
def test_damage_is_left_out_with_its_reason(written, reason):
    with pytest.raises(LeaveOut) as caught:
        read_time(written)

    assert caught.value.reason == reason


@pytest.mark.parametrize("written", ["2100-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "1969-12-31T23:00:00-01:00"])
def test_the_first_and_last_moment_still_count(written):
    assert known_time(written) is not None


def test_an_unknown_time_of_creation_is_unknown_and_a_naive_one_is_utc():
    assert known_time("") is None
    assert known_time("7/17/2019") == datetime(2019, 7, 17, tzinfo=UTC)


moments = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1))


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_agrees_with_the_moment_however_it_is_written(moment, offset):
    """ISO in any zone, microseconds since 1970 as number and as text: one and the same moment."""
    aware = moment.replace(tzinfo=UTC)
    elsewhere = aware.astimezone(timezone(timedelta(minutes=offset)))
    us = microseconds(aware)

    assert read_time(elsewhere.isoformat()) == aware
    assert us == round((aware - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    if us >= 10**14:  # below that, in 1973, the same digits are milliseconds of a later year
        assert read_time(us) == read_time(str(us)) == aware


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans()))
def test_anything_is_a_time_or_is_left_out(written):
    with suppress(LeaveOut):
        assert 0 <= microseconds(read_time(written)) < microseconds(datetime(2101, 1, 1, tzinfo=UTC))


PARTS = st.sampled_from(
    [
        *(
            "2017-08-06",
            "2017-8-6",
            "10/1/17",
            "10/1/2017",
            "13/1/17",
            "2/30/17",
            "1969-12-31",
            "2100-12-31",
            "2101-01-01",
        ),
        *("08:15", "8:15", "23:59:59", "24:00", "08:60", "08:15:60", "8:15 PM", "08:15:00Z", "١٢:١٥", "", "soon", " "),
    ]
)


@given(PARTS, st.sampled_from(["", " ", "  ", "T"]), PARTS)
def test_the_quick_way_to_a_time_agrees_with_the_slow_one(day, between, clock):
    written = f"{day}{between}{clock}"
    try:
        time = read_time(written)
    except LeaveOut:
        assert time_us(written) is None
    else:
        assert time_us(written) == (microseconds(time), time.tzinfo is not None)
