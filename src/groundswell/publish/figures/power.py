"""How often campaigns of known make were reported, by their size: a line for each way of working, with its interval."""

from __future__ import annotations

import math
from itertools import groupby

from markupsafe import Markup

from groundswell.model.power import Design, Planted, Power
from groundswell.publish.figures.svg import NARROW, drawing, for_each_width, path, tag, text
from groundswell.publish.spelling import lag
from groundswell.traces.kinds import words

HEIGHT, TOP, LEFT = 170.0, 16.0, 46.0
DASHES = ("none", "7 3", "2 3", "9 3 2 3")
"""Lines differ in their dashes, so that they can be told apart without colour. The fifth starts again."""


def power_curves(power: Power, label: str) -> Markup:
    """Draw the rates; where nothing was planted there is nothing to draw."""
    return for_each_width(lambda width: _drawn(power, label, width), wide=1118, narrow=306)


def way(design: Design, kind: str) -> str:
    """How a campaign works, for the end of its line: «10 texts in 60 s»."""
    return f"{design.n_objects} {words(kind).many} in {lag(design.pace_s)}"


def _drawn(power: Power, label: str, width: float) -> Markup:
    narrow = width <= NARROW
    right = width - (12.0 if narrow else 210.0)
    sizes = sorted({planted.design.size for planted in power.planted})
    floor = TOP + HEIGHT
    marks: list[Markup] = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = floor - part * HEIGHT
        marks.append(path(f"M{LEFT} {y:.1f}H{right:.1f}", "p-grid"))
        marks.append(text(LEFT - 6, y + 4, f"{100 * part:.0f}\u00a0%", "small", "end"))
    for size in sizes:
        x = _x(size, sizes, right)
        marks.append(path(f"M{x:.1f} {floor}v4", "p-axis"))
        marks.append(text(x, floor + 17, str(size), "small", "middle"))
    marks.append(text(LEFT, floor + 34, "accounts in the planted campaign", "small faint"))
    ends: list[tuple[float, str, str]] = []
    for number, (_, of_way) in enumerate(groupby(power.planted, key=_way_of)):
        planted = list(of_way)
        dash = DASHES[number % len(DASHES)]
        # Lines that run together are kept apart by a step to the side; the places are in the table.
        shift = 7.0 * (number - 1)
        places = [(_x(one.design.size, sizes, right) + shift, one) for one in planted]
        course = "L".join(f"{x:.1f} {floor - one.rate * HEIGHT:.1f}" for x, one in places)
        marks.append(_line(f"M{course}", dash))
        for x, one in places:
            marks.append(path(f"M{x:.1f} {floor - one.low * HEIGHT:.1f}V{floor - one.high * HEIGHT:.1f}", "p-tide-t"))
            marks.append(tag("circle", cx=x, cy=floor - one.rate * HEIGHT, r=4, class_="p-tide"))
        ends.append((floor - planted[-1].rate * HEIGHT, way(planted[0].design, power.kind), dash))
    height = floor + 42
    if narrow:
        for number, (_, said, dash) in enumerate(ends):
            y = floor + 56 + 18 * number
            marks.append(_line(f"M{LEFT} {y - 4:.1f}h34", dash))
            marks.append(text(LEFT + 42, y, said, "small"))
        height += 18 * len(ends) + 6
    else:
        below = math.inf
        for y, said, dash in sorted(ends, reverse=True):
            place = min(y, below - 18)
            below = place
            marks.append(_line(f"M{right + 18:.1f} {place:.1f}h26", dash))
            marks.append(text(right + 50, place + 4, said, "num"))
    return drawing(width, height, label, *marks)


def _way_of(planted: Planted) -> tuple[float, int, float]:
    design = planted.design
    return design.pace_s, design.n_objects, design.turnout


def _x(size: int, sizes: list[int], right: float) -> float:
    """Place on a log axis, with room at both ends."""
    low, high = math.log(sizes[0]), math.log(sizes[-1])
    part = (math.log(size) - low) / (high - low) if high > low else 0.5
    return LEFT + 24 + part * (right - LEFT - 48)


def _line(course: str, dash: str) -> Markup:
    return tag("path", d=course, class_="p-tide-l", stroke_dasharray=dash)
