"""The runs of a study, and what changed from one to the next."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.publish.spelling import count
from groundswell.web.frames import app_frame
from groundswell.web.shelf import Shelf


def show(request: Request) -> Response:
    """All runs, newest first, each beside the one before it."""
    shelf: Shelf = request.app.state.shelf
    ids = shelf.runs
    runs = []
    for number, run_id in enumerate(ids):
        since = ids[number + 1] if number + 1 < len(ids) else None
        changed = None if since is None else changes(shelf.groups(since), shelf.groups(run_id))
        runs.append({**shelf.about(run_id), "since": since, "changes": changed})
    content = {"runs": runs, "name": shelf.study.name}
    return HTMLResponse(page("web/runs.html", frame=app_frame(request, shelf, "/runs"), version=VERSION, **content))


def changes(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Rows of the reported groups whose members changed: letter, members before and now, came, went."""
    older, newer = _members(before), _members(now)
    rows = []
    for letter in sorted(older | newer):
        was, is_now = older.get(letter, frozenset()), newer.get(letter, frozenset())
        if was != is_now:
            rows.append((letter, *(count(len(part)) for part in (was, is_now, is_now - was, was - is_now))))
    return rows


def _members(groups: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    return {one["group_id"]: frozenset(one["account_ids"]) for one in groups if one["outcome"] == "reported"}


ROUTES = (Route("/runs", show),)
