"""A reply to a finding is taken here: who, why, and what they want printed; its status then stands wherever it is."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.web.shelf import ADDRESS, RUN_ID, Shelf

PAGES = ("groups/", "accounts/")
"""Pages that can be replied to."""


async def reply(request: Request) -> Response:
    """Keep a reply and go back to the page it was written on."""
    form = await request.form()
    said = {name: str(form.get(name, "")) for name in ("who", "why", "context", "run_id", "address")}
    run_id, address = said.pop("run_id"), said.pop("address")
    if not (RUN_ID.fullmatch(run_id) and ADDRESS.fullmatch(address) and address.startswith(PAGES)):
        raise HTTPException(400, "A reply is written on the page of a group or of an account.")
    shelf: Shelf = request.app.state.shelf
    if shelf.sheet(run_id, address) is None:
        raise HTTPException(404, "This run has no such page.")
    folder, _, page = address.partition("/")
    about = {"finding" if folder == "groups" else "account": page.removesuffix(".html")}
    told = {**said, "when": f"{datetime.now(UTC):%Y-%m-%d}"}
    await run_in_threadpool(pipeline.reply, shelf.study, told, **about)
    with suppress(WrongUse):  # Where other work is running, the tables follow at its end.
        request.app.state.jobs.start("Putting the reply into the tables", "pages", [str(shelf.study.folder)])
    return RedirectResponse(f"/runs/{run_id}/{address}#disputes", 303)


ROUTES = (Route("/disputes", reply, methods=["POST"]),)
