"""Who met whom in a group: a circle up to 30 members, a matrix beyond, where lines on a circle would be a blot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from markupsafe import Markup

from groundswell.publish.figures.svg import mark, path, rect, tag, text

LARGEST_CIRCLE = 30
LARGEST_MATRIX = 120
"""Members drawn in a matrix; a larger group shows those who met the most others, and says so."""

Line: TypeAlias = tuple[int, int, int, bool]
"""(a, b, objects, beyond chance): members are numbered in the order of the table."""


def network(labels: Sequence[str], lines: Sequence[Line], *, shape: int, x: float, y: float, side: float) -> Markup:
    """Draw the members and their lines in a square with its upper left corner at x, y."""
    if len(labels) <= LARGEST_CIRCLE:
        return _circle(labels, lines, shape, x, y, side)
    return _matrix(len(labels), lines, shape, x, y, side)


def _circle(labels: Sequence[str], lines: Sequence[Line], shape: int, x: float, y: float, side: float) -> Markup:
    n, r = len(labels), side / 2 - 46
    cx, cy = x + side / 2, y + side / 2
    angles = [2 * math.pi * i / n - math.pi / 2 for i in range(n)]
    places = [(cx + r * math.cos(angle), cy + r * math.sin(angle)) for angle in angles]
    most = max((objects for _, _, objects, _ in lines), default=1)
    parts: list[Markup] = []
    for a, b, objects, beyond in sorted(lines, key=lambda line: (line[3], line[2])):
        (ax, ay), (bx, by) = places[a], places[b]
        # Bent towards the middle, so that neighbours' lines do not hide behind the rim.
        qx, qy = cx + ((ax + bx) / 2 - cx) * 0.55, cy + ((ay + by) / 2 - cy) * 0.55
        parts.append(
            tag(
                "path",
                d=f"M{ax:.0f} {ay:.0f}Q{qx:.0f} {qy:.0f} {bx:.0f} {by:.0f}",
                class_=f"p-l{shape % 6}" if beyond else "p-chance-l",
                stroke_width=round(1 + 1.8 * objects / most, 1) if beyond else 1,
            )
        )
    for label, angle, (px, py) in zip(labels, angles, places, strict=True):
        parts.append(mark(shape, px, py, 6.5))
        lx, ly = cx + (r + 15) * math.cos(angle), cy + (r + 15) * math.sin(angle) + 4
        side_of = math.cos(angle)
        anchor = "middle" if abs(side_of) < 0.15 else "start" if side_of > 0 else "end"
        parts.append(text(lx, ly, label, "mono small", anchor))
    return Markup("").join(parts)


def _matrix(n_members: int, lines: Sequence[Line], shape: int, x: float, y: float, side: float) -> Markup:
    n = min(n_members, LARGEST_MATRIX)
    cell = side / n
    parts = [rect(x, y, side, side, "p-sunk")]
    columns: dict[bool, list[str]] = {False: [], True: []}
    for a, b, _, beyond in lines:
        if a < n and b < n:
            for row, column in ((a, b), (b, a)):
                corner = f"M{x + column * cell:.1f} {y + row * cell:.1f}"
                columns[beyond].append(f"{corner}h{cell * 0.86:.1f}v{cell * 0.86:.1f}h-{cell * 0.86:.1f}z")
    for beyond, cells in columns.items():
        if cells:
            parts.append(path("".join(cells), f"p-g{shape % 6}" if beyond else "p-mute"))
    diagonal = f"M{x:.1f} {y:.1f}L{x + side:.1f} {y + side:.1f}"
    return Markup("").join([*parts, path(diagonal, "p-axis")])
