"""The web app: pages that runs have stored, and the few places where a person acts.

    Shelf (stored pages) ─┐
    Jobs (one process)   ─┼─► routes ──► Gate ──► browser
    people.sqlite        ─┘

A page is one file in ``views`` that ends in ROUTES; it is found by being there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from groundswell.errors import GroundswellError
from groundswell.pipeline.live import Follower
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.store.study import Study
from groundswell.web import views
from groundswell.web.frames import app_frame
from groundswell.web.gate import Gate
from groundswell.web.jobs import Jobs
from groundswell.web.shelf import Shelf
from groundswell.web.sse import Streams

LARGEST_UPLOAD = 20 << 30
"""Bytes; the parameter of `make_app` allows more."""


def make_app(study: Study, *, token: str, hosts: Iterable[str], largest_upload: int = LARGEST_UPLOAD) -> Starlette:
    """The app of one study.

    Parameters
    ----------
    token
        Whoever has it may see and do everything.
    hosts
        The ``Host`` headers that are this server.
    """
    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Gate, token=token, hosts=tuple(hosts), largest_bytes=largest_upload)],
        exception_handlers={GroundswellError: _said_no, HTTPException: _http, Exception: _broken},
    )
    app.state.shelf = Shelf(study)
    app.state.jobs = Jobs()
    app.state.live = Follower(study)
    app.state.streams = Streams()
    app.state.reports = []
    return app


def _routes() -> list[BaseRoute]:
    found = sorted(f"{views.__name__}.{module.name}" for module in iter_modules(views.__path__))
    return [route for name in found for route in import_module(name).ROUTES]


async def _said_no(request: Request, error: Exception) -> Response:
    """What was asked can't be done: the error's own words, which say what to do instead."""
    heading, *lines = str(error).splitlines()
    return _sorry(request, 400, heading, lines)


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _broken(request, error)
    code, detail, headers = error.status_code, error.detail, error.headers
    heading = "There is no such page." if code == 404 else f"That did not work ({code})."
    return _sorry(request, code, heading, [detail] if detail and detail != "Not Found" else [], headers)


async def _broken(request: Request, error: Exception) -> Response:
    """A mistake of ours. The page says so; what happened goes to the terminal."""
    return _sorry(request, 500, "This page is broken, and it is the program’s fault.", ["The terminal says more."])


def _sorry(
    request: Request, code: int, heading: str, lines: list[str], headers: Mapping[str, str] | None = None
) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": heading, "more": lines}, code, headers)
    frame = app_frame(request, request.app.state.shelf, "")
    return HTMLResponse(
        page("web/sorry.html", frame=frame, version=VERSION, heading=heading, lines=lines), code, headers
    )
