"""Which of a table's columns hold what: our names for them, the zone of their times, and a file that remembers both.

    account_id = "user"     time = "tweet_created"     time = "posted @ Europe/Berlin"

A mapping file is TOML that can be committed beside the data, so that everyone reads the same table the same way.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from groundswell.errors import WrongUse
from groundswell.read.reader import LeaveOut, Record
from groundswell.read.times import read_time

NEEDED = ("account_id", "time")
"""What no table of posts can do without."""

LIKELY = {
    "account_id": ("user_id", "author_id", "userid", "account", "author", "user", "username", "screen_name", "from"),
    "time": ("created_at", "timestamp", "date", "datetime", "published", "publish_date", "tweet_created", "created"),
    "post_id": ("id", "tweet_id", "tweetid", "status_id", "message_id"),
    "text": ("tweet_text", "full_text", "content", "body", "message", "tweet"),
    "handle": ("username", "screen_name", "user_screen_name"),
    "lang": ("language", "tweet_language"),
    "hashtags": ("tags",),
    "urls": ("links", "url"),
    "is_repost": ("is_retweet", "retweet"),
    "repost_of": ("retweet_id", "retweeted_status_id"),
    "reply_to": ("in_reply_to_status_id", "in_reply_to", "reply_id"),
}
"""How others call our columns. Lower case; the first that is there is taken."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Our names for the columns of a file, and the zone of its times if one was told."""

    columns: Mapping[str, str]
    """Ours to the file's."""
    zone: ZoneInfo | None = None

    def applied(self, record: Record) -> Record:
        """The record with our names beside the file's own, and its time in its zone."""
        if not self.columns:
            return record
        named = {**record, **{ours: record[actual] for ours, actual in self.columns.items() if actual in record}}
        if self.zone is not None and named.get("time") is not None:
            named["time"] = self._zoned(named["time"])
        return named

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said of it."""
        if self.zone is None:
            return ()
        return (
            f"Times that name no zone are in {self.zone.key}, as was told; an hour that clocks repeat is the first.",
        )

    def _zoned(self, written: object) -> object:
        try:
            time = read_time(written)
        except LeaveOut:
            return written
        return time.isoformat() if time.tzinfo else time.replace(tzinfo=self.zone).isoformat()


def naming(columns: Mapping[str, str], found: Sequence[str] = ()) -> Naming:
    """Read our names, and the zone behind an @ unless a column of the file is called just so.

    Raises
    ------
    WrongUse
        There is no such zone.
    """
    written = columns.get("time", "")
    name, at, place = written.rpartition("@")
    if not at or written in found:
        return Naming(columns)
    return Naming({**columns, "time": name.strip()}, _zone(place.strip()))


def _zone(place: str) -> ZoneInfo:
    try:
        return ZoneInfo(place)
    except (OSError, ValueError, KeyError):
        raise WrongUse(
            f"There is no time zone {place!r}.\n"
            "  Zones are named by place, as in `--column time=posted@Europe/Berlin`.\n"
            "  UTC is `@UTC`; an offset without a place is `@Etc/GMT-2`, which is two hours east."
        ) from None


def likely(ours: str, names: Sequence[str]) -> str | None:
    """The column that others would call so."""
    lower = {name.lower(): name for name in names}
    exact = [lower[name] for name in LIKELY.get(ours, ()) if name in lower]
    near = [lower[name] for name in get_close_matches(ours, lower, n=1)] if ours in NEEDED else []
    return next(iter(exact + near), None)


def read_mapping(path: Path) -> dict[str, str]:
    """The columns of a mapping file.

    Raises
    ------
    WrongUse
        There is no such file, it is no TOML, or it maps nothing.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUse(
            f"{path} can't be read: {error.strerror}.\n  Write one: `groundswell inspect FILE --write-mapping {path}`."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(
            f'{path} is no TOML.\n  The parser says: {error}\n  A line reads: time = "tweet_created"'
        ) from None
    columns = told.get("columns")
    if not isinstance(columns, dict) or not all(isinstance(name, str) and name for name in columns.values()):
        raise WrongUse(
            f"{path} maps no columns.\n  It has: {', '.join(told) or 'nothing'}.\n"
            '  Put them under [columns], each as ours = "theirs".'
        )
    return dict(columns)


def mapping_text(file_name: str, names: Sequence[str], given: Mapping[str, str], ours: Sequence[str]) -> str:
    """A mapping file for a table with these column names: what was given, what is likely, and the rest to fill in."""
    lines = [
        f"# How Groundswell reads tables like {json.dumps(file_name, ensure_ascii=False)}.",
        "# Check it, keep it beside the data, and use it:",
        "#   groundswell run FILE --mapping THIS",
        '# A time without a zone is taken as UTC; to say another: time = "column @ Europe/Berlin"',
        "# The table has:",
        *(f"#   {json.dumps(name, ensure_ascii=False)}" for name in names),
        "",
        "[columns]",
    ]
    for name in ours:
        if name in given:
            lines.append(f"{name} = {json.dumps(given[name], ensure_ascii=False)}")
        elif name in names:
            lines.append(f"# {name} has our name already")
        elif guess := likely(name, names):
            lines.append(f"{name} = {json.dumps(guess, ensure_ascii=False)}  # guessed by its name")
        else:
            lines.append(f'# {name} = ""')
    return "\n".join(lines) + "\n"
