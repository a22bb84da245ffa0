"""A page as it was served: asked for once, kept whole, hashed at once.

    address ──► exchanges ──► media of the page ──► screenshot, DOM ──► captures/<id>/data.wacz, capture.json

What could not be had is written down beside what was: a picture that was refused or missing is named with the reason.
A capture shows what this server sent to this machine at that time. Who wrote it, and whether it is true, it does not
show.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from groundswell.evidence.browser import Browser, Seen
from groundswell.evidence.fetch import CAPS, Caps, Exchange, clock, fetch
from groundswell.evidence.folder import CAPTURES, ID_DIGITS, RECORD, Hand, put
from groundswell.evidence.gate import Gate
from groundswell.evidence.log import folder_of, writing
from groundswell.evidence.media import MOST_MEDIA, media_of
from groundswell.evidence.target import NoAnswer, NotPublic, target
from groundswell.evidence.wacz import Page, wacz
from groundswell.evidence.warc import Resource, cdxj, warc
from groundswell.model.progress import Progress, silent
from groundswell.store.study import Study

PACKAGE = "data.wacz"
LARGEST_PAGE = 4 << 20
"""Bytes of a page that are searched for media."""
MOST_TOTAL = 512 << 20
"""Bytes of one capture; media beyond it are named and not asked for."""


@dataclass(frozen=True, kw_only=True)
class Captured:
    """What one capture holds."""

    capture: str
    url: str
    status: int
    """Of the last answer; 200 is a page, 404 a page that says there is none."""
    truncated: str | None
    stopped: str | None
    """Why the last redirect was not followed."""
    n_media: int
    """Addresses that the page shows."""
    n_media_kept: int
    has_screenshot: bool
    n_bytes: int
    sha256: str
    """Of the package."""

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return asdict(self)


def capture(
    study: Study,
    url: str,
    hand: Hand,
    gate: Gate,
    *,
    posts: Sequence[str] = (),
    media: bool = True,
    browser: Browser | None = None,
    caps: Caps = CAPS,
    now: Callable[[], datetime] = clock,
    progress: Progress = silent,
) -> Captured:
    """Keep a page.

    Parameters
    ----------
    posts
        Ids of posts that the page shows, as a person says.
    browser
        Draws the page as well; None for the bytes alone.

    Raises
    ------
    NotPublic, NoAnswer
        Nothing was received, and nothing kept.
    """
    progress("Asking for the page", 0, 1)
    exchanges, stopped = fetch(gate, url, caps=caps, now=now)
    page = exchanges[-1]
    shown = _media(gate, page, caps, now, progress) if media else _Media()
    seen = browser.draw(page.url, gate, now=now) if browser is not None and page.status < 400 else None
    resources = _resources(page.url, seen) if seen else ()
    flat = [*exchanges, *shown.answered]
    packed, indexed = warc(flat, resources, software=hand.tool, at=exchanges[0].at)
    package = wacz(
        packed,
        cdxj(indexed, "data.warc"),
        [Page(url=exchanges[0].url, at=exchanges[0].at)],
        title=exchanges[0].url,
        software=hand.tool,
        at=exchanges[0].at,
    )
    digest = sha256(package).hexdigest()
    capture_id = digest[:ID_DIGITS]
    record = {
        "capture": capture_id,
        "kind": "capture",
        "asked": [{"url": target(url).url, "kept": True}],
        "posts": sorted(set(posts)),
        "exchanges": [_told(one) for one in flat],
        "redirect_not_followed": stopped,
        "media": {
            "looked_for": media,
            "shown": shown.shown if media else None,
            "kept": shown.shown - len(shown.missing),
            "missing": [{"url": address, "why": why} for address, why in shown.missing],
        },
        "screenshot": None if seen is None else seen.as_json(),
        "files": {PACKAGE: {"sha256": digest, "bytes": len(package)}},
        "logged_in": False,
    }
    place = f"{CAPTURES}/{capture_id}"
    files = {
        f"{place}/{PACKAGE}": package,
        f"{place}/{RECORD}": json.dumps(record, indent=1, sort_keys=True).encode() + b"\n",
    }
    about = {"bytes": len(package), "exchanges": len(flat), "media": shown.shown, "media_missing": len(shown.missing)}
    with writing(study) as log:
        put(log, folder_of(study), hand, "capture", files, about=about)
    progress("Asking for the page", 1, 1)
    return Captured(
        capture=capture_id,
        url=exchanges[0].url,
        status=page.status,
        truncated=page.truncated,
        stopped=stopped,
        n_media=shown.shown,
        n_media_kept=shown.shown - len(shown.missing),
        has_screenshot=seen is not None,
        n_bytes=len(package),
        sha256=digest,
    )


@dataclass(frozen=True, kw_only=True)
class _Media:
    """What became of the addresses that a page shows."""

    shown: int = 0
    answered: tuple[Exchange, ...] = ()
    """All exchanges, also those that say there is nothing."""
    missing: tuple[tuple[str, str], ...] = ()


def _media(gate: Gate, page: Exchange, caps: Caps, now: Callable[[], datetime], progress: Progress) -> _Media:
    if page.mime not in ("text/html", "application/xhtml+xml"):
        return _Media()
    shown = media_of(page.body(LARGEST_PAGE).decode("utf-8", "replace"), page.url)
    answered: list[Exchange] = []
    missing: list[tuple[str, str]] = []
    total = len(page.response)
    for number, address in enumerate(shown):
        progress("Asking for what the page shows", number, len(shown))
        if number >= MOST_MEDIA:
            missing.append((address, f"it comes after the first {MOST_MEDIA:,}"))
            continue
        if total > MOST_TOTAL:
            missing.append((address, f"the capture holds {MOST_TOTAL:,} bytes already"))
            continue
        try:
            exchanges, stopped = fetch(gate, address, caps=caps, now=now)
        except (NotPublic, NoAnswer) as no:
            missing.append((address, no.why))
            continue
        # What a server says of a picture that is gone is kept, too.
        answered += exchanges
        total += sum(len(one.response) for one in exchanges)
        last = exchanges[-1]
        if why := stopped or (None if last.status == 200 else f"the server answers {last.status}"):
            missing.append((address, why))
    progress("Asking for what the page shows", len(shown), len(shown))
    return _Media(shown=len(shown), answered=tuple(answered), missing=tuple(missing))


def _resources(url: str, seen: Seen) -> tuple[Resource, ...]:
    return (
        Resource(uri=f"urn:view:{url}", at=seen.at, mime="image/png", content=seen.picture),
        Resource(uri=f"urn:dom:{url}", at=seen.at, mime="text/html; charset=utf-8", content=seen.document),
    )


def _told(one: Exchange) -> dict[str, Any]:
    return {
        "url": one.url,
        "address": one.address,
        "at": one.at.isoformat(),
        "status": one.status,
        "mime": one.mime,
        "bytes": len(one.payload),
        "sha256": sha256(one.payload).hexdigest(),
        "truncated": one.truncated,
    }
