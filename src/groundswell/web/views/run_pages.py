"""The pages and tables that a run has stored, and what people said beneath them."""

from __future__ import annotations

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from groundswell.pipeline.run_record import VERSION
from groundswell.publish.frame import Frame
from groundswell.publish.page import part_of_page
from groundswell.publish.site.edition_pages import SUMMARY
from groundswell.store.judgements import ANSWERS, judgements, standing
from groundswell.web.disputed import around
from groundswell.web.frames import sheet_frame
from groundswell.web.shelf import Shelf

JUDGED = ("groups/", "accounts/")
"""Pages on which a person may say yes, no or unsure."""


def home(request: Request) -> Response:
    """The latest run, or the place where files are dropped."""
    latest = _shelf(request).latest
    return RedirectResponse(f"/runs/{latest}/index.html" if latest else "/files", 303)


def sheet(request: Request) -> Response:
    """A page of a run."""
    run_id, address = request.path_params["run_id"], request.path_params["address"]
    found = _shelf(request).sheet(run_id, address)
    if found is None:
        raise HTTPException(404, "This run has no such page.")
    frame = sheet_frame(request, _shelf(request), run_id, found)
    before = beneath = Markup("")
    if address.startswith(JUDGED) or address == SUMMARY:
        before, beneath = around(_shelf(request), frame, run_id, address)
    if address.startswith(JUDGED):
        beneath += _said(request, frame, run_id, address)
    return HTMLResponse(found.html(frame, version=VERSION, before=before, beneath=beneath))


def table(request: Request) -> Response:
    """A table of a run, as a download."""
    name = request.path_params["name"]
    place = _shelf(request).file(request.path_params["run_id"], name)
    if place is None:
        raise HTTPException(404, "This run has no such table.")
    # As a download and as bytes: whatever a post says, no browser opens it as a page of this server.
    return FileResponse(place, media_type="application/octet-stream", filename=name)


def about(address: str) -> str:
    """What a page is about, as judgements name it: ``groups/B.html`` is ``group:B``."""
    folder, _, name = address.partition("/")
    return f"{folder.removesuffix('s')}:{name.removesuffix('.html')}"


def _said(request: Request, frame: Frame, run_id: str, address: str) -> Markup:
    said = judgements(_shelf(request).study, about(address))
    return part_of_page(
        "web/judgements.html",
        "main",
        frame=frame,
        about=about(address),
        run_id=run_id,
        address=address,
        said=[one.as_json() for one in said],
        standing=len(standing(said)),
        answers=[answer for answer in ANSWERS if answer != "withdrawn"],
    )


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


ROUTES = (
    Route("/", home),
    Route("/index.html", home),
    Route("/runs/{run_id}/data/{name}", table),
    Route("/runs/{run_id}/{address:path}", sheet),
)
