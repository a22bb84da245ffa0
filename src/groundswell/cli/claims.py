"""`groundswell claims`: articles about a campaign in, who quoted whom and how many independent sources out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.claims.judgements import Answer
from groundswell.claims.provenance import ClaimAccount, Provenance
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, Seed
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse

SHOWN = 5
"""Roots that a person is shown; the page and `--json` have all."""


def claims(
    place: Annotated[Path, typer.Argument(metavar="STUDY|FOLDER", help="A study, or a folder to be made.")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="Articles and posts: .html, .txt, .md, .json, .jsonl, .csv.")
    ] = None,
    *,
    about: Annotated[str | None, typer.Option("--about", help="The hashtag or phrase; kept for the next time.")] = None,
    captures: Annotated[
        bool, typer.Option("--captures", help="The pages that `groundswell capture` kept are articles, too.")
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder of the page and the files.")] = None,
    yes: Annotated[list[str], typer.Option("--yes", help="A citation that a person has looked at and found.")] = [],  # noqa: B006
    no: Annotated[list[str], typer.Option("--no", help="A citation that is none.")] = [],  # noqa: B006
    unsure: Annotated[list[str], typer.Option("--unsure", help="A citation that can’t be told.")] = [],  # noqa: B006
    by: Annotated[str, typer.Option("--by", help="Who answers.")] = "",
    why: Annotated[str, typer.Option("--why", help="For what reason.")] = "",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Trace what articles say of a campaign: who quoted whom, and how many independent sources that makes.

    Examples: groundswell claims gate.study press/*.html --about '#OpenGate',
    groundswell claims gate.study --yes c-2f5e61ab --by ana
    """
    answers = _answers(yes, no, unsure)
    with Bar(quiet=as_json) as bar:
        if answers:
            pipeline.judge_citations(
                place, answers, who=by, when=datetime.now(UTC).isoformat(timespec="seconds"), why=why
            )
        made = pipeline.claims(place, files or (), about=about, captures=captures, out=out, seed=seed, progress=bar)
    if as_json:
        print_json(made.found.as_json())
        return
    for account in made.found.accounts:
        _say(made.found, account)
    line(made.found.standing_sentence())
    if made.found.left_out:
        line(f"{len(made.found.left_out):,} rows left out: --json names each with its reason.")
    line(f"\npage    {made.folder / 'claims.html'}")


def _answers(yes: list[str], no: list[str], unsure: list[str]) -> Mapping[str, Answer]:
    given = [(Answer.YES, one) for one in yes] + [(Answer.NO, one) for one in no]
    given += [(Answer.UNSURE, one) for one in unsure]
    found = {citation: answer for answer, citation in given}
    if len(found) < len(given):
        twice = sorted({one for _, one in given if sum(one == other for _, other in given) > 1})
        raise WrongUse(f"Two answers for {', '.join(twice)}.\n  Give one: --yes, --no or --unsure.")
    return found


def _say(found: Provenance, account: ClaimAccount) -> None:
    line(printable(account.headline))
    for root in account.roots.roots[:SHOWN]:
        line(f"  {root.weight:>5.0%}  {printable(root.name)} ({root.kind})")
    if len(account.roots.roots) > SHOWN:
        line(f"         and {len(account.roots.roots) - SHOWN:,} more")
    for circle in account.circles[:SHOWN]:
        line(f"  circular: {printable(' → '.join(found.by_id[one].name for one in circle.path))}")
    line()
