"""`groundswell verify`: compute a bundle again. Exit code 1 where a figure differs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json
from groundswell.cli.say import line, printable
from groundswell.publish.bundle_figures import Outcome

DIFFERS = 1
"""The exit code when a figure differs."""

MOST_LISTED = 20


def verify(
    bundle: Annotated[Path, typer.Argument(help="A bundle, as `groundswell bundle` writes it.")],
    *,
    memory: Annotated[str | None, typer.Option("--memory", help="Most memory for the database, such as 2GB.")] = None,
    as_json: Json = False,
) -> None:
    """Compute a bundle's figures again, and say of each whether it holds, differs, or can't be checked.

    Nothing in the bundle is executed. Example: groundswell verify gate.bundle --json
    """
    with Bar(quiet=as_json) as bar:
        found = pipeline.verify(bundle, memory=memory, progress=bar)
    if as_json:
        print_json(found.as_json())
    else:
        whole = len(found.checked)
        line(f"{bundle}: run {printable(found.run_id)}. SHA-256 {found.sha256}")
        same = "the same code" if found.same_code else f"different code ({found.checked_by} here)"
        line(f"  made by {printable(found.made_by)}; packed and checked by {same}, by its hash")
        for outcome in Outcome:
            line(f"  {len(found.of(outcome)):>8,} of {counted(whole, 'figure', 'figures')} {_said(outcome)}")
        for one in found.of(Outcome.DIFFERS)[:MOST_LISTED]:
            line(f"    {printable(one.figure)}: the bundle says {_short(one.expected)}, computed {_short(one.found)}")
        if (more := len(found.of(Outcome.DIFFERS)) - MOST_LISTED) > 0:
            line(f"    and {more:,} more; `--json` lists all")
        for why in dict.fromkeys(one.why for one in found.of(Outcome.CANNOT)):
            n = sum(one.why == why for one in found.of(Outcome.CANNOT))
            line(f"    {n:,} not checked: {why}")
    if found.of(Outcome.DIFFERS):
        raise typer.Exit(DIFFERS)


def _said(outcome: Outcome) -> str:
    return {Outcome.HOLDS: "hold", Outcome.DIFFERS: "differ", Outcome.CANNOT: "can't be checked"}[outcome]


def _short(value: Any) -> str:
    written = "nothing" if value is None else str(value)
    return printable(written if len(written) <= 60 else written[:57] + "…")
