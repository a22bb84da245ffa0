"""`groundswell dispute`: enter what someone says against a finding, or see how findings stand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, StudyFolder
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse


def dispute(
    study: StudyFolder,
    *,
    finding: Annotated[str | None, typer.Option("--finding", help="The group that is disputed, such as A.")] = None,
    account: Annotated[
        str | None, typer.Option("--account", help="An account that disputes its part: id, handle or pseudonym.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="dispute.toml; a template lies in every bundle.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", help="Take this dispute back; it stays in the log.")] = None,
    list_them: Annotated[bool, typer.Option("--list", help="Say how each finding stands, and stop.")] = False,
    as_json: Json = False,
) -> None:
    """Enter a dispute: its status then stands beside the finding wherever it is published.

    Posts named in the file ask for a run without them. Example: groundswell dispute out --finding A --file dispute.toml
    """
    place = pipeline.open_study(study)
    if list_them:
        standings = pipeline.standings(place)
        if as_json:
            print_json({group: stands.as_json() for group, stands in standings})
            return
        for group, stands in standings:
            line(f"group {group}: {stands.status}")
            for row in stands.history:
                what = f"takes back {row.reverses}" if row.reverses else str(row.status)
                line(f"  {row.dispute_id}  {row.when}  {what}: {printable(row.why)[:80]}")
        if not standings:
            line("This run reports no finding, so there is nothing to dispute.")
        return
    if file is None:
        raise WrongUse(
            "A file with the dispute is needed.\n"
            "  For example: `groundswell dispute out --finding A --file dispute.toml`. docs/contest.md shows one."
        )
    with Bar(quiet=as_json) as bar:
        done = pipeline.dispute(place, file, finding=finding, account=account, undo=undo, progress=bar)
    if as_json:
        print_json(done.as_json())
        return
    line(f"Entered as {done.dispute.dispute_id}.")
    for group, stands in done.standings:
        line(f"  group {group}: {stands.status}")
    if done.dispute.without:
        line(f"  {done.dispute.without}")
    if done.notice:
        line(f"  For {done.recipients:,} who registered a download, to be sent by a person: {done.notice}")
    line(f"  Published pages follow with the next `groundswell publish {study} -o FOLDER`.")
