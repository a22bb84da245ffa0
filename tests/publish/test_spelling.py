"""spelling: how times and lags are written."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from groundswell.publish.spelling import days, iso, lag, minute, moment, utc


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        *((0, "0 s"), (0.25, "0.25 s"), (60, "60 s"), (119, "119 s"), (-180, "3 min"), (600, "10 min"), (3600, "1 h")),
        *((5400, "90 min"), (12600, "3.5 h"), (86400, "1 day"), (1036800, "12 days"), (3.2e8, "10 years")),
    ],
)
def test_a_lag_is_written_in_the_unit_a_person_would_use(seconds, written):
    assert lag(seconds) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2026-05-03T10:00:00", "2026-05-09T11:00:00", "3–9 May 2026"),
        ("2026-05-03T10:00:00", "2026-05-03T11:00:00", "3 May 2026"),
        ("2026-04-28T10:00:00", "2026-05-03T11:00:00", "28 April – 3 May 2026"),
        ("2025-12-31T10:00:00", "2026-01-01T11:00:00", "31 December 2025 – 1 January 2026"),
    ],
)
def test_days_are_written_once_where_they_are_the_same(first, last, written):
    assert days(first, last) == written


def test_times_are_utc_and_unknown_is_a_word():
    assert moment(np.datetime64("2026-05-06T07:30:03")) == "6 May 2026, 07:30:03"
    assert minute(datetime(2026, 5, 6, 7, 30)) == "6 May 07:30"
    assert moment(None) == "unknown"
    assert days(None, None) == "dates unknown"


def test_machines_get_iso_8601():
    assert iso("2026-05-06T09:30:03.500000+02:00") == "2026-05-06T07:30:03.5Z"
    assert iso(np.datetime64("NaT")) == ""


def test_a_year_beyond_the_calendar_is_unknown_not_an_error():
    assert utc(np.datetime64("30000-01-01", "us")) is None
