"""`groundswell assess`: what the groups amount to."""

from __future__ import annotations

from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Campaign, Json, StudyFolder


def assess(
    study: StudyFolder,
    *,
    campaign: Campaign = None,
    census: Annotated[bool, typer.Option("--census", help="The files hold everything there was.")] = False,
    missing: Annotated[float | None, typer.Option("--missing", help="Part of all posts known to be missing.")] = None,
    as_json: Json = False,
) -> None:
    """Weigh the groups: evidence for and against, innocent explanations, how much of it they are.

    Example: groundswell assess gate.study --campaign '#OpenGate' --json
    """
    with Bar(quiet=as_json) as bar:
        place = pipeline.open_study(study)
        assessment = pipeline.assess(place, campaign=campaign, census=census, missing=missing, progress=bar)
    if as_json:
        print_json(pipeline.assessed(place, assessment))
    else:
        say.assessment(assessment)
