"""The panels of a list or of everybody, for any stretch of time, and the lists themselves."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.publish.watch_page import watch_content
from groundswell.watch.audit import precision
from groundswell.watch.lists import list_names, make_list, read_list
from groundswell.web.frames import app_frame
from groundswell.web.looks import panels
from groundswell.web.shelf import Shelf
from groundswell.web.views.item import addresses, tiers
from groundswell.web.views.live import live_page


def show(request: Request) -> Response:
    """The page of panels."""
    if (live := live_page(request)) is not None:
        return live
    shelf: Shelf = request.app.state.shelf
    found = panels(shelf.study, request.query_params)
    content = watch_content(found, shelf.accounts.redaction, version=VERSION, page_of=addresses(request))
    return HTMLResponse(
        page(
            "web/watch.html",
            frame=app_frame(request, shelf, "/watch"),
            choices=tiers(shelf.study),
            asked_at=request.query_params.get("at", ""),
            **content,
        )
    )


def lists(request: Request) -> Response:
    """Every list as its readers see it; accounts stand under the names that the report uses."""
    shelf: Shelf = request.app.state.shelf
    redaction = shelf.accounts.redaction
    told = []
    for name in list_names(shelf.study):
        one, known = read_list(shelf.study, name), precision(shelf.study, name)
        rows = [
            (redaction.account(m.account_id), m.tier, m.status, m.since, m.expires, m.reason, m.source, m.who)
            for m in one.members
        ]
        audited = f"{known.right} of {known.rated} rightly listed" if known else "Precision unknown"
        told.append(
            {
                "name": name,
                "rule": one.rule,
                "who": one.who,
                "made": one.made,
                "tiers": one.tiers,
                "rows": rows,
                "precision": audited,
            }
        )
    latest = shelf.latest
    groups = [g["group_id"] for g in shelf.groups(latest) if g["outcome"] == "reported"] if latest else []
    content = {"lists": told, "groups": groups, "name": shelf.study.name}
    return HTMLResponse(page("web/lists.html", frame=app_frame(request, shelf, "/lists"), version=VERSION, **content))


async def start(request: Request) -> Response:
    """Start a list."""
    form = await request.form()
    said = {name: str(form.get(name, "")).strip() for name in ("name", "rule", "who")}
    if not said["who"]:
        raise WrongUse("A list needs somebody who answers for it.\n  Fill in your name.")
    study = request.app.state.shelf.study
    await run_in_threadpool(make_list, study, said["name"], rule=said["rule"], who=said["who"])
    return RedirectResponse("/lists", 303)


async def add(request: Request) -> Response:
    """Put the members of a group on a list."""
    form = await request.form()
    said = {name: str(form.get(name, "")).strip() for name in ("list", "group", "who")}
    if not said["who"]:
        raise WrongUse("A member needs somebody who answers for it.\n  Fill in your name.")
    study = request.app.state.shelf.study
    await run_in_threadpool(pipeline.add_group, study, said["list"], said["group"], who=said["who"])
    return RedirectResponse("/lists", 303)


ROUTES = (
    Route("/watch", show),
    Route("/lists", lists),
    Route("/lists", start, methods=["POST"]),
    Route("/lists/members", add, methods=["POST"]),
)
