"""The page of panels: what the scope is, the one sentence, then each panel as a table with the whole beside the count.

Watched ──► the content of ``watch.html``      for the app and for the site
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from groundswell.assess.wording import counted, percent
from groundswell.publish.page import printed, with_denominator
from groundswell.publish.redaction import Redaction
from groundswell.publish.spelling import count, minute
from groundswell.watch.panel import Answer, Panel
from groundswell.watch.row import Row
from groundswell.watch.watch import Watched

UNKNOWN = Markup('<span class="unknown-figure">{}</span>')
"""What nobody knows, in the size of the figure it stands for."""

MARKS = {"hashtags": "#", "trending_hashtags": "#", "mentions": "@"}
OF_PEOPLE = {"active": "account", "mentions": "name", "posts": "post"}
"""Panels whose items name somebody."""


def watch_content(
    found: Watched, redaction: Redaction, *, version: str, run_id: str | None = None, made_up: bool = False
) -> dict[str, Any]:
    """Everything that ``watch.html`` asks for, by name. Accounts stand under the names that the report uses.

    Parameters
    ----------
    run_id, made_up
        Of the run that the page is published with; panels count what was read, whatever the run.
    """
    of_list = found.list_name is not None
    return {
        "version": version,
        "run_id": run_id,
        "made_up": made_up,
        "list_name": found.list_name,
        "hours": f"{found.span.hours:g}",
        "start": minute(found.span.start),
        "end": minute(found.span.at),
        "at": found.span.at.isoformat(timespec="minutes"),
        "n_posts": count(found.n_posts),
        "n_posts_all": count(found.n_posts_all),
        "n_members": counted(found.n_members, "account", "accounts"),
        "n_seen": count(found.n_seen),
        "headline": with_denominator(printed(redaction.names(_headline(found)))),
        "precision": _precision(found),
        "controls": [
            f"{counted(n, 'account', 'accounts')}" + (f", {missing:,} members without a match" if missing else "")
            for n, missing in found.controls
        ],
        "placebo": _placebo(found),
        "panels": [_panel(panel, answer, redaction, of_list=of_list) for panel, answer in found.answers],
    }


def _headline(found: Watched) -> str:
    if found.sentence:
        return found.sentence
    first = next((row for panel, answer in found.answers if panel.name == "hashtags" for row in answer.rows), None)
    if not isinstance(first, Row):
        return f"In these {found.span.hours:g} hours nobody used a hashtag in the {found.n_posts:,} posts collected."
    share = percent(first.share_list or 0)
    return (
        f"#{first.name} stood in {first.count:,} of {found.n_posts:,} posts ({share}), by"
        f" {counted(first.accounts, 'account', 'accounts')}: the most used hashtag of what was collected."
    )


def _precision(found: Watched) -> str:
    told = found.precision
    if told is None:
        return "precision unknown"
    return f"{told.right:,} of {told.rated:,} rightly listed ({percent(told.low)} to {percent(told.high)})"


def _placebo(found: Watched) -> str:
    told = found.placebo
    if told is None or not told.tried:
        return ""
    return (
        f"{told.alarms} of {counted(told.tried, 'item', 'items')} rang for a list of nobody in particular that went"
        " through the same page."
    )


def _panel(panel: Panel, answer: Answer, redaction: Redaction, *, of_list: bool) -> dict[str, Any]:
    shown = {
        "name": panel.name,
        "title": panel.title,
        "question": panel.question,
        "caption": panel.caption,
        "of": counted(answer.n_items, "item", "items"),
    }
    if answer.shape == "tally":
        head = [(panel.title, 0), ("Posts", 1), ("Share of the posts", 1)]
        rows = [(str(row["name"]), count(row["count"]), _part(row["share_list"])) for row in _tallies(answer)]
        return {**shown, "head": head, "rows": rows}
    ranked = [row for row in answer.rows if isinstance(row, Row)]
    head = [("Rank", 0), (panel.title, 0), ("Uses", 1), ("Accounts", 1), ("Of the posts", 1)]
    if of_list:
        head += [("Of all uses", 1), ("Rank in all", 1), ("Lift", 1)]
    if any(row.trend for row in ranked):
        head.append(("Times its past", 1))
    return {**shown, "head": head, "rows": [_cells(panel, row, redaction, head) for row in ranked]}


def _cells(panel: Panel, row: Row, redaction: Redaction, head: list[tuple[str, int]]) -> tuple[Any, ...]:
    moves = f" ({row.rank_low}–{row.rank_high})" if row.rank_low != row.rank_high else ""
    cells: list[Any] = [
        f"{row.rank}{moves}",
        _name(panel, row, redaction),
        count(row.count),
        count(row.accounts),
        _part(row.share_list),
    ]
    if ("Lift", 1) in head:
        cells += [
            UNKNOWN.format("share unknown")
            if row.share_all is None
            else f"{percent(row.share_all)} of {count(row.count_all)}",
            UNKNOWN.format("unknown") if row.rank_all is None else str(row.rank_all),
            UNKNOWN.format("lift unknown")
            if row.lift is None
            else f"{row.lift.ratio:.2g} ({row.lift.low:.2g} to {row.lift.high:.2g})",
        ]
    if ("Times its past", 1) in head:
        cells.append(f"{row.trend.score:.2g}" if row.trend else "fewer than 30")
    return tuple(cells)


def _name(panel: Panel, row: Row, redaction: Redaction) -> str:
    match OF_PEOPLE.get(panel.name):
        case "account":
            return redaction.account(row.name)
        case "post":
            return redaction.post(row.name)
        case "name":
            return redaction.names(f"@{row.name}")
        case _:
            return redaction.text(f"{MARKS.get(panel.name, '')}{row.name}", longest=120)


def _tallies(answer: Answer) -> list[dict[str, Any]]:
    return [row for row in answer.rows if isinstance(row, dict)]


def _part(share: float | None) -> Any:
    return UNKNOWN.format("share unknown") if share is None else percent(share)
