"""Everybody as a field of dots, the members of the groups marked: how small a part of the whole they are.

The field is one SVG pattern with the marked dots on top: the same picture as a dot an account, in a hundredth of
the bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from markupsafe import Markup

from groundswell.publish.figures.svg import mark, tag, text
from groundswell.publish.spelling import count

MOST_DOTS = 4_000
"""Above this, one dot stands for several accounts, and the figure says for how many."""


def accounts_a_dot(n_accounts: int) -> int:
    """How many accounts one dot stands for."""
    if n_accounts <= MOST_DOTS:
        return 1
    rough = n_accounts / MOST_DOTS
    size = 10 ** math.floor(math.log10(rough))
    return int(next(step * size for step in (1, 2, 5, 10) if step * size >= rough))


def field(n_accounts: int, shape_at: Mapping[int, int], *, x: float, y: float, side: float, name: str) -> Markup:
    """Draw the field as a square of about `side` with its upper left corner at x, y.

    Parameters
    ----------
    n_accounts
        All accounts of the edition.
    shape_at
        Group number (its shape and hue) of each member, by the member's place among all accounts, from 0.
    name
        Distinguishes this drawing's pattern from the others on the page.
    """
    each = accounts_a_dot(n_accounts)
    n = math.ceil(n_accounts / each)
    columns = max(1, math.ceil(math.sqrt(n)))
    gap = side / columns
    rows, rest = divmod(n, columns)
    dot = min(max(gap * 0.24, 0.7), 4.0)
    parts = [
        tag(
            "defs",
            tag(
                "pattern",
                tag("circle", cx=round(gap / 2, 3), cy=round(gap / 2, 3), r=round(dot, 2), class_="p-field"),
                id=name,
                x=x,
                y=y,
                width=f"{gap:.4f}",
                height=f"{gap:.4f}",
                patternUnits="userSpaceOnUse",
            ),
        ),
        text(x, y - 8, f"{count(n_accounts)} accounts, {_dot_words(each)}", "num"),
    ]
    fill = f"url(#{name})"
    if rows:
        parts.append(tag("rect", x=x, y=y, width=f"{columns * gap:.3f}", height=f"{rows * gap:.3f}", fill=fill))
    if rest:
        parts.append(
            tag("rect", x=x, y=f"{y + rows * gap:.3f}", width=f"{rest * gap:.3f}", height=f"{gap:.3f}", fill=fill)
        )
    marked = {place // each: shape for place, shape in sorted(shape_at.items(), reverse=True)}
    for place, shape in sorted(marked.items()):
        row, column = divmod(place, columns)
        parts.append(mark(shape, x + (column + 0.5) * gap, y + (row + 0.5) * gap, min(max(dot * 1.5, 3.2), 6.0)))
    return Markup("").join(parts)


def _dot_words(each: int) -> str:
    return "one dot each" if each == 1 else f"one dot for {each:,}"
