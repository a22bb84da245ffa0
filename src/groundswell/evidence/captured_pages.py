"""The pages that a study's captures hold, as HTML, for whoever wants to read what was kept.

answers of 200 that are HTML ──► CapturedPage      those that were asked for, unpacked
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from groundswell.evidence.captured_records import answers
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
    seen: dict[str, set[str]] = {}
    for answer in answers(study):
        pages = seen.setdefault(answer.held.capture, set())
        if answer.mime not in HTML or answer.url in pages or len(pages) == MOST_PAGES:
            continue
        if answer.url in answer.held.urls or not pages:
            pages.add(answer.url)
            html = answer.body(LARGEST_PAGE).decode("utf-8", "replace")
            yield CapturedPage(capture=answer.held.capture, url=answer.url, html=html)
