"""What leaves the house: every format of `groundswell export --format`, made when it is asked for."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.web.frames import app_frame
from groundswell.web.shelf import Shelf


def show(request: Request) -> Response:
    """The formats, each with what it is for."""
    shelf: Shelf = request.app.state.shelf
    content = {"formats": pipeline.export_formats(), "name": shelf.study.name, "run_id": shelf.latest}
    return HTMLResponse(page("web/export.html", frame=app_frame(request, shelf, "/export"), version=VERSION, **content))


async def download(request: Request) -> Response:
    """One format as a download: a file, or a zip of a folder."""
    shelf: Shelf = request.app.state.shelf
    name = str((await request.form()).get("format", ""))
    chosen = next((one for one in pipeline.export_formats() if one.name == name), None)
    if chosen is None:
        raise WrongUse(f"There is no format {name!r}.\n  Choose one of those on the page.")
    folder = Path(tempfile.mkdtemp(prefix="groundswell-export-"))
    tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        made = await run_in_threadpool(_made, shelf, chosen.name, chosen.suffix, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(made, media_type="application/octet-stream", filename=made.name, background=tidy)


def _made(shelf: Shelf, name: str, suffix: str, folder: Path) -> Path:
    place = folder / f"{shelf.latest}-{name}{suffix}"
    pipeline.export_as(shelf.study, name, place)
    return place if suffix else Path(shutil.make_archive(str(place), "zip", place))


ROUTES = (Route("/export", show), Route("/export", download, methods=["POST"]))
