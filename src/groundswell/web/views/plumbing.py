"""What every page asks for: the stylesheet, the script, and a place for a browser's reports on our policy."""

from __future__ import annotations

from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from groundswell.publish.page import stylesheet

MOST_REPORTS = 100


def style(_: Request) -> Response:
    """The one stylesheet."""
    return Response(stylesheet(), media_type="text/css", headers={"cache-control": "private, max-age=300"})


def script(request: Request) -> Response:
    """A script that was built from ``web/``; pages work without it."""
    name = request.path_params["name"]
    place = files("groundswell.web") / "static" / name
    if "/" in name or name.startswith(".") or not name.endswith(".js") or not place.is_file():
        raise HTTPException(404, "No such script was built.")
    return Response(place.read_bytes(), media_type="text/javascript", headers={"cache-control": "private, max-age=300"})


def icon(_: Request) -> Response:
    """No picture for the tab. Browsers ask for one unasked, and would call the page broken without an answer."""
    return Response(status_code=204)


async def report(request: Request) -> Response:
    """Keep what a browser says broke the policy; tests read it, and nobody is sent it."""
    reports: list[str] = request.app.state.reports
    if len(reports) < MOST_REPORTS:
        reports.append((await request.body())[:4_000].decode("utf-8", "replace"))
    return Response(status_code=204)


def reports(request: Request) -> Response:
    """What browsers said so far."""
    return JSONResponse({"reports": request.app.state.reports})


ROUTES = (
    Route("/groundswell.css", style),
    Route("/static/{name}", script),
    Route("/favicon.ico", icon),
    Route("/csp", report, methods=["POST"]),
    Route("/csp", reports),
)
