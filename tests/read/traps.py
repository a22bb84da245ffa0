"""A small file of each format with the traps that real ones have, written as its platform or tool writes it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from groundswell.read.reader import Reader

NO_TIME = ("", "soon", "1950-01-01T00:00:00Z")
"""What may stand where a time should."""

TIMES = {
    "4cat": ("unix_timestamp", "timestamp"),
    "4cat-bluesky": ("created_at", "timestamp"),
    "4cat-telegram": ("unix_timestamp", "timestamp"),
    "4cat-tiktok": ("unix_timestamp", "timestamp"),
    "4cat-x": ("unix_timestamp", "timestamp"),
    "coordination-network-toolkit": ("timestamp",),
    "crowdtangle-facebook": ("Post Created",),
    "crowdtangle-instagram": ("Post Created",),
    "fivethirtyeight": ("publish_date",),
    "fivethirtyeight-by-author": ("publish_date",),
    "groundswell-posts": ("time",),
    "posts-table": ("time",),
    "share-log": ("timestamp_share",),
    "twarc-csv": ("created_at",),
    "twitter-archive": ("tweet_time",),
    "youtube-data-tools": ("publishedAt",),
}
IDS = {
    "4cat": "id",
    "4cat-bluesky": "author_id",
    "4cat-telegram": "id",
    "4cat-tiktok": "id",
    "4cat-x": "author_id",
    "coordination-network-toolkit": "user_id",
    "crowdtangle-facebook": "Facebook Id",
    "fivethirtyeight": "external_author_id",
    "posts-table": "account_id",
    "share-log": "account_id",
    "twarc-csv": "id",
    "twitter-archive": "tweetid",
    "twitter-archive-users": "userid",
}
"""A column whose digits a spreadsheet may take."""


def trapped(reader: Reader) -> str:
    """A file of the reader's first sample and of what becomes of such rows on their way."""
    return _table(reader) if reader.shape == "table" else _lines(reader)


def _table(reader: Reader) -> str:
    first: dict[str, Any] = dict(reader.samples[0])
    rows: list[dict[str, Any]] = [first, dict(first)]
    for written in NO_TIME:
        rows += [{**first, **dict.fromkeys(TIMES[reader.name], written)}] if reader.name in TIMES else []
    if reader.name in IDS:
        rows += [{**first, IDS[reader.name]: damaged} for damaged in ("1.01421E+18", '="9143"', "9143.0", "'9143")]
    rows.append(dict.fromkeys(first, ""))
    rows.append(
        {
            name: f"{value} \ufffdGrÃ¼ÃŸe\u200b &amp;amp; \u202e" if len(str(value)) > 15 else value
            for name, value in first.items()
        }
    )
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, list(first), escapechar=reader.escape or None, doublequote=not reader.escape)
    out.writeheader()
    out.writerows(rows)
    # Too few cells, too many, and a quote that nobody closes.
    return text.getvalue() + "one\r\n" + "," * (len(first) + 3) + "\r\n" + '"open'


def _lines(reader: Reader) -> str:
    written = [json.dumps(sample) for sample in reader.samples]
    broken = ['{"torn": ', "[" * 5_000, '"words"', '{"neither": "this", "nor": "that"}', written[0]]
    spoiled = [json.dumps(_without(sample, TIME_KEYS)) for sample in reader.samples]
    nobody = [json.dumps(_without(sample, ACCOUNT_KEYS)) for sample in reader.samples]
    return "\n".join([*written, *broken, *spoiled, *nobody]) + "\n"


TIME_KEYS = (
    "created_at",
    "time_us",
    "time",
    "indexedAt",
    "date",
    "date_unixtime",
    "create_time",
    "createTime",
    "taken_at",
)
TIME_KEYS += ("created_utc", "publishedAt")
ACCOUNT_KEYS = (
    "author_id",
    "did",
    "account",
    "from_id",
    "username",
    "author",
    "user_id_str",
    "user",
    "authorChannelId",
)


def _without(value: Any, keys: Sequence[str]) -> Any:
    """The same with nothing under these keys, however deep."""
    if isinstance(value, Mapping):
        return {key: None if key in keys else _without(each, keys) for key, each in value.items()}
    return [_without(each, keys) for each in value] if isinstance(value, list) else value
