"""A value on its track, with everything that it could be: the dot, its 95 % line, hatching for what nobody knows.

    interval_strip(1.4, 0, 10, low=0.9, high=2.2, bounds=(0.4, 7.5), label=…)

A grey band is the yardstick: what others did. A dot inside it is hollow, for there it says nothing.
"""

from __future__ import annotations

from markupsafe import Markup

from groundswell.publish.figures.svg import hatched, percent, rect, strip, tag

HEIGHT = 26


def interval_strip(
    value: float,
    begin: float,
    end: float,
    *,
    label: str,
    low: float | None = None,
    high: float | None = None,
    bounds: tuple[float, float] | None = None,
    others: tuple[float, float] | None = None,
    zero: float | None = None,
) -> Markup:
    """Draw one value between `begin` and `end`, all in its own unit.

    Parameters
    ----------
    low, high
        The 95 % interval.
    bounds
        Where missing data could move it.
    others
        From the smallest to the largest of what it is compared with.
    zero
        Where a line is drawn across, such as «no difference».
    """

    def at(number: float) -> float:
        return min(1.0, max(0.0, (number - begin) / (end - begin) if end > begin else 0.5))

    parts = [rect("0", 0, "100%", HEIGHT, "p-sunk")]
    if others:
        parts.append(rect(percent(at(others[0])), 0, percent(at(others[1]) - at(others[0])), HEIGHT, "p-chance"))
    if bounds:
        parts.append(hatched(percent(at(bounds[0])), 4, percent(at(bounds[1]) - at(bounds[0])), HEIGHT - 8))
    if zero is not None:
        parts.append(tag("line", x1=percent(at(zero)), x2=percent(at(zero)), y1=0, y2=HEIGHT, class_="p-axis"))
    if low is not None and high is not None and high > low:
        parts.append(rect(percent(at(low)), HEIGHT / 2 - 1.5, percent(at(high) - at(low)), 3, "p-tide"))
    inside = others is not None and others[0] <= value <= others[1]
    paint = "p-hollow" if inside else "p-tide"
    parts.append(tag("circle", cx=percent(at(value)), cy=HEIGHT / 2, r=5.5, class_=paint))
    return strip(HEIGHT, label, *parts)


def round_end(largest: float) -> float:
    """The end of a track that holds `largest`: 1, 2 or 5 times a power of ten."""
    if largest <= 0:
        return 1.0
    size = 1.0
    while size > largest:
        size /= 10
    while size * 10 <= largest:
        size *= 10
    return next(step * size for step in (1, 2, 5, 10) if step * size >= largest * 0.999)
