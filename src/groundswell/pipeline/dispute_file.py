"""What someone wrote into dispute.toml, read strictly: it is printed beside a finding.

who · when · why · context · posts · status
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from groundswell.errors import UnreadableFile
from groundswell.model.dispute import Status

STATUSES = {
    "contested": Status.CONTESTED,
    "upheld": Status.UPHELD,
    "corrected": Status.CORRECTED,
    "withdrawn": Status.WITHDRAWN,
}
"""As written in the file."""

KEYS = ("who", "when", "why", "context", "posts", "status")
LONGEST = 4_000
"""Characters of a text."""
MOST_POSTS = 10_000
LARGEST = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Written:
    """The content of the file."""

    who: str
    when: str
    why: str
    context: str | None
    posts: tuple[str, ...]
    """As written: ids, or «file:row»."""
    status: Status


def read_dispute_file(path: Path) -> Written:
    """Read the file.

    Raises
    ------
    UnreadableFile
        It is no TOML, lacks a part, or has one that is not known.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"it has {path.stat().st_size:,} bytes; {LARGEST:,} are allowed")
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return written_from(told)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            path,
            "this is no dispute that can be entered.",
            f"In it, {str(error)[:300]}.",
            "A template lies in every bundle as dispute.toml; docs/contest.md explains each line.",
        ) from None


def written_from(told: Mapping[str, Any]) -> Written:
    """The content of a file, or of a form with the same parts.

    Raises
    ------
    ValueError
        A part is missing, is too long or is not known.
    """
    for key in told:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, n=1)
            raise ValueError(f"{key!r} is not known here" + (f"; did you mean {near[0]!r}?" if near else ""))
    status = told.get("status", "contested")
    if status not in STATUSES:
        raise ValueError(f"status is {status!r}; there are {', '.join(STATUSES)}")
    posts = told.get("posts", [])
    if not isinstance(posts, list) or not all(isinstance(post, str) for post in posts) or len(posts) > MOST_POSTS:
        raise ValueError(f"posts must be at most {MOST_POSTS:,} texts in brackets, such as ['118', '121']")
    return Written(
        who=_text(told, "who"),
        when=_when(told.get("when")),
        why=_text(told, "why"),
        context=_text(told, "context") if told.get("context") else None,
        posts=tuple(dict.fromkeys(posts)),
        status=STATUSES[status],
    )


def _text(told: Mapping[str, Any], key: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} is missing or empty; write it as {key} = 'text'")
    if len(value) > LONGEST:
        raise ValueError(f"{key} has {len(value):,} characters; {LONGEST:,} are allowed")
    return value.strip()


def _when(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    try:
        return datetime.fromisoformat(str(value)).isoformat() if len(str(value)) > 10 else _day(value)
    except ValueError:
        raise ValueError(f"when is {value!r}; write a day, such as when = 2024-06-01") from None


def _day(value: Any) -> str:
    return date.fromisoformat(str(value)).isoformat()
