"""The pictures that a study's captures hold: what the captured pages showed, as it was sent.

answers of 200 that are pictures ──► CapturedPicture      each address and content once, the earliest
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from groundswell.evidence.captured_records import answers
from groundswell.store.study import Study

LARGEST_PICTURE = 32 << 20
"""Bytes; longer ones are cut off there, and can't be read."""
MOST_PICTURES = 1_000
"""Of one capture."""
NOT_PIXELS = frozenset({"image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon"})
"""Drawings and the marks of sites: no photograph comes like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPicture:
    """One picture of a capture. Who showed it is not told: a page holds other people's pictures, too."""

    capture: str
    url: str
    at: str
    """When it was fetched, as the record says: ISO 8601."""
    content: bytes
    """As the server sent it."""


def captured_pictures(study: Study) -> Iterator[CapturedPicture]:
    """Every picture of every capture, oldest capture first; one that was fetched again unchanged comes once.

    Raises
    ------
    MissingExtra
        The extra ``evidence`` reads WARC files.
    UnreadableFile
    """
    known: set[tuple[str, str]] = set()
    of_capture: Counter[str] = Counter()
    for answer in answers(study):
        capture = answer.held.capture
        if not answer.mime.startswith("image/") or answer.mime in NOT_PIXELS or of_capture[capture] == MOST_PICTURES:
            continue
        content = answer.body(LARGEST_PICTURE)
        this = (answer.url, sha256(content).hexdigest())
        if this not in known:
            known.add(this)
            of_capture[capture] += 1
            yield CapturedPicture(capture=capture, url=answer.url, at=answer.at, content=content)
