"""The page of one item of a panel: its place day by day, and whether a list led or trailed the others.

ItemHistory ──► the content of ``web/item.html``, and of the figures on the page of panels
"""

from __future__ import annotations

import math
from typing import Any

from groundswell.assess.wording import counted, percent
from groundswell.publish.figures.lead import lead_curves
from groundswell.publish.figures.rank_history import rank_history
from groundswell.publish.redaction import Redaction
from groundswell.publish.spelling import count, lag, minute
from groundswell.watch.history import ItemHistory, Point
from groundswell.watch.log import moment

MARKS = {"hashtag": "#", "mention": "@"}
DAY_S = 86_400.0
PARTS = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
"""Where the table reads the curves of a lead off."""
UNKNOWN = "unknown"


def item_content(found: ItemHistory, redaction: Redaction, *, list_name: str | None) -> dict[str, Any]:
    """What the figures of an item ask for, by name; `list_name` is None for everybody."""
    shown = redaction.text(f"{MARKS.get(found.kind, '')}{found.name}", longest=120)
    of_list = list_name is not None
    places = _places(found, of_list=of_list)
    first = _first(found)
    return {
        "item": shown,
        "item_kind": found.kind,
        "item_places": places,
        "item_history": rank_history(found.points, f"{shown}: {places}", of_list=of_list),
        "item_rows": [_row(one, of_list=of_list) for one in found.points],
        "item_of_list": of_list,
        "item_lead": lead_curves(found.inside, found.outside, _bracket(found), f"{shown}: {first}") if of_list else "",
        "item_lead_rows": _lead_rows(found) if of_list else [],
        "item_first": first if of_list else "",
        "item_hours": f"{found.span.hours:g}",
        "item_steps": counted(len(found.points), "day", "days"),
    }


def _places(found: ItemHistory, *, of_list: bool) -> str:
    """«third or fourth for days», as a sentence with its stretch."""
    known = [one.rank for one in found.points if one.rank is not None]
    whose = "in the list" if of_list else "among everything collected"
    steps = counted(len(found.points), "day", "days")
    if not known:
        return f"On none of {steps} was it used {'in the list' if of_list else 'at all'}."
    best, least = min(known), max(known)
    where = f"place {count(best)}" if best == least else f"places {count(best)} to {count(least)}"
    said = f"It stood at {where} {whose} on {len(known)} of {steps}."
    overall = [one.rank_all for one in found.points if one.rank_all is not None]
    if of_list and overall:
        best, least = min(overall), max(overall)
        where = f"place {count(best)}" if best == least else f"places {count(best)} to {count(least)}"
        said += f" Among everything collected: {where}."
    return said


def _bracket(found: ItemHistory) -> str:
    days = found.lead.trails_days
    if days is None:
        return UNKNOWN
    between = found.trails_days_95
    said = f"{lag(abs(days) * DAY_S)} {'earlier' if days < 0 else 'later'}" if days else "at the same time"
    if between is None:
        return said
    return f"{said} (95 %: {_signed(between[0])} to {_signed(between[1])})"


def _signed(days: float) -> str:
    return f"{'−' if days < 0 else ''}{lag(abs(days) * DAY_S)}"


def _lead_rows(found: ItemHistory) -> list[tuple[str, ...]]:
    """First seen on each side, and when each part of it had used it: the curves, as a table; empty without curves."""
    sides = (found.inside, found.outside)
    if not all(map(len, sides)):
        return []
    places = [("The first", [0, 0])]
    places += [(percent(part), [math.ceil(part * len(times)) - 1 for times in sides]) for part in PARTS]
    return [
        (what, *(minute(moment(int(times[at]))) for times, at in zip(sides, both, strict=True)))
        for what, both in places
    ]


def _first(found: ItemHistory) -> str:
    """Who came first, with how many on each side; what it does not say stands on the page."""
    told = found.lead
    members, others = counted(told.accounts_inside, "account", "accounts"), count(told.accounts_outside)
    sides = f"{members} of the list and {others} others used it so far."
    if told.trails_days is None:
        return sides + " One side never did, so nobody led."
    between = found.trails_days_95
    if between is None:
        return sides + f" The median member came {_bracket(found)}; too few for an interval."
    if between[0] <= 0 <= between[1]:
        return sides + f" The median member came {_bracket(found)}: cannot tell who came first."
    return sides + f" The median member came {_bracket(found)} than the median other account."


def _row(one: Point, *, of_list: bool) -> tuple[str, ...]:
    between = UNKNOWN if one.rank_low is None else f"{one.rank_low:,}–{one.rank_high:,}"
    inside = (count(one.count), UNKNOWN if one.rank is None else count(one.rank), between)
    overall = (count(one.count_all), UNKNOWN if one.rank_all is None else count(one.rank_all)) if of_list else ()
    return (minute(one.at), *inside, *overall)
