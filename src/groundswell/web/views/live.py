"""The panels of a study that is being collected: a page that renews itself, and the stream that tells it when."""

from __future__ import annotations

import time
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from groundswell.pipeline.live import Follower
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.publish.watch_page import watch_content
from groundswell.web.frames import app_frame
from groundswell.web.sse import Streams

CHOICES = ("list", "hours", "at")
"""Whoever chose one of these looks at what is stored, which stands still."""


def live_page(request: Request) -> Response | None:
    """The page of panels as they stand; None where nothing is being collected, or something else was asked for."""
    follower = _follower(request)
    if any(request.query_params.get(name) for name in CHOICES) or not follower.is_collecting:
        return None
    follower.start()
    now = follower.now
    frame, live = app_frame(request, request.app.state.shelf, "/watch"), _told(request)
    if now.found is None or now.redaction is None:
        return HTMLResponse(page("web/live_begins.html", frame=frame, version=VERSION, live=live))
    content = watch_content(now.found, now.redaction, version=VERSION)
    return HTMLResponse(page("web/live.html", frame=frame, live=live, **content))


async def events(request: Request) -> Response:
    """How the panels stand as server-sent events, one a change."""
    _follower(request).start()
    streams: Streams = request.app.state.streams
    return streams.answer(request, lambda: _told(request))


async def state(request: Request) -> Response:
    """The same once, for programs."""
    return JSONResponse(_told(request))


def _told(request: Request) -> dict[str, Any]:
    follower = _follower(request)
    now = follower.now
    behind_s = now.behind_s(time.monotonic())
    return {
        "collecting": follower.is_collecting,
        "version": now.version,
        "posts": 0 if now.found is None else now.found.n_posts,
        "as_of": None if now.found is None else f"{now.found.span.at.isoformat(timespec='seconds')}Z",
        # Whole seconds, so that a stream is not told the same thing twice a second.
        "behind_s": None if behind_s is None else int(behind_s),
        "not_yet": now.n_early,
    }


def _follower(request: Request) -> Follower:
    follower: Follower = request.app.state.live
    return follower


ROUTES = (
    Route("/watch/events", events),
    Route("/watch/state", state),
)
