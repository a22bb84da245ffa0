"""The commands about who an account says it is: names that can be taken for others, and texts that were copied."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse
from groundswell.personas.impersonation import Level
from groundswell.store.study import Study
from groundswell.traces.similar_text.pairs import LEAST

SHOWN = 50
"""Pairs that a person is shown; `--json` has all."""

Candidates = Annotated[Path, typer.Argument(help="Names one a line, a table of accounts, or a study folder.")]
Protected = Annotated[
    Path | None,
    typer.Option("--protected", help="Names to be protected, in the same form; without it, all against each other."),
]
Json = Annotated[bool, typer.Option("--json", help="Print figures as JSON.")]


Keep = Annotated[
    bool, typer.Option("--keep", help="Keep the findings in the study; `publish` shows them on personas.html.")
]


def lookalikes(
    candidates: Candidates, *, protected: Protected = None, keep: Keep = False, as_json: Json = False
) -> None:
    """Find names that can be taken for a protected one, and show what differs.

    Example: groundswell lookalikes accounts.csv --protected writers.txt
    """
    found = pipeline.lookalikes(candidates, protected)
    if keep:
        pipeline.keep_findings(study_to_keep(candidates), "names", found)
    if as_json:
        print_json(found)
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


def similar(
    file: Annotated[Path, typer.Argument(help="Texts one a line, a table with a column `text`, or any post file.")],
    *,
    least: Annotated[float, typer.Option("--least", help="Jaccard index from which two texts are listed.")] = LEAST,
    paraphrases: Annotated[
        bool, typer.Option("--paraphrases", help="Let a small model look for other words too: weaker candidates.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Find texts that are nearly the same, and the templates that were filled in.

    Example: groundswell similar-text posts.csv
    """
    with Bar(quiet=as_json) as bar:
        found = pipeline.similar_text(file, least=least, paraphrases=paraphrases, progress=bar)
    if as_json:
        print_json(found)
        return
    line(
        f"{found['n_pairs']:,} pairs of texts are nearly the same, of {found['n_compared']:,} texts compared"
        f" ({found['read_as']}; {found['n_too_short']:,} rows without enough text)."
    )
    for cluster in found["clusters"][:SHOWN]:
        line(f"  {cluster['n_texts']:>6,} texts in {cluster['n_wordings']:,} wordings: {_short(cluster['text'])}")
    for one in found["templates"][:SHOWN]:
        line()
        line(f"template, {one['n_texts']:,} of {one['of']:,} texts: {_short(one['template'])}")
        for slot in one["slots"]:
            filled = ", ".join(f"{_short(each['filling'] or '(nothing)')} {each['n_wordings']}" for each in slot[:6])
            line(f"  {filled}{' …' if len(slot) > 6 else ''}")
    if paraphrases:
        line(
            f"\nWeaker: {found['n_paraphrases']:,} pairs of wordings that may say the same, of"
            f" {found['n_wordings_read_by_model']:,} read by the model"
        )
        for two in found["paraphrases"][:SHOWN]:
            line(f"  {printable(two['a'])} · {printable(two['b'])}  alike {two['alike']:g}")
        line(found["paraphrase_note"])
    if not found["pairs_complete"]:
        line("\nSo many copies that not every pair is listed; the clusters are complete.")
    line("\nPetitions, share buttons and running jokes leave the same traces.")


def study_to_keep(place: Path) -> Study:
    """The study that keeps findings, or advice where there is none."""
    if not place.is_dir():
        raise WrongUse(
            f"{str(place)!r} is no study, so there is nowhere to keep what was found.\n"
            "  Read your files into a study first: `groundswell new` and `groundswell read`; or write the output of"
            " --json to a file."
        )
    return pipeline.open_study(place)


def _short(text: str) -> str:
    """A text that fits a line and can't steer a terminal."""
    shown = printable(text)
    return shown if len(shown) <= 100 else f"{shown[:99]}…"
