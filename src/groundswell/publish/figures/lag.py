"""How close two posts were, beside all pairs of outsiders who shared the same object, on a log axis of time."""

from __future__ import annotations

import math

import numpy as np
from markupsafe import Markup

from groundswell.publish.figures.svg import NARROW, drawing, for_each_width, path, rect, tag, text
from groundswell.publish.meetings import LAG_EDGES_S, Meeting
from groundswell.publish.spelling import count, lag

HEIGHT, TOP, EDGE = 62.0, 22.0, 10.0
MARKS = ((1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3_600, "1 h"), (21_600, "6 h"), (86_400, "1 day"))
LATER = ((604_800, "1 week"), (2_592_000, "30 days"))


def lag_axis(meeting: Meeting, window_s: float, label: str) -> Markup:
    """Draw this meeting's lag over the lags of the outsiders' pairs."""
    return for_each_width(lambda width: _drawn(meeting, window_s, label, width), wide=1118, narrow=306)


def _drawn(meeting: Meeting, window_s: float, label: str, width: float) -> Markup:
    floor = TOP + HEIGHT
    counts = meeting.outside_lags
    last = int(np.flatnonzero(counts).max(initial=0)) + 1
    longest = max(86_400.0, float(LAG_EDGES_S[last]))
    parts = [rect(EDGE, floor - 4, _x(window_s, longest, width) - EDGE, 4, "p-tide-soft")]
    most = counts.max(initial=0)
    if most:
        # A step of the log axis is a step of the histogram: heights compare, areas do too.
        course = [f"M{EDGE:.1f} {floor:.1f}"]
        for i in range(last):
            course.append(f"V{floor - HEIGHT * counts[i] / most:.1f}H{_x(LAG_EDGES_S[i + 1], longest, width):.1f}")
        parts.append(path("".join(course) + f"V{floor:.1f}Z", "p-chance"))
        peak = _x(math.sqrt(LAG_EDGES_S[counts.argmax()] * LAG_EDGES_S[counts.argmax() + 1]), longest, width)
        words = f"{count(meeting.n_outside_pairs)} pairs of outsiders" if width > NARROW else "outsiders"
        parts.append(text(min(max(peak, 70), width - 76), TOP - 6, words, "small faint", "middle"))
    parts.append(path(f"M{EDGE} {floor}H{width - EDGE:.1f}", "p-axis"))
    for seconds, words in (*MARKS, *LATER):
        if seconds <= longest * 1.01 and (width > NARROW or seconds in (1, 60, 3_600, 86_400, 2_592_000)):
            x = _x(seconds, longest, width)
            parts.append(path(f"M{x:.1f} {floor}v4", "p-axis"))
            parts.append(text(x, floor + 16, words, "small faint", "middle" if x > 20 else "start"))
    x = _x(meeting.lag_s, longest, width)
    parts.append(path(f"M{x:.1f} {floor}V{TOP + 12}", "p-tide-l"))
    parts.append(tag("circle", cx=x, cy=TOP + 12, r=4, class_="p-tide"))
    near_end = x > width * 0.6
    parts.append(
        text(
            x - 9 if near_end else x + 9,
            TOP + 16,
            f"this pair: {lag(meeting.lag_s)}",
            "num p-halo",
            "end" if near_end else "start",
        )
    )
    return drawing(width, floor + 22, label, *parts)


def _x(seconds: float, longest: float, width: float) -> float:
    """Place on the axis; everything under a second stands at its start."""
    part = math.log(max(seconds, 1.0)) / math.log(longest)
    return EDGE + (width - 2 * EDGE) * min(part, 1.0)
