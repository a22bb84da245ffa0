"""Who quoted whom: sources at the left, documents to the right in order of time, one a row, a line for each citation.

A line's weight says how it is known: thick for a link, thin for a name or a copied passage, dashed for a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from groundswell.publish.figures.svg import drawing, mark, name, tag, text
from groundswell.publish.spelling import SHORT_MONTHS, utc

ROW = 26
TOP = 34
MOST_DAYS = 9
"""Days that are named on the axis; of more, every second, third …"""
SHORT_LABEL, LONG_LABEL = 20, 34
"""Characters of a name on a phone and on a wide page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One document or source, in the order of rows."""

    label: str
    time: datetime | None
    """None for a source without a time of its own, which stands at the left."""
    root: int
    """Number of the root that most of it rests on."""
    is_root: bool
    under: str = ""
    """A second line beneath a root's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A citation between two rows."""

    taker: int
    source: int
    thick: bool
    guess: bool


def quoting(dots: Sequence[Dot], lines: Sequence[Line], label: str, width: float) -> Markup:
    """Draw the graph.

    Parameters
    ----------
    label
        The whole figure in one sentence.
    """
    wide = width > 500
    left, right = (150.0, width - 130.0) if wide else (16.0, width - 96.0)
    times = sorted(at.timestamp() for dot in dots if (at := utc(dot.time)))
    first, last = (times[0], times[-1]) if times else (0.0, 0.0)
    start = left + (110 if wide else 34)

    def across(dot: Dot) -> float:
        at = utc(dot.time)
        if at is None or dot.is_root:
            return left
        return start + (right - start) * ((at.timestamp() - first) / (last - first) if last > first else 0.5)

    places = [(across(dot), TOP + 16 + ROW * row) for row, dot in enumerate(dots)]
    height = TOP + ROW * len(dots) + 12
    parts: list[Markup] = _days(first, last, start, right, height) if times else []
    for one in sorted(lines, key=lambda each: (each.thick, each.taker, each.source)):
        (ax, ay), (bx, by) = places[one.source], places[one.taker]
        bend = max(24.0, abs(bx - ax) * 0.45)
        course = f"M{ax:.0f} {ay:.0f}C{ax + bend:.0f} {ay:.0f} {bx - bend:.0f} {by:.0f} {bx:.0f} {by:.0f}"
        dashed = {"stroke_dasharray": "2 4"} if one.guess else {}
        weight = 2.6 if one.thick else 1.2
        parts.append(
            tag("path", d=course, class_=f"p-l{dots[one.source].root % 6}", stroke_width=weight, opacity=0.55, **dashed)
        )
    longest = LONG_LABEL if wide else SHORT_LABEL
    for dot, (x, y) in zip(dots, places, strict=True):
        parts.append(mark(dot.root, x, y, 8.5 if dot.is_root else 5.0))
        written = dot.label if len(dot.label) <= longest else dot.label[: longest - 1].rstrip() + "…"
        if dot.is_root and wide:
            parts.append(name(x - 16, y + (0 if dot.under else 4), written, "num p-halo", "end"))
            if dot.under:
                parts.append(text(x - 16, y + 14, dot.under, "faint small p-halo", "end"))
        else:
            parts.append(
                name(x + (13 if dot.is_root else 9), y + 4, written, ("num" if dot.is_root else "small") + " p-halo")
            )
    return drawing(width, height, label, *parts)


def _days(first: float, last: float, start: float, right: float, height: float) -> list[Markup]:
    """Upright lines at the beginnings of days, with their names."""
    day_s = 86_400.0
    begin = int(first // day_s)
    n_days = int(last // day_s) - begin + 1
    every = max(1, -(-n_days // (MOST_DAYS if right - start > 400 else 4)))
    parts = []
    for day in range(begin, begin + n_days, every):
        at = utc(datetime.fromtimestamp(day * day_s).astimezone())
        share = (day * day_s - first) / (last - first) if last > first else 0.5
        if at is None or not -1e-9 <= share <= 1:
            continue
        x = start + (right - start) * share
        parts.append(tag("path", d=f"M{x:.0f} {TOP - 6}V{height:.0f}", class_="p-grid"))
        parts.append(text(x, TOP - 14, f"{at.day} {SHORT_MONTHS[at.month - 1]}", "faint small", "middle"))
    return parts
