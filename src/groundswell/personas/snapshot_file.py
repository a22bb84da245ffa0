"""Files of snapshots: a table that says who was seen when, or a platform's list of accounts that are gone.

    account_id,seen_at,status,handle,name,bio,picture,platform      a table; only the account is required
    {"id": …, "action": "delete", "reason": "suspended", …}         JSON lines, as X answers a compliance job

A row without a time takes the time that the caller gives for the whole file. A status that we do not know is unknown
and its row is kept for what else it says; a row that says nothing is left out and counted.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from groundswell.errors import UnreadableFile
from groundswell.model.snapshot import Snapshot, Status
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken, LeaveOut
from groundswell.read.survey import survey, text_of
from groundswell.read.times import read_time

COLUMNS = {
    "account_id": ("account_id", "user_id", "userid", "id"),
    "seen_at": ("seen_at", "looked_at", "checked_at", "retrieved_at", "redacted_at", "time"),
    "status": ("status", "account_status", "state", "reason"),
    "handle": ("handle", "account_handle", "username", "screen_name", "user_screen_name"),
    "name": ("display_name", "name", "account_name", "user_display_name"),
    "bio": ("bio", "account_bio", "description", "user_profile_description"),
    "picture": ("picture", "account_picture", "profile_image_url"),
    "platform": ("platform",),
}
"""Our column, and what others call it."""

STATUSES = {
    Status.ACTIVE: ("active", "alive", "ok", "there"),
    Status.SUSPENDED: ("suspended", "banned", "takendown"),
    Status.DELETED: ("deleted", "deactivated", "gone", "not found", "404"),
    Status.PROTECTED: ("protected", "private", "locked"),
}
_STATUS = {word: status for status, words in STATUSES.items() for word in words}

NO_ACCOUNT = "no account id"
NO_TIME = "no time, and none was given for the file"
NOTHING = "neither a status nor anything of a profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFile:
    """What a file holds, and what could not be read."""

    sha256: str
    snapshots: tuple[Snapshot, ...]
    rows: int
    left_out: dict[str, int]


def read_snapshots(path: Path, *, seen_at: datetime | None = None, platform: str = "") -> SnapshotFile:
    """Read a file of snapshots; ``.gz`` and ``.zst`` as they are.

    Parameters
    ----------
    seen_at
        When somebody looked, for rows that do not say; aware.
    platform
        For rows that do not say.

    Raises
    ------
    WrongUse
        There is no such file.
    UnreadableFile
        It is no text, names no account, or holds no snapshot.
    """
    surveyed = survey(path)
    with text_of(surveyed) as (stream, _):
        lines = capped_lines(stream, LONGEST_ROW)
        start = list(islice(lines, 1))
        first = start[0] if start and isinstance(start[0], str) else ""
        is_json = first.lstrip().startswith("{")
        snapshots, left_out, rows = [], dict[str, int](), 0
        for one in _from_json(chain(start, lines)) if is_json else _from_table(path, first, lines):
            rows += 1
            made = one if isinstance(one, str) else _snapshot(one, path.name, seen_at, platform)
            if isinstance(made, str):
                left_out[made] = left_out.get(made, 0) + 1
            else:
                snapshots.append(made)
    if not snapshots:
        raise UnreadableFile(
            path,
            "it holds no snapshot of an account.",
            f"{rows:,} rows were looked at; left out: {left_out or 'none'}.",
            "Write a table with account_id, seen_at and status; or say when you looked: `--seen-at 2026-05-09`.",
        )
    return SnapshotFile(sha256=surveyed.sha256, snapshots=tuple(snapshots), rows=rows, left_out=left_out)


def _from_table(path: Path, header: str, lines: Iterator[str | Broken]) -> Iterator[dict[str, str] | str]:
    for delimiter in ",\t;":
        cells = [cell.strip().lower() for cell in next(csv.reader([header], delimiter=delimiter), [])]
        if set(COLUMNS["account_id"]) & set(cells):
            break
    else:
        raise UnreadableFile(
            path,
            "its first line names no account.",
            f"It begins with {header[:60]!r}.",
            "A table of snapshots begins with a line such as `account_id,seen_at,status,handle`.",
        )
    ours = _ours(cells)
    for row in Rows(lines, delimiter, len(cells)):
        if isinstance(row, Broken):
            yield row.reason
        else:
            yield {name: row[at].strip() for name, at in ours.items() if row[at].strip()}


def _ours(cells: list[str]) -> dict[str, int]:
    """Where each of our columns stands: the first of its names that is there."""
    return {
        our: cells.index(found)
        for our, names in COLUMNS.items()
        if (found := next((n for n in names if n in cells), ""))
    }


def _from_json(lines: Iterator[str | Broken]) -> Iterator[dict[str, str] | str]:
    for line in lines:
        if isinstance(line, Broken):
            yield line.reason
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            yield "a line that is no JSON"
            continue
        yield _told(record) if isinstance(record, dict) else "a line that is no JSON object"


def _told(record: dict[str, Any]) -> dict[str, str]:
    return {
        our: str(record[name]).strip()
        for our, names in COLUMNS.items()
        for name in reversed(names)
        if isinstance(record.get(name), str | int) and not isinstance(record[name], bool) and str(record[name]).strip()
    }


def _snapshot(told: dict[str, str], source: str, seen_at: datetime | None, platform: str) -> Snapshot | str:
    """The snapshot that a row tells, or why it tells none."""
    if "account_id" not in told:
        return NO_ACCOUNT
    when = _time(told.get("seen_at")) or seen_at
    if when is None:
        return NO_TIME
    status = _STATUS.get(told.get("status", "").casefold())
    profile = {name: told.get(name) for name in ("handle", "name", "bio", "picture")}
    if status is None and not any(profile.values()):
        return NOTHING
    return Snapshot(
        platform=told.get("platform", platform),
        account_id=told["account_id"],
        seen_at=when,
        status=status,
        handle=profile["handle"],
        name=profile["name"],
        bio=profile["bio"],
        picture=profile["picture"],
        source=source,
    )


def _time(written: str | None) -> datetime | None:
    """A time in UTC; what can't be read is unknown."""
    try:
        time = read_time(written)
    except LeaveOut:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
