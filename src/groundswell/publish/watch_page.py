"""The page of panels: what the scope is, the one sentence, then each panel as a table with the whole beside the count.

Watched ──► the content of ``watch.html``      for the app and for the site
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from markupsafe import Markup

from groundswell.assess.wording import counted, percent
from groundswell.publish.item_page import item_content
from groundswell.publish.page import printed, with_denominator
from groundswell.publish.redaction import Redaction
from groundswell.publish.spelling import count
from groundswell.watch.history import ItemHistory
from groundswell.watch.lift import times
from groundswell.watch.panel import Answer, Panel
from groundswell.watch.placebo_nights import Night
from groundswell.watch.row import Row
from groundswell.watch.watch import Watched

UNKNOWN = Markup('<span class="unknown-figure">{}</span>')
"""What nobody knows, in the size of the figure it stands for."""

MARKS = {"hashtags": "#", "trending_hashtags": "#", "mentions": "@"}
OF_PEOPLE = {"active": "account", "mentions": "name", "posts": "post"}
"""Panels whose items name somebody."""
THINGS = {
    "hashtags": "Hashtag",
    "trending_hashtags": "Hashtag",
    "topics": "Topic",
    "urls": "Link",
    "domains": "Site",
    "posts": "Post",
    "mentions": "Account",
    "active": "Account",
}
"""What stands in the rows of a panel."""
TRENDING = ("trending_hashtags",)
"""Panels in the order of a rise. A place by uses stands last in them, for the rows do not follow it."""
LONGEST_NAME = 120
"""Characters of an item that are shown."""
Cell: TypeAlias = tuple[str, int, Any]
"""The head of a column, whether it holds numbers, and what stands in it."""
KINDS = {"hashtags": "hashtag", "trending_hashtags": "hashtag", "urls": "url", "domains": "domain"}
"""Panels whose items have a page over time, and the kind of their items. What names somebody has none."""


def watch_content(
    found: Watched,
    redaction: Redaction,
    *,
    version: str,
    run_id: str | None = None,
    made_up: bool = False,
    page_of: Callable[[str, str], str] | None = None,
    first: ItemHistory | None = None,
) -> dict[str, Any]:
    """Everything that ``watch.html`` asks for, by name. Accounts stand under the names that the report uses.

    Parameters
    ----------
    run_id, made_up
        Of the run that the page is published with; panels count what was read, whatever the run.
    page_of
        From the kind and the name of an item to the address of its page over time; None where items have none.
    first
        The first hashtag over time, to be drawn on the page itself.
    """
    of_list = found.list_name is not None
    return {
        "version": version,
        "run_id": run_id,
        "made_up": made_up,
        "list_name": found.list_name,
        "hours": f"{found.span.hours:g}",
        "start": f"{found.span.start:%-d %b %Y, %H:%M}",
        "end": f"{found.span.at:%-d %b %Y, %H:%M}",
        "at": found.span.at.isoformat(timespec="minutes"),
        "n_posts": count(found.n_posts),
        "n_posts_all": count(found.n_posts_all),
        "n_members": count(found.n_members),
        "n_seen": count(found.n_seen),
        "headline": with_denominator(printed(redaction.names(_headline(found)))),
        "precision": _precision(found),
        "controls": [
            f"{counted(n, 'account', 'accounts')}" + (f", {missing:,} members without a match" if missing else "")
            for n, missing in found.controls
        ],
        "placebo": _placebo(found),
        "nightly": _nightly(found),
        "nights": [
            (f"{night.until:%Y-%m-%d}", count(night.tried), count(len(night.rang)), _named(night, redaction))
            for night in found.nights
        ],
        "panels": [_panel(panel, answer, redaction, page_of, of_list=of_list) for panel, answer in found.answers],
        "first": item_content(first, redaction, list_name=found.list_name) if first else None,
    }


def _headline(found: Watched) -> str:
    if found.sentence:
        return found.sentence
    first = found.first_hashtag
    if first is None:
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


def _nightly(found: Watched) -> str:
    """How often such pages ring for nothing; empty where no night was tried."""
    told = found.false_alarms
    if told is None:
        return ""
    return (
        f"In {counted(told.nights, 'night', 'nights')} {told.alarms:,} of {counted(told.tried, 'item', 'items')} rang"
        f" for lists of nobody in particular: {percent(told.alarms / told.tried)} false alarms"
        f" (95 % interval {percent(told.low)} to {percent(told.high)})."
    )


def _named(night: Night, redaction: Redaction) -> str:
    return ", ".join(redaction.text(f"#{name}", longest=LONGEST_NAME) for name in night.rang) or "none"


def _panel(
    panel: Panel, answer: Answer, redaction: Redaction, page_of: Callable[[str, str], str] | None, *, of_list: bool
) -> dict[str, Any]:
    shown = {
        "name": panel.name,
        "title": panel.title,
        "question": panel.question,
        "caption": panel.caption,
        "of": count(answer.n_items),
    }
    if answer.shape == "tally":
        head = [(panel.title, 2), ("Posts", 1), ("Share of the posts", 1)]
        rows = [
            (_tallied(panel, str(row["name"])), count(row["count"]), _part(row["share_list"]))
            for row in _tallies(answer)
        ]
        return {**shown, "head": head, "rows": rows}
    ranked = [row for row in answer.rows if isinstance(row, Row)]
    cells = _risen if panel.name in TRENDING else _used
    table = [_within(cells(row, of_list=of_list), _beside(row) if of_list else []) for row in ranked]
    names = [_linked(panel, row, redaction, page_of) for row in ranked]
    head = [(title, number) for title, number, _ in table[0]] if table else []
    at = 0 if panel.name in TRENDING else 1
    rows = [_with_name(name, [cell for _, _, cell in row], at) for name, row in zip(names, table, strict=True)]
    return {**shown, "head": _with_name((THINGS.get(panel.name, panel.title), 0), head, at), "rows": rows}


def _within(cells: list[Cell], beside: list[Cell]) -> list[Cell]:
    """The share of all uses stands next to the place, where a narrow screen shows it too; the rest stands last."""
    return [*cells[:1], *beside[:1], *cells[1:], *beside[1:]]


def _with_name(name: Any, cells: list[Any], at: int) -> tuple[Any, ...]:
    return (*cells[:at], name, *cells[at:])


def _used(row: Row, *, of_list: bool) -> list[Cell]:
    """What a panel of the most used says of an item: its place, and what it hangs on."""
    return [
        ("Place in the list" if of_list else "Place", 2, f"{row.rank}{_moves(row)}"),
        ("Uses", 1, count(row.count)),
        ("Accounts", 1, count(row.accounts)),
        ("Of the list’s posts" if of_list else "Of the posts", 1, _part(row.share_list)),
    ]


def _risen(row: Row, *, of_list: bool) -> list[Cell]:
    """What a panel of the trending says: by how much it rose, then how much that is. Its order is that of the rise."""
    return [
        ("Times its own past", 1, times(row.trend.score) if row.trend else "fewer than 30"),
        ("Uses", 1, count(row.count)),
        ("Its past would give", 1, f"{row.trend.expected:,.1f}" if row.trend else UNKNOWN.format("unknown")),
        ("Accounts", 1, count(row.accounts)),
        ("Of the list’s posts" if of_list else "Of the posts", 1, _part(row.share_list)),
        ("Place by uses in the list" if of_list else "Place by uses", 1, f"{row.rank}{_moves(row)}"),
    ]


def _beside(row: Row) -> list[Cell]:
    """What a list must be seen beside: all uses, the place in everything, lists of the same make."""
    return [
        (
            "Of all uses",
            1,
            UNKNOWN.format("share unknown")
            if row.share_all is None
            else f"{percent(row.share_all)} of {count(row.count_all)}",
        ),
        ("Place in everything", 1, UNKNOWN.format("unknown") if row.rank_all is None else str(row.rank_all)),
        (
            "Lift",
            1,
            UNKNOWN.format("lift unknown")
            if row.lift is None
            else f"{times(row.lift.ratio)} ({times(row.lift.low)} to {times(row.lift.high)})",
        ),
    ]


def _moves(row: Row) -> str:
    """How far the place moves when accounts are left out; nothing where it stays."""
    return f" ({row.rank_low}–{row.rank_high})" if row.rank_low != row.rank_high else ""


def _linked(panel: Panel, row: Row, redaction: Redaction, page_of: Callable[[str, str], str] | None) -> str | Markup:
    name = _name(panel, row, redaction)
    if page_of is None or panel.name not in KINDS:
        return name
    return Markup('<a href="{}">{}</a>').format(page_of(KINDS[panel.name], row.name), name)


def _name(panel: Panel, row: Row, redaction: Redaction) -> str:
    match OF_PEOPLE.get(panel.name):
        case "account":
            return redaction.account(row.name)
        case "post":
            return redaction.post(row.name)
        case "name":
            return redaction.names(f"@{row.name}")
        case _:
            return redaction.text(f"{MARKS.get(panel.name, '')}{row.name}", longest=LONGEST_NAME)


def _tallies(answer: Answer) -> list[dict[str, Any]]:
    return [row for row in answer.rows if isinstance(row, dict)]


def _tallied(panel: Panel, name: str) -> str | Markup:
    """The head of a row: an hour, a day, or the code of a language as the platform gave it."""
    code = panel.name == "languages" and name != "unknown"
    return Markup('<span class="mono">{}</span>').format(name) if code else name


def _part(share: float | None) -> Any:
    return UNKNOWN.format("share unknown") if share is None else percent(share)
