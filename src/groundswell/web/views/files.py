"""The files of a study: what was read, a place to drop more, and what a dropped file is before it is read.

drop ──► inbox ──► «this looks like …» ──► read and analyse
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.file_account import file_account
from groundswell.publish.inspection_page import inspection_content
from groundswell.publish.page import page
from groundswell.publish.redaction import inert
from groundswell.web.frames import app_frame
from groundswell.web.jobs import uploads
from groundswell.web.shelf import Shelf

CHUNK = 1 << 20
ODD = re.compile(r"[^\w.-]+")
SEED = re.compile(r"\d{1,18}")


def show(request: Request) -> Response:
    """What was read and what waits."""
    shelf = _shelf(request)
    ledgers = shelf.study.ledgers()
    content = {
        "files": [file_account(one, lambda reason, example: inert(example)) for one in ledgers],
        "waiting": [place.name for place in _waiting(shelf)],
        "name": shelf.study.name,
        "has_run": shelf.latest is not None,
    }
    return HTMLResponse(page("web/files.html", frame=app_frame(request, shelf, "/files"), version=VERSION, **content))


async def drop(request: Request) -> Response:
    """Keep dropped files in the inbox; nothing is read yet."""
    async with request.form(max_files=50, max_fields=10) as form:
        sent = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
        if not sent:
            raise WrongUse("No file was dropped.\n  Choose one first.")
        for one in sent:
            place = _free(uploads(_shelf(request).study.folder), str(one.filename))
            with place.open("xb") as kept:
                while chunk := await one.read(CHUNK):
                    await run_in_threadpool(kept.write, chunk)
    return RedirectResponse(f"/files/{place.name}" if len(sent) == 1 else "/files", 303)


def inspect(request: Request) -> Response:
    """What a waiting file is."""
    shelf, place = _shelf(request), _of_inbox(request)
    seen = pipeline.inspect(place)
    content = inspection_content(seen, version=VERSION)
    return HTMLResponse(page("web/file.html", frame=app_frame(request, shelf, "/files"), place=place.name, **content))


async def analyse(request: Request) -> Response:
    """Read what waits, and look for groups in everything the study holds."""
    form = await request.form()
    shelf = _shelf(request)
    waiting = [str(place) for place in _waiting(shelf)]
    if not waiting and not shelf.study.ledgers():
        raise WrongUse("There is nothing to analyse yet.\n  Drop a file first.")
    seed = str(form.get("seed", "0"))
    if not SEED.fullmatch(seed):
        raise WrongUse(f"A seed is a whole number, but {seed!r} was asked for.\n  The default is 0.")
    asked = {"files": waiting, "campaign": str(form.get("campaign", "")).strip(), "seed": int(seed)}
    request.app.state.jobs.start(f"Analysing {shelf.study.name}", "run", [str(shelf.study.folder), json.dumps(asked)])
    return RedirectResponse("/progress", 303)


async def forget(request: Request) -> Response:
    """Take a file out of the inbox."""
    await run_in_threadpool(_of_inbox(request).unlink)
    return RedirectResponse("/files", 303)


def _waiting(shelf: Shelf) -> list[Path]:
    inbox = uploads(shelf.study.folder)
    return sorted(place for place in inbox.iterdir() if place.is_file()) if inbox.is_dir() else []


def _of_inbox(request: Request) -> Path:
    name = request.path_params["name"]
    for place in _waiting(_shelf(request)):
        if place.name == name:
            return place
    raise HTTPException(404, "No such file waits here.")


def _free(folder: Path, name: str) -> Path:
    """A new place in the inbox, named after what the sender called the file and nothing else of it."""
    folder.mkdir(exist_ok=True)
    plain = ODD.sub("-", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(".-")[-120:] or "file"
    places = (folder / (plain if n == 0 else f"{n}-{plain}") for n in range(10_000))
    return next(place for place in places if not place.exists())


def _shelf(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


ROUTES = (
    Route("/files", show),
    Route("/files", drop, methods=["POST"]),
    Route("/files/{name}", inspect),
    Route("/files/{name}/forget", forget, methods=["POST"]),
    Route("/analyse", analyse, methods=["POST"]),
)
