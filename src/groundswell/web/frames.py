"""The frame that the app puts around pages: which pages there are, and where the reader is."""

from __future__ import annotations

from starlette.requests import Request

from groundswell.publish.frame import Frame, Neighbour
from groundswell.publish.language import ENGLISH, LANGUAGES, direction
from groundswell.publish.site.sheet import Sheet
from groundswell.web.shelf import Shelf

LANGUAGE_COOKIE = "groundswell-language"
SCRIPT = "/static/groundswell.js"

PAGES = (
    ("Watch", "/watch"),
    ("Lists", "/lists"),
    ("Files", "/files"),
    ("Account", "/account"),
    ("Runs", "/runs"),
    ("Export", "/export"),
)
"""What the app has beside the pages of a run."""


def sheet_frame(request: Request, shelf: Shelf, run_id: str, sheet: Sheet) -> Frame:
    """The frame of a run's page."""
    depth = sheet.address.count("/")
    here = {sheet.address} | {address for _, address in sheet.below}
    row = [Neighbour(words=words, address=address, here=address in here) for words, address in shelf.row(run_id)]
    return Frame(
        root="/",
        run="../" * depth,
        neighbours=(*row, *(Neighbour(words=words, address=address) for words, address in PAGES)),
        above=tuple(Neighbour(words=words, address=address) for words, address in sheet.below),
        script=SCRIPT,
        nonce=request.state.nonce,
        language=language_of(request),
        direction=direction(language_of(request)),
        languages=tuple((code, name) for code, (name, _) in LANGUAGES.items()),
        here=_here(request),
    )


def app_frame(request: Request, shelf: Shelf, here: str) -> Frame:
    """The frame of a page of the app's own; `here` is its address."""
    latest = shelf.latest
    home = (Neighbour(words="Summary", address=f"/runs/{latest}/index.html"),) if latest else ()
    return Frame(
        root="/",
        run="/",
        neighbours=(*home, *(Neighbour(words=words, address=at, here=at == here) for words, at in PAGES)),
        script=SCRIPT,
        nonce=request.state.nonce,
        language=language_of(request),
        direction=direction(language_of(request)),
        languages=tuple((code, name) for code, (name, _) in LANGUAGES.items()),
        here=_here(request),
    )


def language_of(request: Request) -> str:
    """The language that the reader chose, or English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, ENGLISH)
    return chosen if chosen in LANGUAGES else ENGLISH


def _here(request: Request) -> str:
    """Where a choice of language leads back to; a page that was asked for by a form can't be asked for again."""
    return request.url.path if request.method == "GET" else "/"
