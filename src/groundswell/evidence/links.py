"""Which captures show which posts.

    posts named at the capture, posts linked later, posts whose address was captured ──► captures_of(study, post_ids)

A capture of a page that happens to show a post says nothing of it unless a person said so, or the page is the post's
own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from groundswell.errors import WrongUse
from groundswell.evidence.folder import CAPTURES, RECORD, TOMBSTONE, Hand, files_of, put
from groundswell.evidence.log import Entry, folder_of, inside, read_log, writing
from groundswell.store.study import Study

POST_PAGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?:i/web|i|\w+)/status(?:es)?/(\d+)"), r"\1"),
    (
        re.compile(r"https?://bsky\.app/profile/(did:[a-z]+:[\w.%:-]+)/post/(\w+)"),
        r"at://\1/app.bsky.feed.post/\2",
    ),
    (re.compile(r"https?://t\.me/(?:s/)?([\w-]+)/(\d+)"), r"\1/\2"),
)
"""A post's own page to its id, as the readers write it. A Mastodon post's id is its address."""

PAGES_OF: Mapping[str, tuple[re.Pattern[str], str]] = {
    "twitter": (re.compile(r"(\d+)"), r"https://twitter.com/i/web/status/\1"),
    "bluesky": (
        re.compile(r"at://(did:[a-z]+:[\w.%:-]+)/app\.bsky\.feed\.post/(\w+)"),
        r"https://bsky.app/profile/\1/post/\2",
    ),
    "mastodon": (re.compile(r"(https://\S+)"), r"\1"),
    "telegram": (re.compile(r"([A-Za-z]\w{3,})/(\d+)"), r"https://t.me/\1/\2"),
}
"""By platform: a post's id to its own page, where the id suffices."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A capture and what it shows: a row of the link table."""

    n: int
    """The line of the log that brought it in."""
    capture: str
    at: datetime
    kind: str
    url: str | None
    """An address that was captured; None where a post was linked by hand."""
    post_id: str | None
    said_by: str
    """``address``, or ``person``."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A capture as it is listed."""

    capture: str
    at: datetime
    kind: str
    urls: tuple[str, ...]
    post_ids: tuple[str, ...]
    n_bytes: int
    deleted: bool
    references: tuple[str, ...]
    """Copies in archives."""

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return {**asdict(self), "at": self.at.isoformat()}


def post_of(url: str) -> str:
    """The id of the post whose own page this is; the address itself where it is no page that we know.

    >>> post_of("https://x.com/ana/status/118?s=20")
    '118'
    """
    for pattern, written in POST_PAGES:
        if found := pattern.match(url):
            return found.expand(written)
    return url


def page_of(platform: str, post_id: str) -> str | None:
    """The address of a post's own page; None where the id does not tell.

    >>> page_of("bluesky", "at://did:plc:ana/app.bsky.feed.post/k1")
    'https://bsky.app/profile/did:plc:ana/post/k1'
    """
    pattern, written = PAGES_OF.get(platform, (re.compile(r"(?!)"), ""))
    found = pattern.fullmatch(post_id)
    return found.expand(written) if found else None


def link_posts(study: Study, capture: str, posts: Sequence[str], hand: Hand) -> Entry:
    """Say that a capture shows posts."""
    folder = folder_of(study)
    with writing(study) as log:
        held = files_of(log.entries, capture)
        if f"{CAPTURES}/{capture}/{RECORD}" not in held:
            raise WrongUse(f"The content of capture {capture} is gone.\n  Its tombstone says when and why.")
        n = sum("/posts-" in path for path in held) + 1
        content = json.dumps({"posts": sorted(set(posts))}, indent=1).encode() + b"\n"
        about = {"posts": len(set(posts))}
        return put(log, folder, hand, "link", {f"{CAPTURES}/{capture}/posts-{n}.json": content}, about=about)


def link_table(study: Study) -> tuple[Link, ...]:
    """Every capture whose bytes are here, with each address and each post that it shows."""
    found: list[Link] = []
    for entry, capture in _made(study):
        record = _read(study, f"{CAPTURES}/{capture}/{RECORD}")
        kind = str(record.get("kind"))
        for one in record.get("asked", ()):
            if one.get("kept"):
                url = str(one.get("url"))
                found.append(
                    Link(
                        n=entry.n,
                        capture=capture,
                        at=entry.at,
                        kind=kind,
                        url=url,
                        post_id=post_of(url),
                        said_by="address",
                    )
                )
        for post_id in _linked(study, capture, record):
            found.append(
                Link(n=entry.n, capture=capture, at=entry.at, kind=kind, url=None, post_id=post_id, said_by="person")
            )
    return tuple(sorted(found, key=lambda one: (one.n, one.capture, one.said_by, one.url or "", one.post_id or "")))


def captures_of(study: Study, post_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The captures that show each post, oldest first; none for a post that is not preserved."""
    found = all_captures(study)
    return {post_id: found.get(post_id, ()) for post_id in post_ids}


def all_captures(study: Study) -> dict[str, tuple[str, ...]]:
    """Every post that a capture shows, and its captures, oldest first."""
    found: dict[str, dict[str, None]] = {}
    for link in link_table(study):
        if link.post_id is not None:
            found.setdefault(link.post_id, {})[link.capture] = None
    return {post_id: tuple(captures) for post_id, captures in sorted(found.items())}


def held_captures(study: Study) -> tuple[Held, ...]:
    """Every capture there ever was, oldest first; of the deleted ones only that they were."""
    listed = []
    for entry, capture in _made(study):
        record = _read(study, f"{CAPTURES}/{capture}/{RECORD}")
        gone = (folder_of(study) / CAPTURES / capture / TOMBSTONE).is_file() and not record
        listed.append(
            Held(
                capture=capture,
                at=entry.at,
                kind=str(record.get("kind") or entry.what),
                urls=tuple(str(one.get("url")) for one in record.get("asked", ())),
                post_ids=tuple(_linked(study, capture, record)),
                n_bytes=sum(int(one["bytes"]) for one in record.get("files", {}).values()),
                deleted=gone,
                references=tuple(_references(study, capture)),
            )
        )
    return tuple(listed)


def _made(study: Study) -> list[tuple[Entry, str]]:
    """Captures in the order in which they were made; one taken in twice counts from the first time."""
    found: dict[str, Entry] = {}
    for entry in read_log(folder_of(study))[0]:
        if entry.what in ("capture", "import"):
            for path in entry.outputs:
                found.setdefault(path.split("/")[1], entry)
    return [(entry, capture) for capture, entry in found.items()]


def _linked(study: Study, capture: str, record: Mapping[str, Any]) -> list[str]:
    posts = set(map(str, record.get("posts", ())))
    for path in (folder_of(study) / CAPTURES / capture).glob("posts-*.json"):
        posts.update(map(str, _read(study, f"{CAPTURES}/{capture}/{path.name}").get("posts", ())))
    return sorted(posts)


def _references(study: Study, capture: str) -> list[str]:
    paths = sorted((folder_of(study) / CAPTURES / capture).glob("wayback-*.json"))
    return [str(_read(study, f"{CAPTURES}/{capture}/{path.name}").get("reference")) for path in paths]


def _read(study: Study, path: str) -> dict[str, Any]:
    """A file of the evidence as JSON; empty where it is gone or can't be read, which `verify` says."""
    try:
        told = json.loads(inside(folder_of(study), path).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
