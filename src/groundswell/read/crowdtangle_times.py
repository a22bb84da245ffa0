"""When a CrowdTangle row says that it was posted: a local time and a token for its zone.

2021-05-01 10:00:00 EDT  ──►  10:00 at UTC−4
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from groundswell.read.reader import LeaveOut, Record
from groundswell.read.record import cell
from groundswell.read.times import read_time

OFFSET_H = {
    "UTC": 0.0, "GMT": 0.0, "WET": 0.0, "WEST": 1.0, "BST": 1.0, "CET": 1.0, "CEST": 2.0, "EET": 2.0, "EEST": 3.0,
    "MSK": 3.0, "EST": -5.0, "EDT": -4.0, "CST": -6.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0,
    "PDT": -7.0, "AKST": -9.0, "AKDT": -8.0, "HST": -10.0, "JST": 9.0, "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0,
    "NZDT": 13.0,
}  # fmt: skip
"""Hours east of UTC. CST and BST mean other zones elsewhere; the tool's accounts sat where they mean these."""

COLUMNS = ("Post Created", "Created")


def created(record: Record, notes: list[str]) -> datetime:
    """The time of a row, aware where it names a zone that is known.

    Raises
    ------
    LeaveOut
        There is no time, it can't be read, or its zone is not known.
    """
    written = next((value for name in COLUMNS if (value := cell(record, name)) is not None), None)
    if written is None:
        raise LeaveOut("no time")
    moment, _, token = written.rpartition(" ")
    if not token.isalpha() or not moment:
        return read_time(written)
    if token not in OFFSET_H:
        raise LeaveOut("a time in a zone that is not known", written)
    notes.append(f"the time is in {token}, which was taken as UTC{OFFSET_H[token]:+g} hours")
    return read_time(moment).replace(tzinfo=timezone(timedelta(hours=OFFSET_H[token])))
