"""`groundswell list`: watchlists that say of each account why it is on them, on whose word, and until when."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from groundswell import pipeline
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, Seed, StudyFolder
from groundswell.cli.say import line, printable
from groundswell.errors import WrongUse
from groundswell.watch.audit import N_SAMPLE, Precision, precision, rate, sample
from groundswell.watch.lists import add_members, list_names, make_list, member, members_of_csv, read_list

lists = typer.Typer(
    name="list",
    help="Watchlists, open to their readers.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(help="The list's name.")]
Who = Annotated[str, typer.Option("--who", help="Your name: it stands beside what you add.")]


@lists.command()
def new(
    study: StudyFolder,
    name: Name,
    *,
    rule: Annotated[str, typer.Option("--rule", help="What an account must have done to be on it.")],
    who: Who,
) -> None:
    """Start a list with its rule of inclusion.

    Example: groundswell list new gate.study gate --rule 'posted the six links within a minute' --who ana
    """
    make_list(pipeline.open_study(study), name, rule=rule, who=who)
    line(f"{printable(name)}: an empty list")


@lists.command()
def add(
    study: StudyFolder,
    name: Name,
    *,
    who: Who,
    file: Annotated[Path | None, typer.Option("--csv", help="account_id, reason, source, tier, since, until.")] = None,
    group: Annotated[str | None, typer.Option("--group", help="Members of this group of the latest run.")] = None,
    published: Annotated[Path | None, typer.Option("--indicators", help="Published threat indicators, CSV.")] = None,
    account: Annotated[str | None, typer.Option("--account", help="One account id.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why: what it did.")] = "",
    source: Annotated[str, typer.Option("--source", help="On whose word.")] = "",
    tier: Annotated[str, typer.Option("--tier", help="Tiers are never pooled.")] = "seed",
) -> None:
    """Put accounts on a list, or earn their place again: from a CSV, a finding, published indicators, or one by hand.

    Example: groundswell list add gate.study gate --group B --who ana
    """
    place = pipeline.open_study(study)
    if sum(one is not None for one in (file, group, published, account)) != 1:
        raise WrongUse(
            "Name one of --csv, --group, --indicators and --account.\n  Each row needs a reason and a source."
        )
    if group is not None:
        n = pipeline.add_group(place, name, group, who=who)
    elif published is not None:
        n = pipeline.add_published(place, name, published, who=who)
    elif file is not None:
        n = add_members(place, name, members_of_csv(file, who=who))
    else:
        n = add_members(place, name, [member(str(account), reason=reason, source=source, who=who, tier=tier)])
    line(f"{printable(name)}: {n:,} rows added, each expires in 90 days unless earned again")


@lists.command()
def withdraw(
    study: StudyFolder,
    name: Name,
    account: Annotated[str, typer.Argument(help="Account id.")],
    *,
    who: Who,
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    contested: Annotated[bool, typer.Option("--contested", help="Mark as contested; it stays until decided.")] = False,
) -> None:
    """Take an account off a list, or mark it as contested; the older row stays readable.

    Example: groundswell list withdraw gate.study gate 1788203 --reason 'one office, said so in public' --who ben
    """
    place = pipeline.open_study(study)
    tiers = [one.tier for one in read_list(place, name).members if one.account_id == account]
    if not tiers:
        raise WrongUse(f"{account!r} is not on the list {name!r}.\n  `groundswell list show` names who is.")
    status = "contested" if contested else "withdrawn"
    rows = [member(account, reason=reason, source="withdrawal", who=who, tier=tier, status=status) for tier in tiers]
    add_members(place, name, rows)
    line(f"{printable(account)}: {status}")


@lists.command()
def show(
    study: StudyFolder,
    name: Annotated[str, typer.Argument(help="The list's name; all without.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Show a list as its readers see it: rule, members, reasons, sources, dates, precision.

    Example: groundswell list show gate.study gate --json
    """
    place = pipeline.open_study(study)
    if not name:
        names = list_names(place)
        if as_json:
            print_json(list(names))
        else:
            for known_name in names:
                line(printable(known_name))
        return
    found, known = read_list(place, name), precision(place, name)
    if as_json:
        print_json({**found.as_json(), "precision": known.as_json() if known else "precision unknown"})
        return
    line(f"{printable(found.name)}: {printable(found.rule)}")
    line(f"started {found.made} by {printable(found.who)}; {len(found.members):,} accounts in {len(found.tiers)} tiers")
    line(
        f"precision {known.right} of {known.rated} ({known.low:.0%} to {known.high:.0%})"
        if known
        else "precision unknown"
    )
    for one in found.members:
        line(
            f"  {printable(one.account_id):<24} {one.tier:<8} {one.status:<10} {one.since} to {one.expires}"
            f"  {printable(one.reason)} ({printable(one.source)}; {printable(one.who)})"
        )


@lists.command()
def audit(
    study: StudyFolder,
    name: Name,
    *,
    answers: Annotated[Path | None, typer.Option("--answers", help="CSV of account_id, answer: one rater's.")] = None,
    rater: Annotated[str, typer.Option("--rater", help="Who answered.")] = "",
    n: Annotated[int, typer.Option("--n", help="Members to draw.", min=1)] = N_SAMPLE,
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Draw a sample for two raters who don't see each other's answers; with --answers, keep one rater's.

    Examples: groundswell list audit gate.study gate > sample.csv,
    groundswell list audit gate.study gate --answers ana.csv --rater ana
    """
    place = pipeline.open_study(study)
    if answers is None:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(("account_id", "answer"))
        out.writerows(
            (one, "") for one in sample([m.account_id for m in read_list(place, name).members], n=n, seed=seed)
        )
        return
    if not rater.strip():
        raise WrongUse("Whose answers are these?\n  Name the rater: --rater ana.")
    with answers.open(encoding="utf-8-sig", newline="") as lines:
        rows = [(row.get("account_id") or "", (row.get("answer") or "").strip()) for row in csv.DictReader(lines)]
    kept = rate(place, name, [one for one in rows if one[1]], rater=rater)
    known = precision(place, name)
    if as_json:
        print_json({"kept": kept, "precision": known.as_json() if known else "precision unknown"})
        return
    line(f"{kept:,} answers kept; precision {_precision(known)}")


def _precision(known: Precision | None) -> str:
    if known is None:
        return "unknown: two raters are needed"
    return f"{known.right} of {known.rated} rightly listed ({known.low:.0%} to {known.high:.0%})"
