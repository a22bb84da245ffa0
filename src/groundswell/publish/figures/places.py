"""A hashtag's place with the groups and without them: one line for each way of scoring, 1 at the top, log scale.

The line at the right end is where 95 % of the draws put it without them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from markupsafe import Markup

from groundswell.model.campaign import Ranks
from groundswell.publish.figures.svg import drawing, for_each_width, path, tag, text
from groundswell.publish.spelling import count

HEIGHT, TOP = 150.0, 40.0
STROKES = {"uses": "p-tide-l", "accounts": "p-all", "shrunk": "p-chance-l"}
"""Full and wide, full and thin, dashed: told apart without colour."""
APART = 15.0


def place_slopes(ranks: Ranks, ways: Mapping[str, str], label: str) -> Markup:
    """Draw both places of every way; `ways` names them. Nothing where nothing could be ranked."""
    if ranks.unknown or not ranks.with_them:
        return Markup("")
    worst = max([2, ranks.n_tags, *ranks.with_them.values(), *ranks.without_them.values()])

    def down(place: float) -> float:
        return TOP + HEIGHT * math.log(max(place, 1)) / math.log(worst)

    def draw(width: float) -> Markup:
        left, right = (150.0, width - 150.0) if width > 400 else (118.0, width - 122.0)
        marks = [
            text(left, 14, "with them", "num", "middle"),
            text(right, 14, "without", "num", "middle"),
            path(f"M{left} {TOP - 12}V{TOP + HEIGHT + 6}", "p-grid"),
            path(f"M{right} {TOP - 12}V{TOP + HEIGHT + 6}", "p-grid"),
        ]
        at_left, at_right = _apart(ranks.with_them, down), _apart(ranks.without_them, down)
        for way, place in ranks.with_them.items():
            after = ranks.without_them[way]
            y1, y2 = down(place), down(after)
            marks.append(path(f"M{left:.0f} {y1:.1f}L{right:.0f} {y2:.1f}", STROKES.get(way, "p-all")))
            marks += [tag("circle", cx=x, cy=y, r=4, class_="p-tide") for x, y in ((left, y1), (right, y2))]
            if ranks.draws and way in ranks.draws.without_low:
                best, least = down(ranks.draws.without_low[way]), down(ranks.draws.without_high[way])
                if least > best:
                    marks.append(path(f"M{right + 9:.0f} {best:.1f}V{least:.1f}", "p-tide-l"))
            marks.append(text(left - 10, at_left[way] + 4, f"{ways[way]}, {count(place)}", "small", "end"))
            marks.append(text(right + 16, at_right[way] + 4, f"{count(after)}, {ways[way]}", "small"))
        return drawing(width, TOP + HEIGHT + 14, label, *marks)

    return for_each_width(draw, wide=560)


def _apart(places: Mapping[str, int], down: Callable[[float], float]) -> dict[str, float]:
    """Where each label stands, pushed down so that none covers another."""
    found: dict[str, float] = {}
    last = -math.inf
    for way in sorted(places, key=lambda one: (places[one], one)):
        last = max(down(places[way]), last + APART)
        found[way] = last
    return found
