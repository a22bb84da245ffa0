"""So many documents, so few sources: a square for each document, and beneath it as many as there are sources."""

from __future__ import annotations

from markupsafe import Markup

from groundswell.publish.figures.svg import drawing, hatched, rect

SIDE, GAP = 16, 4
MOST = 60
"""Squares drawn; more documents than that are drawn as so many, and the figure beside it says how many they are."""


def sources(n_documents: int, effective: float, high: float, label: str, width: float = 330) -> Markup:
    """Grey: documents. Teal: independent sources. Hatched: up to the upper end of the interval."""
    across = int(width // (SIDE + GAP))
    shown = min(n_documents, MOST)
    parts = [rect(*_place(i, across, 0), SIDE, SIDE, "p-mute") for i in range(shown)]
    top = (-(-shown // across)) * (SIDE + GAP) + 8
    most = min(high, float(max(shown, 1)))
    for i in range(int(-(-most // 1))):
        x, y = _place(i, across, top)
        parts.append(hatched(x, y, SIDE * min(1.0, most - i), SIDE))
        if effective > i:
            parts.append(rect(x, y, SIDE * min(1.0, effective - i), SIDE, "p-g0"))
    rows = -(-int(-(-most // 1)) // across)
    return drawing(width, top + rows * (SIDE + GAP), label, *parts)


def _place(i: int, across: int, top: float) -> tuple[float, float]:
    return (i % across) * (SIDE + GAP), top + (i // across) * (SIDE + GAP)
