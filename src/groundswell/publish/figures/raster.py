"""Posts as ticks, one account a row: the eye sees whether they stand in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from markupsafe import Markup

from groundswell.publish.figures.svg import drawing, path, text

ROW, TOP = 8.2, 20.0

Tick: TypeAlias = tuple[int, float, bool]
"""(row from 0, place from 0 to 1, in step with others)."""


def raster(
    ticks: Sequence[Tick], n_rows: int, ends: tuple[str, str], label: str, width: float, *, n_above: int
) -> Markup:
    """Draw the posts of `n_rows` accounts over the set's time; ticks in step with others are heavier and teal.

    The first `n_above` rows are members of a group, and a bracket says so.
    """
    bottom = TOP + n_rows * ROW
    parts = [path("".join(f"M{2 + (width - 4) * i / 4:.1f} {TOP}V{bottom:.1f}" for i in range(5)), "p-grid")]
    for in_step, paint in ((False, "p-post"), (True, "p-post-hot")):
        course = "".join(
            f"M{2 + (width - 4) * place:.1f} {TOP + row * ROW + 1.5:.1f}v5.4"
            for row, place, hot in ticks
            if hot is in_step
        )
        if course:
            parts.append(path(course, paint))
    if n_above:
        end = TOP + n_above * ROW - 1
        parts.append(path(f"M{width + 2:.1f} {TOP + 1}h5V{end:.1f}h-5", "p-tide-l"))
        parts.append(text(width, TOP - 7, f"{n_above} members of one group", "tide", "end"))
    parts.append(text(2, bottom + 16, ends[0], "small faint"))
    parts.append(text(width - 2, bottom + 16, ends[1], "small faint", "end"))
    return drawing(width, bottom + 22, label, *parts)
