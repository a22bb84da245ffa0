"""The groups of a run on a map: everybody as a field, the groups drawn apart, and every line that joins two of them.

A disc is a group, a mark in it a member; a line says how many pairs it stands for. Drawn without a script; whoever
wants to see account by account opens a group in the app.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

from markupsafe import Markup

from groundswell.assess.wording import counted
from groundswell.publish.coordination_map import OUTSIDE, CoordinationMap, Node, Place
from groundswell.publish.figures.field import field
from groundswell.publish.figures.svg import drawing, for_each_width, mark, tag, text
from groundswell.publish.spelling import count

At: TypeAlias = Callable[["Place | Node"], tuple[float, float]]
"""Where something of the map stands in the drawing."""

MOST_MARKS = 600
"""Members drawn one by one; above it a group is one mark as large as its disc would be."""
MOST_NAMED = 8
"""Groups with their number of accounts in words; above it letters stand alone, and the table says the rest."""
EDGE = 46.0
"""Room around the discs for the names of the groups."""
LARGEST_UNIT = 190.0
"""A single group is not blown up to fill the room."""
MARK = 3.4


def coordination(found: CoordinationMap, shape_at: Mapping[int, int], label: str) -> Markup:
    """Draw the map.

    Parameters
    ----------
    shape_at
        Group number of each member by its place among all accounts; see `groundswell.publish.figures.field`.
    label
        What it shows, as one sentence to be read aloud.
    """

    def draw(width: float) -> Markup:
        wide = width > 500
        side = 430.0 if wide else width - 4
        discs = [*found.groups, *([found.outside] if found.outside.n_accounts else [])]
        left, right = min(one.x - one.r for one in discs), max(one.x + one.r for one in discs)
        top, bottom = min(one.y - one.r for one in discs), max(one.y + one.r for one in discs)
        room = (width - side - 80, 460.0) if wide else (width - 4, width * 1.1)
        unit = min((room[0] - 2 * EDGE) / (right - left), (room[1] - 2 * EDGE) / (bottom - top), LARGEST_UNIT)
        height = room[1] if wide else unit * (bottom - top) + 2 * EDGE
        x, y = (side + 80, 12.0) if wide else (2.0, side + 48.0)
        middle = (x + room[0] / 2 - unit * (left + right) / 2, y + height / 2 - unit * (top + bottom) / 2)
        parts = [
            field(found.n_accounts, shape_at, x=2, y=26, side=side, name=f"map-{width:.0f}"),
            *_discs(found, lambda one: (middle[0] + unit * one.x, middle[1] + unit * one.y), unit),
        ]
        return drawing(width, y + height, label, *parts)

    return for_each_width(draw, wide=1118)


def _discs(found: CoordinationMap, at: At, unit: float) -> list[Markup]:
    parts = [_line(found, line, at, unit) for line in found.between]
    if found.outside.n_accounts:
        parts += _outside(found.outside, *at(found.outside), found.outside.r * unit)
    each = found.n_members <= MOST_MARKS
    for place in found.groups:
        x, y = at(place)
        r = max(place.r * unit, 7.0)
        parts.append(tag("circle", cx=x, cy=y, r=r + 5, class_=f"p-l{place.number % 6}"))
        if not each:
            parts.append(mark(place.number, x, y, r * 0.8))
        parts += _name(place, x, y, r, named=len(found.groups) <= MOST_NAMED)
    if each:
        size = {one.number: min(MARK, 0.65 * one.r * unit / math.sqrt(one.n_accounts)) for one in found.groups}
        members = [node for node in found.nodes if node.number != OUTSIDE]
        parts += [mark(node.number, *at(node), round(size[node.number], 2)) for node in members]
    return parts


def _name(place: Place, x: float, y: float, r: float, *, named: bool) -> list[Markup]:
    """The group's letter beneath its disc, or above it in the upper half, so that no line runs through it."""
    above = place.y < -0.3
    first = y - r - 26 if above else y + r + 20
    if not named:
        return [text(x, y - r - 9 if above else first, place.letter, "num p-halo", "middle")]
    return [
        text(x, first, f"Group {place.letter}", "num p-halo", "middle"),
        text(x, first + 14, counted(place.n_accounts, "account", "accounts"), "small p-halo", "middle"),
    ]


def _outside(place: Place, x: float, y: float, r: float) -> list[Markup]:
    return [
        tag("circle", cx=x, cy=y, r=r, class_="p-chance-l p-ground"),
        text(x, y - 8, "In no group", "num", "middle"),
        text(x, y + 8, counted(place.n_accounts, "account", "accounts"), "small", "middle"),
        text(x, y + 22, counted(place.n_lines, "line", "lines"), "small", "middle"),
    ]


def _line(found: CoordinationMap, line: tuple[int, int, int], at: At, unit: float) -> Markup:
    a, b, n = line
    discs = {OUTSIDE: found.outside, **{one.number: one for one in found.groups}}
    (ax, ay), (bx, by) = (at(discs[one]) for one in (a, b))
    far = math.hypot(bx - ax, by - ay) or 1.0
    starts, ends = ((discs[one].r * unit + 5) / far for one in (a, b))
    x1, y1 = ax + (bx - ax) * starts, ay + (by - ay) * starts
    x2, y2 = bx - (bx - ax) * ends, by - (by - ay) * ends
    width = round(1 + math.log10(n), 1)
    return tag("path", d=f"M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}", class_="p-join", stroke_width=width) + text(
        (x1 + x2) / 2, (y1 + y2) / 2 + 4, count(n), "num small p-halo", "middle"
    )
