"""`groundswell watch`: what a list, or everybody, used in 48 hours, with the whole beside each rank."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

import typer

from groundswell import pipeline
from groundswell.assess.wording import counted, percent
from groundswell.cli.bar import Bar
from groundswell.cli.figures import print_json
from groundswell.cli.options import Json, Seed, StudyFolder
from groundswell.cli.say import line, printable
from groundswell.watch.lift import times
from groundswell.watch.panel import Answer, Panel
from groundswell.watch.placebo_nights import Night, false_alarms
from groundswell.watch.row import Row
from groundswell.watch.span import DEFAULT_HOURS
from groundswell.watch.watch import Watched

LINES = 10
"""Rows a panel shows on a terminal; `--json` holds more."""


def watch(
    study: StudyFolder,
    *,
    list_name: Annotated[
        str | None, typer.Option("--list", help="A list of the study, or NAME:TIER; everybody without it.")
    ] = None,
    hours: Annotated[float, typer.Option("--hours", help="Length of the stretch looked at.")] = DEFAULT_HOURS,
    at: Annotated[str | None, typer.Option("--at", help="Its end, such as 2026-05-09T12:00; the last post.")] = None,
    top: Annotated[int, typer.Option("--top", help="Rows of each panel.", min=1, max=1000)] = 20,
    seed: Seed = 0,
    placebo: Annotated[
        bool, typer.Option("--placebo", help="Try 20 unrelated items a night, and say how often the page rings.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Rank hashtags, links, sites and accounts of a stretch of time, each with its share of everything collected.

    With --placebo every night that was not tried yet is, up to the last thirty: run it nightly beside a study that is
    being collected. Pages show what was kept.

    Example: groundswell watch gate.study --list gate --hours 48 --json
    """
    opened = pipeline.open_study(study)
    if placebo:
        with Bar(quiet=as_json) as bar:
            nights = pipeline.placebo_nights(opened, list_name=list_name, hours=hours, at=at, progress=bar)
        _nights([one for one in nights if list_name in (None, one.list_name)], as_json=as_json)
        return
    found = pipeline.watch(
        opened,
        list_name=list_name,
        hours=hours,
        at=at,
        top=LINES if not as_json else top,
        seed=seed,
    )
    if as_json:
        print_json(found.as_json())
        return
    _head(found)
    for panel, answer in found.answers:
        _panel(panel, answer, of_list=found.list_name is not None)


def _nights(nights: Sequence[Night], *, as_json: bool) -> None:
    """The rate of each list, and every night under it."""
    by_list = {key: list(told) for key, told in groupby(nights, key=lambda one: (one.list_name, one.hours))}
    rates = {key: false_alarms(told) for key, told in by_list.items()}
    if as_json:
        rows = [
            {"list": name, "hours": hours, "false_alarms": rate.as_json() if rate else None}
            for (name, hours), rate in rates.items()
        ]
        print_json({"lists": rows, "nights": [one.as_json() for one in nights]})
        return
    for (name, hours), rate in rates.items():
        where = "for nobody’s list" if name is None else f"in place of the list {printable(name)}"
        line(f"placebo {where}, {hours:g} h a night")
        if rate is None:
            line("  nothing could be tried: too few accounts to draw lists of")
            continue
        told = f"{rate.alarms:,} of {rate.tried:,} items rang in {counted(rate.nights, 'night', 'nights')}"
        share, interval = percent(rate.alarms / rate.tried), f"{percent(rate.low)} to {percent(rate.high)}"
        line(f"  {told}: {share} false alarms (95 % interval {interval})")
        for night in by_list[name, hours]:
            rang = ", ".join(f"#{printable(one)[:44]}" for one in night.rang) or "none"
            line(f"  {night.until:%Y-%m-%d}  {len(night.rang):>2} of {night.tried:>2}  {rang}")


def _head(found: Watched) -> None:
    line(f"{found.span.start:%Y-%m-%d %H:%M:%S} to {found.span.at:%Y-%m-%d %H:%M:%S} UTC, {found.span.hours:g} h")
    if found.list_name is None:
        line(f"everybody: {found.n_posts:,} posts")
        return
    told = found.precision
    known = f"{told.right} of {told.rated} rightly listed ({told.low:.0%} to {told.high:.0%})" if told else "unknown"
    line(f"list {printable(found.list_name)}: {found.n_members:,} accounts, {found.n_seen:,} of them seen here")
    line(f"precision {known}")
    line(f"{found.n_posts:,} of {found.n_posts_all:,} collected posts are theirs")
    if found.placebo:
        line(f"placebo: {found.placebo.alarms} of {found.placebo.tried} items rang for a list of nobody in particular")
    if rate := found.false_alarms:
        line(f"placebo, nightly: {rate.alarms} of {rate.tried} items rang in {counted(rate.nights, 'night', 'nights')}")
    if found.sentence:
        line()
        line(printable(found.sentence))


def _panel(panel: Panel, answer: Answer, *, of_list: bool) -> None:
    line()
    line(f"{panel.title}   {panel.question}")
    if not answer.rows:
        line("  none")
    for row in answer.rows[:LINES]:
        if isinstance(row, Row):
            line(f"  {_ranked(row, of_list=of_list)}")
        else:
            line(f"  {_tallied(row)}")
    line(f"  {panel.caption}")


def _ranked(row: Row, *, of_list: bool) -> str:
    span = f"{row.rank_low}–{row.rank_high}" if row.rank_low != row.rank_high else "stable"
    parts = [f"{row.rank:>3} ({span})", f"{printable(row.name)[:44]:<44}", f"{row.count:>7,} by {row.accounts:,}"]
    if of_list:
        share = "share unknown" if row.share_all is None else f"{row.share_all:.2%} of {row.count_all:,}"
        lift = (
            "lift unknown"
            if row.lift is None
            else f"lift {times(row.lift.ratio)} ({times(row.lift.low)}–{times(row.lift.high)})"
        )
        parts += [share, lift]
    if row.trend:
        parts.append(f"{times(row.trend.score)} × its past")
    return "  ".join(parts)


def _tallied(row: dict[str, Any]) -> str:
    share = "share unknown" if row["share_list"] is None else f"{row['share_list']:.1%}"
    return f"{printable(str(row['name']))[:44]:<44}  {row['count']:>7,}  {share}"
