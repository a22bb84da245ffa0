"""`groundswell publish`: the report, the tables and the graphs, or a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.options import Out, StudyFolder
from groundswell.cli.say import line
from groundswell.publish.language import ENGLISH


def publish(
    study: StudyFolder,
    out: Out = Path("out"),
    *,
    site: Annotated[
        Path | None,
        typer.Option("--site", help="Write a site of pages into this folder instead; older runs in it stay."),
    ] = None,
    unconfirmed: Annotated[
        bool,
        typer.Option("--unconfirmed-claims", help="With --site: claims too whose citations nobody has looked at."),
    ] = False,
    language: Annotated[
        str, typer.Option("--language", help="With --site: en, de or ar. What was measured is said in English.")
    ] = ENGLISH,
) -> None:
    """Write the report, the tables and the graphs of the latest run, or a site that any host can serve.

    Examples: groundswell publish gate.study -o out, groundswell publish gate.study --site public
    """
    with Bar() as bar:
        place = pipeline.open_study(study)
        page = (
            pipeline.publish_site(place, site, unconfirmed=unconfirmed, language=language, progress=bar)
            if site
            else pipeline.publish(place, out, progress=bar) / "report.html"
        )
    sys.stdout.write(f"{page}\n")
    kept = pipeline.kept_claims(place) if site else None
    if kept and not (kept.confirmed or unconfirmed):
        line("The page of claims was left out: people have not looked at all of its citations yet.")
        line(f"  Answer them with `groundswell claims {study} --yes c-… --by NAME`, or add --unconfirmed-claims.")
