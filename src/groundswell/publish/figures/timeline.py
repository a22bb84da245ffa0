"""When the posts came: all of them above against the same hour on other days, the members' below on the same clock."""

from __future__ import annotations

from typing import Any

import numpy as np
from markupsafe import Markup

from groundswell.assess.wording import counted
from groundswell.publish.figures.svg import NARROW, drawing, for_each_width, path, rect, text
from groundswell.publish.rhythm import DAY_S, Rhythm
from groundswell.publish.spelling import SHORT_MONTHS, count, day, minute, utc

HEIGHT, UPPER, LOWER = 150.0, 26.0, 58.0
EDGE = 8.0
CLOCKS_S = (60, 300, 900, 3_600, 7_200, 21_600, 43_200)


def timeline(rhythm: Rhythm, label: str) -> Markup:
    """Draw the posts over time; the lower strip only where members posted."""
    return for_each_width(lambda width: _drawn(rhythm, label, width), wide=1168)


def _drawn(rhythm: Rhythm, label: str, width: float) -> Markup:
    posts, n = rhythm.posts, len(rhythm.posts)
    top = float(max(posts.max(), rhythm.high.max() if rhythm.high is not None else 0, 1))
    floor = UPPER + HEIGHT
    marks = [*_band(rhythm, width, top)]
    marks.append(path(_steps(posts, width, floor, HEIGHT / top), "p-all"))
    marks.append(path(f"M{EDGE} {floor}H{width - EDGE:.1f}", "p-axis"))
    peak = int(posts.argmax())
    at = _x(peak + 0.5, n, width)
    anchor = "start" if at < width * 0.35 else "end" if at > width * 0.65 else "middle"
    marks.append(text(at, UPPER - 9, _peak(rhythm, peak, width), "num", anchor))
    bottom = floor
    if rhythm.members.any():
        bottom = floor + 26 + LOWER
        most = int(rhythm.members.max())
        scale = LOWER / most
        for i in np.flatnonzero(rhythm.members).tolist():
            height = float(rhythm.members[i] * scale)
            marks.append(
                rect(_x(i, n, width), bottom - height, max(1.5, (width - 2 * EDGE) / n - 0.6), height, "p-tide")
            )
        marks.append(path(f"M{EDGE} {bottom}H{width - EDGE:.1f}", "p-axis"))
        of = f"members’ posts, up to {count(most)} {step_words(rhythm)}; own scale"
        marks.append(text(EDGE, floor + 19, of, "tide"))
    marks += _ticks(rhythm, width, bottom)
    return drawing(width, bottom + 22, label, *marks)


def step_words(rhythm: Rhythm) -> str:
    """«an hour», «in 15 minutes»: what one step of the figure is."""
    named = {60: "a minute", 3_600: "an hour", DAY_S: "a day", 604_800: "a week", 2_592_000: "in 30 days"}
    if rhythm.step_s in named:
        return named[rhythm.step_s]
    for size, unit in ((31_536_000, "year"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if rhythm.step_s % size == 0:
            return "in " + counted(rhythm.step_s // size, unit, unit + "s")
    return ""


def when(rhythm: Rhythm, step: int) -> str:
    """When a step starts, no finer than the step: «6 May 07:30», or «6 May 2026» for days and weeks."""
    return (day if rhythm.step_s >= DAY_S else minute)(rhythm.time_of(step))


def _peak(rhythm: Rhythm, peak: int, width: float) -> str:
    said = f"{count(rhythm.posts[peak])} posts {step_words(rhythm)}"
    return said if width <= NARROW else f"{said}, {when(rhythm, peak)}"


def _band(rhythm: Rhythm, width: float, top: float) -> list[Markup]:
    if rhythm.low is None or rhythm.high is None:
        return []
    n, floor = len(rhythm.posts), UPPER + HEIGHT
    xs = [_x(i + 0.5, n, width) for i in range(n)]
    upper = [f"{x:.1f} {floor - HEIGHT * value / top:.1f}" for x, value in zip(xs, rhythm.high, strict=True)]
    lower = [f"{x:.1f} {floor - HEIGHT * value / top:.1f}" for x, value in zip(xs, rhythm.low, strict=True)]
    return [path("M" + "L".join(upper + lower[::-1]) + "Z", "p-chance")]


def _steps(values: np.ndarray[Any, Any], width: float, floor: float, scale: float) -> str:
    """The outline of a histogram: counts do not slope from one step to the next."""
    n, pieces = len(values), [f"M{EDGE:.1f} {floor:.1f}"]
    for i, value in enumerate(values):
        pieces.append(f"V{floor - value * scale:.1f}H{_x(i + 1, n, width):.1f}")
    return "".join(pieces) + f"V{floor:.1f}"


def _ticks(rhythm: Rhythm, width: float, y: float) -> list[Markup]:
    n = len(rhythm.posts)
    span = n * rhythm.step_s
    most = 7 if width > NARROW else 3
    marks: list[Markup] = []
    for second, words in _moments(rhythm.origin_s, span, most):
        x = _x((second - rhythm.origin_s) / rhythm.step_s, n, width)
        marks.append(path(f"M{x:.1f} {y}V{y + 4}", "p-axis"))
        if x < width - 40:
            marks.append(text(x + 2, y + 16, words, "faint"))
    return marks


def _moments(origin: int, span: int, most: int) -> list[tuple[int, str]]:
    """Round moments in the span, at most about `most`, and how they are written."""
    for clock in CLOCKS_S:
        if span / clock <= most:
            first = -(-origin // clock) * clock
            return [(at, minute(np.datetime64(at, "s"))) for at in range(first, origin + span, clock)]
    every = next((days for days in (1, 2, 7, 14, 30, 61, 91, 183, 365, 730, 1826) if span / DAY_S / days <= most), 3652)
    first = -(-origin // DAY_S) * DAY_S
    return [(at, _date(at, every)) for at in range(first, origin + span, every * DAY_S)]


def _date(second: int, every: int) -> str:
    at = utc(np.datetime64(second, "s"))
    if at is None:
        return ""
    month = SHORT_MONTHS[at.month - 1]
    return f"{month} {at.year}" if every > 30 else f"{at.day} {month}"


def _x(step: float, n: int, width: float) -> float:
    return EDGE + (width - 2 * EDGE) * step / n
