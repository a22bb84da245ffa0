"""`groundswell serve`: a study in the browser, on this machine alone."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.demo import has_screen
from groundswell.web.serve import serve as serve_study


def serve(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    *,
    port: Annotated[int, typer.Option("--port", help="Port on this machine; 0 takes any free one.")] = 0,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in a browser.")] = True,
) -> None:
    """Show a study in the browser: pages, files, runs and what people say. Only this machine can reach it.

    Example: groundswell serve gate.study --no-open
    """
    place = pipeline.open_study(study)
    if place.latest_run() is not None:
        with Bar() as bar:
            pipeline.shelve(place, progress=bar)
            pipeline.roll_up(place)

    def ready(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        if open_page and has_screen():
            webbrowser.open(address)

    serve_study(place, port=port, ready=ready)
