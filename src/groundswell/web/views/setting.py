"""Another window or minimum, answered while a person waits, beside what the latest run listed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.model.window import window as read_window
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.traces.kinds import words
from groundswell.web.frames import app_frame
from groundswell.web.shelf import Shelf


def show(request: Request) -> Response:
    """The links of the setting that was asked for, and the run's groups in it; the run's own setting by default."""
    shelf: Shelf = request.app.state.shelf
    asked = {name: request.query_params.get(name, "").strip() for name in ("window", "min_objects")}
    found = pipeline.try_setting(
        shelf.study,
        read_window(asked["window"]) if asked["window"] else None,
        _whole(asked["min_objects"]) if asked["min_objects"] else None,
    )
    nulls = sorted({null for kind in found.kinds for null in kind.n_beyond})
    kinds = [
        (
            words(kind.kind).many,
            f"{kind.n_accounts:,}",
            f"{kind.n_pairs:,}",
            *(f"{kind.n_beyond[null]:,}" for null in nulls),
            "unknown" if (run := found.listed_by_run(kind.kind)) is None else f"{run:,}",
        )
        for kind in found.kinds
    ]
    groups = [
        (group.group_id, f"{group.size:,}", words(cell.kind).many, cell.null, f"{cell.n_members:,}")
        for group in found.groups
        for cell in group.cells
    ]
    content = {"found": found, "nulls": nulls, "kinds": kinds, "groups": groups, "name": shelf.study.name}
    frame = app_frame(request, shelf, "/setting")
    return HTMLResponse(page("web/setting.html", frame=frame, version=VERSION, **content))


def _whole(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise WrongUse(f"{written!r} is no whole number.\n  A minimum of objects is 2, for example.") from None


ROUTES = (Route("/setting", show),)
