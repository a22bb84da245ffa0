"""The pages that a study's captures hold, as HTML, for whoever wants to read what was kept.

captures/<id>/data.wacz, data.warc, data.warc.gz ──► CapturedPage      answers of 200 that are HTML, unpacked
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from groundswell.errors import MissingExtra, UnreadableFile
from groundswell.evidence.folder import CAPTURES
from groundswell.evidence.links import Held, held_captures
from groundswell.evidence.log import folder_of
from groundswell.store.study import Study

HTML = ("text/html", "application/xhtml+xml")
LARGEST_PAGE = 8 << 20
"""Bytes of a page, unpacked; longer ones are cut off there."""
MOST_PAGES = 1_000
"""Of one capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """One page of a capture."""

    capture: str
    url: str
    html: str


def captured_pages(study: Study) -> Iterator[CapturedPage]:
    """Every page that was asked for by a capture, or came first in it after a redirect; oldest capture first.

    Raises
    ------
    MissingExtra
        The extra ``evidence`` reads WARC files.
    UnreadableFile
    """
    for held in held_captures(study):
        if not held.deleted:
            folder = folder_of(study) / CAPTURES / held.capture
            for path in sorted((*folder.glob("data.wacz"), *folder.glob("data.warc*"))):
                yield from _pages(held, path)


def _pages(held: Held, path: Path) -> Iterator[CapturedPage]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra("evidence", "Reading the pages of captures", str(error.name)) from None
    seen: set[str] = set()
    try:
        for warc in _warcs(path):
            with warc as file:
                for record in ArchiveIterator(file):
                    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                    if record.rec_type != "response" or record.http_headers is None or url in seen:
                        continue
                    kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
                    if record.http_headers.get_statuscode() != "200" or kind not in HTML:
                        continue
                    if (url in held.urls or not seen) and len(seen) < MOST_PAGES:
                        seen.add(url)
                        html = record.content_stream().read(LARGEST_PAGE).decode("utf-8", "replace")
                        yield CapturedPage(capture=held.capture, url=url, html=html)
    except (ArchiveLoadFailed, zipfile.BadZipFile, OSError, ValueError, EOFError, KeyError, AttributeError) as error:
        raise UnreadableFile(
            path,
            "this capture can't be read.",
            f"It says: {error}.",
            "`groundswell evidence verify` says what changed.",
        ) from None


def _warcs(path: Path) -> Iterator[IO[bytes]]:
    """The WARC files of a package, or the file itself, each to be opened."""
    if path.suffix != ".wacz":
        yield path.open("rb")
        return
    with zipfile.ZipFile(path) as packed:
        for name in sorted(packed.namelist()):
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                yield packed.open(name)
