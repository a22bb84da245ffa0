"""The frame that the app puts around pages: which pages there are, and where the reader is."""

from __future__ import annotations

from starlette.requests import Request

from groundswell.publish.frame import Frame, Neighbour
from groundswell.publish.site.sheet import Sheet
from groundswell.web.shelf import Shelf

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
    )
