"""`groundswell try`: what another window or minimum would list, beside the latest run."""

from __future__ import annotations

from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, StudyFolder
from groundswell.cli.say import line
from groundswell.model.other_setting import OtherSetting
from groundswell.model.window import window as read_window


def try_setting(
    study: StudyFolder,
    *,
    window: Annotated[
        str | None, typer.Option("--window", help="Such as 60s or 10min; the latest run's if missing.")
    ] = None,
    min_objects: Annotated[
        int | None, typer.Option("--min-objects", help="Fewest objects a pair must share; the latest run's if missing.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what another window or minimum would list, and whether the groups hang together by it; changes nothing.

    Example: groundswell try gate.study --window 10s --min-objects 3
    """
    asked = read_window(window) if window else None
    found = pipeline.try_setting(pipeline.open_study(study), asked, min_objects)
    if as_json:
        print_json(found.as_json())
    else:
        _say(found)


def _say(found: OtherSetting) -> None:
    line(
        f"{counted(found.n_pairs, 'pair', 'pairs')} of accounts met on {found.min_objects} objects or more within"
        f" {found.window_s:g} s. No group was looked for."
    )
    for kind in found.kinds:
        beyond = ", ".join(f"{n:,} beyond chance ({null})" for null, n in kind.n_beyond.items())
        run = found.listed_by_run(kind.kind)
        then = "" if run is None else f"; the run listed {run:,}"
        line(f"  {kind.kind:<17} {kind.n_pairs:>9,} among {kind.n_accounts:,} accounts: {beyond}{then}")
    for said in found.left_out:
        line(said)
    if found.run_id is not None:
        line(
            f"The run {found.run_id} listed pairs within {found.compared_with_s:g} s on {found.run_min_objects} objects"
            " or more. Its groups here:"
        )
    for group in found.groups:
        told = ", ".join(f"{cell.n_members} by {cell.kind} ({cell.null})" for cell in group.cells if cell.n_members)
        line(
            f"  {group.group_id:<4} of {counted(group.size, 'member', 'members')} there hang together: {told or 'none'}"
        )
