"""`groundswell domains`: addresses in posts that can be taken for a protected site's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted, part
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.personas import Keep, study_to_keep
from groundswell.cli.say import line, printable

SHOWN = 50
"""Pairs that a person is shown; `--json` has all."""


def domains(
    place: Annotated[Path, typer.Argument(metavar="STUDY|FILE", help="A study, or a file with addresses in it.")],
    *,
    protected: Annotated[Path, typer.Option("--protected", help="Addresses to be protected, one a line.")],
    keep: Keep = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures as JSON.")] = False,
) -> None:
    """Find addresses that can be taken for a protected site's. Nothing is fetched.

    Example: groundswell domains gate.study --protected newspapers.txt
    """
    with Bar(quiet=as_json) as bar:
        found = pipeline.domains(place, protected, progress=bar)
    if keep:
        pipeline.keep_findings(study_to_keep(place), "addresses", found)
    if as_json:
        print_json(found)
        return
    line(
        f"{part(found['n_pairs'], found['n_hosts'], 'site', 'sites')} can be taken for one of"
        f" {found['n_protected']:,} protected."
    )
    for pair in found["pairs"][:SHOWN]:
        line()
        line(f"{printable(pair['candidate'])}  for  {printable(pair['protected'])}")
        for reason in pair["why"]:
            line(f"  {printable(reason)}")
        if "n_posts_with_it" in pair:
            line(
                f"  in {part(pair['n_posts_with_it'], found['n_posts_with_link'], 'post', 'posts')} with a link"
                f" by {counted(pair['n_accounts_with_it'], 'account', 'accounts')}, first {pair['first_seen']}:"
                f" {', '.join(map(printable, pair['post_ids'][:3]))}"
            )
        else:
            line(f"  in {part(pair['n_rows_with_it'], found['n_rows'], 'row', 'rows')}, first row {pair['rows'][0]:,}")
    if len(found["pairs"]) > SHOWN:
        line(f"\n{len(found['pairs']) - SHOWN:,} more: --json prints them all.")
    line(f"\n{found['note']}")
