"""The commands about who an account says it is: names that can be taken for others, and texts that were copied."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from groundswell import pipeline
from groundswell.cli.say import line, printable
from groundswell.personas.impersonation import Level

SHOWN = 50
"""Pairs that a person is shown; `--json` has all."""

Candidates = Annotated[Path, typer.Argument(help="Names one a line, a table of accounts, or a study folder.")]
Protected = Annotated[
    Path | None,
    typer.Option("--protected", help="Names to be protected, in the same form; without it, all against each other."),
]
Json = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]


def lookalikes(candidates: Candidates, *, protected: Protected = None, as_json: Json = False) -> None:
    """Find names that can be taken for a protected one, and show what differs.

    Example: groundswell lookalikes accounts.csv --protected writers.txt
    """
    found = pipeline.lookalikes(candidates, protected)
    if as_json:
        _print_json(found)
        return
    shown = found["pairs"][:SHOWN]
    line(
        f"{found['n_pairs']:,} pairs of names to look at, of {found['n_compared']:,} compared"
        f" ({found['n_candidates']:,} candidates, {found['n_protected']:,} protected)."
    )
    for pair in shown:
        line()
        line(f"{printable(pair['candidate'])}  for  {printable(pair['protected'])}   {pair['level']}")
        for reason in pair["why"]:
            line(f"  {printable(reason)}")
        line(f"  {pair['impersonation']['sentence']}")
    if len(found["pairs"]) > SHOWN:
        line(f"\n{len(found['pairs']) - SHOWN:,} more pairs: --json prints them all.")
    labelled = sum(pair["label"] is not None for pair in found["set_aside"])
    line(
        f"\nSet aside: {labelled:,} whose name or profile says fan, parody or the like,"
        f" {len(found['set_aside']) - labelled:,} that bear the very same name."
    )
    if any(pair["level"] == Level.PROBABLE for pair in found["pairs"]):
        line("A person decides what is impersonation. The program only shows what is alike.")


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")
