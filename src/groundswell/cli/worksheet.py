"""`groundswell worksheet`: a fresh attribution worksheet, or the check of one that people have edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted
from groundswell.claims.worksheet.result import Result
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse

PROBLEMS = 1
"""The exit code when a sheet can't be weighed."""


def worksheet(
    study: Annotated[Path | None, typer.Argument(help="A study, or an output folder of `groundswell run`.")] = None,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A new sheet, .toml or .json; with --check the page, .html.")
    ] = None,
    check: Annotated[Path | None, typer.Option("--check", help="A sheet that people have edited.")] = None,
    as_json: Json = False,
) -> None:
    """Weigh who could be behind it, by people: hypotheses, evidence, and what would change it.

    Examples: groundswell worksheet gate.study -o gate.toml, groundswell worksheet --check gate.toml -o gate.html
    """
    if check is not None:
        found = pipeline.check_worksheet(check, page=out)
        if as_json:
            print_json(found.as_json())
        else:
            _say(found, out)
        if found.problems:
            raise typer.Exit(PROBLEMS)
        return
    if study is None or out is None:
        raise WrongUse(
            "A study and a file to write are needed, or --check and a worksheet.\n"
            "  For example: `groundswell worksheet gate.study -o gate.toml`."
        )
    sheet = pipeline.new_worksheet(pipeline.open_study(study), out)
    if as_json:
        print_json({"worksheet": str(out), "evidence": len(sheet.evidence), "hypotheses": len(sheet.hypotheses)})
        return
    line(
        f"{printable(str(out))}: {counted(len(sheet.hypotheses), 'explanation', 'explanations')} and"
        f" {counted(len(sheet.evidence), 'piece', 'pieces')} of evidence, none of them weighed. The actor is empty."
    )
    line(f"Edit it, then: groundswell worksheet --check {printable(str(out))}")


def _say(found: Result, page: Path | None) -> None:
    line(printable(found.likelihood_sentence))
    line(found.confidence_sentence)
    line(printable(found.actor_sentence))
    for one in (*found.problems, *found.remarks):
        line(f"  {printable(one)}")
    for one in found.as_json()["hypotheses"]:
        line(f"  {one['id']:<10} {one['word']:<17} {printable(one['name'])}")
    for turn in found.turns:
        line(f"  {printable(turn.if_)}: {printable(turn.then)}")
    if page is not None:
        line(f"\npage    {printable(str(page))}")
