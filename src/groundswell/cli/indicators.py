"""`groundswell indicators`: one account's signs of automation, each by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.figures import print_json
from groundswell.cli.say import line, printable
from groundswell.personas.automation.model import AMONG_PEOPLE, BETWEEN_SETS, DEFAULT_BASE_RATE, WORTH, Estimate
from groundswell.personas.automation.vector import Reading


def indicators(
    study: Annotated[Path, typer.Argument(help="A study folder, or an output folder of `groundswell run`.")],
    account: Annotated[str, typer.Argument(help="Account id, handle, or pseudonym from a report.")],
    *,
    automation: Annotated[
        bool, typer.Option("--automation", help="Add the interval of a weak model, with what it is worth.")
    ] = False,
    base_rate: Annotated[
        float, typer.Option("--base-rate", help="Part of all accounts taken to be automated, for --automation.")
    ] = DEFAULT_BASE_RATE,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Read one account's signs of automation beside other accounts of the study. They are not added up.

    Example: groundswell indicators gate.study acct-7f3a
    """
    found, guess = pipeline.indicators(pipeline.open_study(study), account, base_rate=base_rate if automation else None)
    if as_json:
        told = {**found.as_json(), **({"automation": guess.as_json()} if guess else {})}
        print_json(told)
        return
    line(f"{printable(found.account_id)}, {found.n_posts:,} posts in the data. Each sign stands by itself.")
    for reading in found.readings:
        line(f"  {reading.words:<72} {_said(reading)}")
        if reading.not_scored is None:
            line(f"    {reading.caveat}")
    if guess:
        line()
        _estimate(guess)


def _said(reading: Reading) -> str:
    if reading.value is None:
        return f"not scored: {reading.not_scored}"
    value = f"{reading.value:.3g} {reading.unit}".strip()
    over = f"over {reading.n:,} {reading.counts}"
    if reading.percentile is None:
        return f"{value} {over}; not placed: {reading.not_scored}"
    among = "accounts of like pace" if reading.matched else "accounts of any pace"
    return f"{value} {over}; {reading.percentile:g} % of {reading.reference:,} {among} lie below"


def _estimate(guess: Estimate) -> None:
    if guess.not_scored:
        line(f"Chance that software posts for it: not scored, {guess.not_scored}.")
    else:
        line(
            f"Chance that software posts for it: {guess.low} to {guess.high}, if {guess.base_rate:.0%} of all accounts"
            " were automated."
        )
    line(f"  {guess.caveat}")
    for one in (*WORTH, *BETWEEN_SETS):
        line(
            f"  left out «{one.part}»: AUC {one.auc}, calibration error {one.calibration_error},"
            f" false positives {one.false_positives:.1%} of {one.n - one.n_labelled:,},"
            f" found {one.recall:.1%} of {one.n_labelled:,}"
        )
    for people in AMONG_PEOPLE:
        line(f"  {people.exceed:,} of {people.n:,} {people.who} exceed the threshold")
