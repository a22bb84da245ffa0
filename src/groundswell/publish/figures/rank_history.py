"""The place of an item day by day: in the list with its band, and in everything, on the same axis, 1 at the top.

«Third or fourth for days» is a line with a band: the places it would have with any one account, or the ten busiest,
left out. Where nobody used it the line is broken and not bridged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import groupby

from markupsafe import Markup

from groundswell.publish.figures.svg import drawing, for_each_width, hatched, path, text
from groundswell.publish.spelling import minute
from groundswell.watch.history import Point

HEIGHT, TOP, LEFT, RIGHT = 180.0, 14.0, 34.0, 96.0
ROUND = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000)


def rank_history(points: Sequence[Point], label: str, *, of_list: bool) -> Markup:
    """Draw the places at each point; `of_list` says whether the line of the list differs from that of everybody."""
    known = [rank for one in points for rank in (one.rank, one.rank_high, one.rank_all) if rank is not None]
    worst = max([3, *known])

    def draw(width: float) -> Markup:
        right = RIGHT if width > 400 else 84.0

        def across(at: float) -> float:
            return LEFT + (width - LEFT - right) * (at / max(len(points) - 1, 1) if len(points) > 1 else 0.5)

        def down(rank: float) -> float:
            return TOP + HEIGHT * math.log(rank) / math.log(worst)

        marks = []
        for mark in (one for one in ROUND if one <= worst):
            marks.append(path(f"M{LEFT} {down(mark):.1f}H{width - right:.1f}", "p-grid"))
            marks.append(text(LEFT - 6, down(mark) + 4, f"{mark:,}", "faint", "end"))
        marks += _unused(points, across)
        marks += _band(points, across, down)
        ends = []
        if of_list:
            marks += _line([one.rank_all for one in points], across, down, "p-all")
            ends.append(("in everything", points[-1].rank_all, "num"))
        marks += _line([one.rank for one in points], across, down, "p-tide-l")
        ends.append(("in this list" if of_list else "in everything", points[-1].rank, "tide"))
        last = -math.inf
        for words, rank, paint in sorted((one for one in ends if one[1] is not None), key=lambda one: one[1] or 0):
            last = max(down(rank or 1) + 4, last + 14)
            marks.append(text(width - right + 8, last, words, paint))
        floor = TOP + HEIGHT
        marks.append(text(LEFT, floor + 20, minute(points[0].at), "faint"))
        marks.append(text(width - right, floor + 20, minute(points[-1].at), "faint", "end"))
        return drawing(width, floor + 26, label, *marks)

    return for_each_width(draw, wide=620) if points else Markup("")


def _unused(points: Sequence[Point], across: Callable[[float], float]) -> list[Markup]:
    """Stretches in which nobody at all used it, or nothing was collected: there is no place to draw."""
    half = (across(1) - across(0)) / 2
    used = [one.rank if one.rank is not None else one.rank_all for one in points]
    gaps = [run for known, run in _stretches(used) if not known]
    return [hatched(across(run[0]) - half, TOP, across(run[-1]) - across(run[0]) + 2 * half, HEIGHT) for run in gaps]


def _band(points: Sequence[Point], across: Callable[[float], float], down: Callable[[float], float]) -> list[Markup]:
    parts = []
    for run in _runs([one.rank_low for one in points]):
        upper = [f"{across(at):.1f} {down(points[at].rank_low or 1):.1f}" for at in run]
        lower = [f"{across(at):.1f} {down(points[at].rank_high or 1):.1f}" for at in run]
        parts.append(path("M" + "L".join(upper + lower[::-1]) + "Z", "p-tide-soft"))
    return parts


def _line(
    ranks: Sequence[int | None], across: Callable[[float], float], down: Callable[[float], float], paint: str
) -> list[Markup]:
    parts = []
    for run in _runs(ranks):
        places = [f"{across(at):.1f} {down(ranks[at] or 1):.1f}" for at in run]
        # A step that stands alone is a short stroke: a line of one point would not be seen.
        first = f"{across(run[0]) - 3:.1f} {places[0].split()[1]}L" if len(run) == 1 else ""
        parts.append(path(f"M{first}" + "L".join(places), paint))
    return parts


def _runs(values: Sequence[int | None]) -> list[list[int]]:
    """Stretches of known values."""
    return [run for known, run in _stretches(values) if known]


def _stretches(values: Sequence[int | None]) -> list[tuple[bool, list[int]]]:
    numbered = groupby(range(len(values)), key=lambda at: values[at] is not None)
    return [(known, list(run)) for known, run in numbered]
