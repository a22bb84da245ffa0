"""How many times chance, on a log axis with chance marked in grey."""

from __future__ import annotations

import math

from markupsafe import Markup

from groundswell.publish.figures.svg import percent, rect, strip, tag, text

HEIGHT = 26
LEAST, MOST = 0.3, 1_000.0


def chance_axis(times: float | None, minimum: float, label: str) -> Markup:
    """Draw an observed multiple of chance; without one, only the yardstick.

    Parameters
    ----------
    times
        Observed over expected; None where nothing beat chance.
    minimum
        The smallest multiple that the scan would report: all below is grey.
    """
    parts = [rect("0", 0, "100%", HEIGHT, "p-sunk"), rect("0", 0, percent(_part(minimum)), HEIGHT, "p-chance")]
    at_chance = percent(_part(1.0))
    parts.append(tag("line", x1=at_chance, x2=at_chance, y1=0, y2=HEIGHT, class_="p-chance-l"))
    if times is not None:
        parts.append(tag("circle", cx=percent(_part(times)), cy=HEIGHT / 2, r=5.5, class_="p-tide"))
    scale = [
        text(percent(_part(value)), 12, words, "small faint", "middle")
        for value, words in ((1.0, "chance"), (10.0, "10 times"), (100.0, "100 times"))
    ]
    below = tag("svg", Markup("").join(scale), class_="strip", width="100%", height=16, aria_hidden="true")
    return strip(HEIGHT, label, *parts) + below


def _part(times: float) -> float:
    return math.log(min(max(times, LEAST), MOST) / LEAST) / math.log(MOST / LEAST)
