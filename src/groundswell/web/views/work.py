"""How far the work is: a page that refreshes itself, a stream for those with scripts, and the button that stops it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from groundswell.assess.wording import duration
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.language import ENGLISH
from groundswell.publish.page import page
from groundswell.publish.translation import said_in
from groundswell.web.frames import app_frame, language_of
from groundswell.web.jobs import Jobs, State

BEAT_S = 15.0
"""A word at least so often, so that nothing between here and the browser thinks the line dead."""


def show(request: Request) -> Response:
    """The work that is being done, or was done last."""
    state = _jobs(request).state
    latest = request.app.state.shelf.latest
    if state.number and not state.running and not state.error and not state.stopped and latest:
        return RedirectResponse(f"/runs/{latest}/index.html", 303)
    return HTMLResponse(
        page(
            "web/work.html",
            frame=app_frame(request, request.app.state.shelf, "/progress"),
            version=VERSION,
            **_told(state, ENGLISH),
        )
    )


async def events(request: Request) -> Response:
    """The state as server-sent events, one a change."""
    language = language_of(request)

    async def stream() -> AsyncIterator[str]:
        seen = -1
        while not await request.is_disconnected():
            state = await run_in_threadpool(_jobs(request).wait_for_change, seen, BEAT_S)
            yield f"data: {json.dumps(_told(state, language))}\n\n" if state.changed != seen else ": still here\n\n"
            seen = state.changed
            if not state.running:
                return

    return StreamingResponse(stream(), media_type="text/event-stream")


def state(request: Request) -> Response:
    """The state, for programs."""
    return JSONResponse(_jobs(request).state.as_json())


async def stop(request: Request) -> Response:
    """Stop the work and say so."""
    await run_in_threadpool(_jobs(request).stop)
    return RedirectResponse("/progress", 303)


def _told(state: State, language: str) -> dict[str, object]:
    """The state in words; a page is translated as a whole, what follows it by itself."""
    part = min(state.done / state.total, 1.0) if state.total else None
    return {
        **state.as_json(),
        "percent": None if part is None else round(100 * part),
        "left": None if state.left_s is None else said_in(duration(max(state.left_s, 1.0)), language),
        "memory": None if state.memory_mb is None else said_in(f"{state.memory_mb:,.0f} MB", language),
    }


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


ROUTES = (
    Route("/progress", show),
    Route("/progress/events", events),
    Route("/progress/state", state),
    Route("/progress/stop", stop, methods=["POST"]),
)
