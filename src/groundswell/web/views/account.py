"""«Why am I here?»: the page of an account, by whatever name it is asked for, inside a group or not.

A member's page was stored by the run. Of anybody else the stored tables say so much: it is in no reported group. How
near it came is worked out when somebody asks for it.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.web.frames import app_frame
from groundswell.web.shelf import Shelf

LONGEST_NAME = 300


def ask(request: Request) -> Response:
    """Go to an account's page, or say what is known of it."""
    shelf: Shelf = request.app.state.shelf
    asked = request.query_params.get("name", "").strip()[:LONGEST_NAME]
    run_id, found, explained = shelf.latest, None, None
    if asked and run_id:
        table = shelf.file(run_id, "accounts.csv")
        found = shelf.accounts.listed(table, asked) if table else None
        if found and shelf.sheet(run_id, address := shelf.accounts.address(found)):
            return RedirectResponse(f"/runs/{run_id}/{address}", 303)
        if "near" in request.query_params or found is None:
            # A name of several accounts, or of none: the study's own tables know, and say so.
            explained = pipeline.explain(shelf.study, asked)
    content = {"asked": asked, "found": found, "explained": explained, "run_id": run_id, "name": shelf.study.name}
    return HTMLResponse(
        page("web/account.html", frame=app_frame(request, shelf, "/account"), version=VERSION, **content)
    )


ROUTES = (Route("/account", ask),)
