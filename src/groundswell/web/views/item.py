"""One item of a panel over time: its place day by day, and whether a list led or trailed."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.item_page import item_content
from groundswell.publish.page import page
from groundswell.publish.spelling import minute
from groundswell.store.study import Study
from groundswell.watch.lists import list_names, read_list
from groundswell.web.frames import app_frame
from groundswell.web.looks import hours_asked
from groundswell.web.shelf import Shelf

CARRIED = ("list", "hours", "at")
"""What of the page of panels goes along to an item and back."""


def show(request: Request) -> Response:
    """The page of an item."""
    shelf: Shelf = request.app.state.shelf
    asked = request.query_params
    list_name = asked.get("list") or None
    found = pipeline.item_history(
        shelf.study,
        asked.get("kind", ""),
        asked.get("name", ""),
        list_name=list_name,
        hours=hours_asked(asked),
        at=asked.get("at") or None,
    )
    return HTMLResponse(
        page(
            "web/item.html",
            frame=app_frame(request, shelf, "/watch"),
            version=VERSION,
            list_name=list_name,
            choices=tiers(shelf.study),
            asked_name=found.name,
            asked_at=asked.get("at", ""),
            at=found.span.at.isoformat(timespec="minutes"),
            end=minute(found.span.at),
            back=f"/watch?{urlencode(_carried(request))}",
            **item_content(found, shelf.accounts.redaction, list_name=list_name),
        )
    )


def addresses(request: Request) -> Callable[[str, str], str]:
    """From the kind and the name of an item to its page, for the list and the stretch that are looked at now."""
    along = _carried(request)
    return lambda kind, name: f"/watch/item?{urlencode({'kind': kind, 'name': name, **along})}"


def tiers(study: Study) -> list[str]:
    """Every tier of every list: they are never pooled."""
    return [f"{name}:{tier}" for name in list_names(study) for tier in read_list(study, name).tiers]


def _carried(request: Request) -> dict[str, str]:
    return {name: value for name in CARRIED if (value := request.query_params.get(name))}


ROUTES = (Route("/watch/item", show),)
