"""A person's word on a group or an account is taken here: yes, no or unsure, with a name and a reason."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from groundswell.store.judgements import add_judgement
from groundswell.web.shelf import ADDRESS, RUN_ID, Shelf
from groundswell.web.views.run_pages import about


async def judge(request: Request) -> Response:
    """Keep a judgement and go back to the page it was made on."""
    form = await request.form()
    said = {name: str(form.get(name, "")) for name in ("answer", "who", "why", "run_id", "address")}
    if not (RUN_ID.fullmatch(said["run_id"]) and ADDRESS.fullmatch(said["address"])):
        raise HTTPException(400, "A judgement is made on a page of a run.")
    shelf: Shelf = request.app.state.shelf
    if shelf.sheet(said["run_id"], said["address"]) is None:
        raise HTTPException(404, "This run has no such page.")
    await run_in_threadpool(
        add_judgement,
        shelf.study,
        about=about(said["address"]),
        answer=said["answer"],
        who=said["who"],
        why=said["why"],
        run_id=said["run_id"],
    )
    return RedirectResponse(f"/runs/{said['run_id']}/{said['address']}#said-by-people", 303)


ROUTES = (Route("/judgements", judge, methods=["POST"]),)
