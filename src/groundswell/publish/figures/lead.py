"""Did the list lead or trail: the part of each side's accounts that had used an item so far.

Where the curves cross the half stand the medians, and the bracket between them is what the sentence says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from markupsafe import Markup

from groundswell.publish.figures.svg import drawing, for_each_width, path, tag, text
from groundswell.publish.spelling import minute
from groundswell.watch.log import moment

HEIGHT, TOP, LEFT, RIGHT = 160.0, 20.0, 46.0, 20.0
MOST_STEPS = 240
Times = np.ndarray[Any, np.dtype[np.int64]]


def lead_curves(inside: Times, outside: Times, words: str, label: str) -> Markup:
    """Draw both sides; nothing where one of them has nobody.

    Parameters
    ----------
    inside, outside
        First uses in microseconds since 1970, sorted.
    words
        What the bracket between the medians says.
    """
    if not len(inside) or not len(outside):
        return Markup("")
    first, last = int(min(inside[0], outside[0])), int(max(inside[-1], outside[-1]))
    span = max(last - first, 1)

    def draw(width: float) -> Markup:
        room = width - LEFT - RIGHT
        floor = TOP + HEIGHT

        def across(time: float) -> float:
            return LEFT + room * (time - first) / span

        marks = []
        for part, said in ((1.0, "100 %"), (0.5, "50 %"), (0.0, "0 %")):
            y = floor - part * HEIGHT
            marks.append(path(f"M{LEFT} {y:.1f}H{width - RIGHT:.1f}", "p-grid"))
            marks.append(text(LEFT - 6, y + 4, said, "faint", "end"))
        edges = np.linspace(first, last, MOST_STEPS + 1)
        for times, paint in ((outside, "p-all"), (inside, "p-tide-l")):
            parts = np.searchsorted(times, edges, side="right") / len(times)
            course = [f"{across(e):.1f} {floor - p * HEIGHT:.1f}" for e, p in zip(edges, parts, strict=True)]
            marks.append(path("M" + "L".join(course), paint))
        middle, half = [float(np.median(times)) for times in (outside, inside)], floor - HEIGHT / 2
        left, right = sorted(map(across, middle))
        marks.append(path(f"M{left:.1f} {half}H{right:.1f}", "p-axis"))
        for time, paint in zip(middle, ("p-mute", "p-tide"), strict=True):
            marks.append(tag("circle", cx=across(time), cy=half, r=4, class_=paint))
        at = (left + right) / 2
        anchor = "start" if at < LEFT + room * 0.3 else "end" if at > LEFT + room * 0.7 else "middle"
        marks.append(text(at, half - 10, words, "num p-halo", anchor))
        for time, said, paint in zip(middle, ("everybody else", "this list"), ("num", "tide"), strict=True):
            later = time == max(middle)
            marks.append(
                text(
                    across(time) + (8 if later else -8), half + 22, said, f"{paint} p-halo", "start" if later else "end"
                )
            )
        marks.append(text(LEFT, floor + 18, minute(moment(first)), "faint"))
        marks.append(text(width - RIGHT, floor + 18, minute(moment(last)), "faint", "end"))
        return drawing(width, floor + 26, label, *marks)

    return for_each_width(draw, wide=560)
