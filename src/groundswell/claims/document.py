"""An article or a post about a campaign, as far as who quoted whom needs it.

All places are counted in characters of `text`, whose first line is the title, so every quotation can be pointed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from groundswell.traces.canonical_url import canonical_url


class Kind(StrEnum):
    """What a document is; replies and data are no articles."""

    ARTICLE = "article"
    POST = "post"
    DATASET = "dataset"
    """A dashboard, list, count or report that others draw on: a source, and not counted among those who say so."""
    COMMENTS = "comments"
    """A thread of replies: read, and never taken for a source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink and where its words stand; ``start == end`` where the file does not tell."""

    url: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document. What the file does not tell is None, never a guess."""

    document_id: str
    """Its address in one form, or the file and row that it came from."""
    kind: Kind
    text: str
    """Title, line break, body; replies beneath an article are not part of it."""
    title: str = ""
    url: str | None = None
    canonical: str | None = None
    """The address that the page itself names as the original."""
    publisher: str | None = None
    author: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    links: tuple[Link, ...] = ()
    n_replies: int = 0
    """Replies that stood beneath it and were set aside."""
    file: str = ""
    row: int = 1
    sha256: str = ""
    """Of the file's bytes."""

    @property
    def latest(self) -> datetime | None:
        """When its words were last changed, as far as it says."""
        return self.modified or self.published

    @property
    def name(self) -> str:
        """What a page calls it: who published it, or else its title or address."""
        return self.publisher or self.title[:60] or self.document_id

    @property
    def is_report(self) -> bool:
        """Whether it is counted among those who say so."""
        return self.kind in (Kind.ARTICLE, Kind.POST)


def address(url: str | None) -> str | None:
    """One form for the ways to write an address; a home page keeps its host, which `canonical_url` takes for no page.

    >>> address("https://www.tidewatch.example/"), address("not an address")
    ('tidewatch.example', None)
    """
    if not url:
        return None
    if found := canonical_url(url):
        return found
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") if "." in host and " " not in host else None


def host_of(url: str | None) -> str | None:
    """The host of an address.

    >>> host_of("https://www.tidewatch.example/dashboard")
    'tidewatch.example'
    """
    place = address(url)
    return place.split("/", 1)[0].split("?", 1)[0] if place else None
