"""`groundswell explain`: why an account is in a group."""

from __future__ import annotations

from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli import say
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, StudyFolder


def explain(
    study: StudyFolder,
    account: Annotated[str, typer.Argument(help="Account id, handle, or pseudonym from a report.")],
    *,
    as_json: Json = False,
) -> None:
    """Say why an account is in a group, and which posts would take it out.

    Example: groundswell explain out acct-7f3a
    """
    explanation = pipeline.explain(pipeline.open_study(study), account)
    if as_json:
        print_json(explanation.as_json())
    else:
        say.explanation(explanation)
