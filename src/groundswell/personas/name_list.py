"""Lists of names: a text file with one name a line, a table of accounts, or a YAML list of official accounts.

    names.txt, accounts.csv, officials.yaml ──► accounts        and what could not be read, counted

A table is known by its header: it names a handle or a display name. In a text file every line is a name, and the
line's number stands for the account. Empty lines and lines that begin with # are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from groundswell.errors import UnreadableFile
from groundswell.model.post import Account
from groundswell.personas.yaml_list import SUFFIXES, yaml_rows
from groundswell.read.delimited import LONGEST_ROW, Rows
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken, LeaveOut
from groundswell.read.survey import survey, text_of
from groundswell.read.times import read_time

COLUMNS = {
    "account_id": ("account_id", "user_id", "userid", "id"),
    "handle": ("handle", "account_handle", "username", "screen_name", "user_screen_name"),
    "display_name": ("display_name", "name", "account_name", "user_display_name"),
    "bio": ("bio", "account_bio", "description", "user_profile_description"),
    "created_at": ("created_at", "account_created_at", "account_creation_date"),
    "followers": ("followers", "account_followers", "followers_count", "follower_count"),
    "picture": ("picture", "account_picture", "profile_image_url"),
    "platform": ("platform",),
}
"""Our column, and what others call it."""

MOST_CHARACTERS = 1000
"""Of a line in a text file; no name is longer."""


NO_NAME = "neither a handle nor a display name"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """The accounts of a file, and how many rows were left out with which reason."""

    accounts: tuple[Account, ...]
    rows: int
    left_out: dict[str, int]


def read_names(path: Path) -> NameList:
    """Read a list of names, a table of accounts or a YAML list; ``.gz`` and ``.zst`` as they are.

    Raises
    ------
    WrongUse
        There is no such file.
    UnreadableFile
        It is no text, or holds no name.
    MissingExtra
        It is YAML, and the extra ``lists`` is not installed.
    """
    surveyed = survey(path)
    with text_of(surveyed) as (stream, _):
        if _is_yaml(path):
            found = _from_told(yaml_rows(path, stream, COLUMNS))
        else:
            lines = capped_lines(stream, LONGEST_ROW)
            start = list(islice(lines, 1))
            header = _header(start[0]) if start and isinstance(start[0], str) else None
            if header is None:
                found = _from_lines(chain(start, lines))
            else:
                columns, delimiter = header
                found = _from_told(_told(Rows(iter(lines), delimiter, len(columns)), columns))
    if not found.accounts:
        raise UnreadableFile(
            path,
            "it holds no name.",
            f"{found.rows:,} rows were looked at; left out: {found.left_out or 'none'}.",
            "Write one name a line, or a table with the column handle or display_name.",
        )
    return found


def _header(line: str) -> tuple[list[str], str] | None:
    """Our names for the columns, if the line is a header, and what stands between them."""
    for delimiter in ",\t;":
        cells = [cell.strip().lower() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        ours = [next((our for our, others in COLUMNS.items() if cell in others), "") for cell in cells]
        if {"handle", "display_name"} & set(ours) and (len(cells) > 1 or cells[0] in ("handle", "display_name")):
            return ours, delimiter
    return None


def _from_lines(lines: Iterator[str | Broken]) -> NameList:
    accounts, left_out, row = [], dict[str, int](), 0
    for row, line in enumerate(lines, 1):
        if isinstance(line, Broken) or len(line) > MOST_CHARACTERS:
            reason = "a line longer than any name"
            left_out[reason] = left_out.get(reason, 0) + 1
        elif (name := line.strip()) and not name.startswith("#"):
            accounts.append(Account(platform="", account_id=str(row), name=name))
    return NameList(accounts=tuple(accounts), rows=row, left_out=left_out)


def _told(rows: Rows, columns: list[str]) -> Iterator[dict[str, str] | str]:
    for cells in rows:
        if isinstance(cells, Broken):
            yield cells.reason
        else:
            yield {our: cell.strip() for our, cell in zip(columns, cells, strict=True) if our and cell.strip()}


def _from_told(rows: Iterator[dict[str, str] | str]) -> NameList:
    """Accounts of what each row tells by our columns; text is the reason why it tells nothing."""
    accounts, left_out, row = [], dict[str, int](), 0
    for row, told in enumerate(rows, 1):
        if isinstance(told, str) or not {"handle", "display_name"} & told.keys():
            reason = told if isinstance(told, str) else NO_NAME
            left_out[reason] = left_out.get(reason, 0) + 1
            continue
        accounts.append(
            Account(
                platform=told.get("platform", ""),
                account_id=told.get("account_id") or told.get("handle") or f"row {row}",
                handle=told.get("handle"),
                name=told.get("display_name"),
                bio=told.get("bio"),
                picture=told.get("picture"),
                created_at=_time(told.get("created_at")),
                followers=_count(told.get("followers")),
            )
        )
    return NameList(accounts=tuple(accounts), rows=row, left_out=left_out)


def _is_yaml(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").removesuffix(".zst").endswith(SUFFIXES)


def _time(written: str | None) -> datetime | None:
    """A time in UTC; what can't be read is unknown."""
    try:
        time = read_time(written)
    except LeaveOut:
        return None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _count(written: str | None) -> int | None:
    """A count; what can't be read is unknown, never zero."""
    text = (written or "").replace(",", "").removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None
