"""The members' share of a campaign, stretch by stretch: a level for each, its borders with their doubt.

Between two borders the share stayed the same as far as can be told, so it is drawn as a level and not as a curve.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from groundswell.assess.wording import percent
from groundswell.model.campaign import Phase
from groundswell.publish.figures.interval import round_end
from groundswell.publish.figures.svg import drawing, for_each_width, hatched, path, rect, text
from groundswell.publish.spelling import minute, utc

HEIGHT, TOP, LEFT = 120.0, 22.0, 44.0


def phase_levels(phases: Sequence[Phase], label: str) -> Markup:
    """Draw the phases in order; nothing where none has a beginning and an end."""
    ends = [(utc(one.begins), utc(one.ends)) for one in phases]
    if not ends or any(begin is None or end is None for begin, end in ends):
        return Markup("")
    seconds = [(begin.timestamp(), end.timestamp()) for begin, end in ends if begin and end]
    first, last = seconds[0][0], seconds[-1][1]
    if last <= first:
        return Markup("")
    shares = [one.count / one.whole if one.whole else 0.0 for one in phases]
    top = min(1.0, round_end(max(shares)))

    def draw(width: float) -> Markup:
        def across(second: float) -> float:
            return LEFT + (width - LEFT - 4) * min(1.0, max(0.0, (second - first) / (last - first)))

        floor = TOP + HEIGHT
        marks = [
            text(0, TOP + 4, percent(top), "faint"),
            text(0, floor + 4, "0", "faint"),
            path(f"M{LEFT} {TOP}H{width - 4:.1f}", "p-grid"),
        ]
        for one, (begin, end), share in zip(phases, seconds, shares, strict=True):
            x, wide = across(begin), across(end) - across(begin)
            high = HEIGHT * share / top
            marks.append(rect(x, floor - high, wide, high, "p-tide-soft"))
            marks.append(rect(x, floor - high - 1.5, wide, 3, "p-tide"))
            if wide > 60:
                marks.append(text(x + wide / 2, floor - high - 8, percent(share), "num p-halo", "middle"))
            early, late = utc(one.begins_low), utc(one.begins_high)
            if early and late and late > early:
                x1, x2 = across(early.timestamp()), across(late.timestamp())
                marks.append(hatched(x1, TOP, max(x2 - x1, 2.0), HEIGHT))
        marks.append(path(f"M{LEFT} {floor}H{width - 4:.1f}", "p-axis"))
        marks.append(text(LEFT, floor + 17, minute(phases[0].begins), "faint"))
        marks.append(text(width - 4, floor + 17, minute(phases[-1].ends), "faint", "end"))
        return drawing(width, floor + 24, label, *marks)

    return for_each_width(draw, wide=560)
