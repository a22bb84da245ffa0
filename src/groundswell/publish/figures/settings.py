"""A group under other choices: a cell for each setting, with the number of its members that are found there.

Filled is found, pale is some of them but too few, empty is not found. Empty cells stay, for they count.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from groundswell.assess.wording import kinds_listed
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.publish.figures.svg import NARROW, drawing, for_each_width, path, rect, tag, text
from groundswell.publish.spelling import lag

ROW, GAP, HEAD, BETWEEN = 20.0, 2.0, 42.0, 14.0
LABEL = 250.0


def settings_grid(tried: Multiverse, label: str) -> Markup:
    """Draw every setting: a row for each kind of trace and null, a column for each window and minimum."""
    return for_each_width(lambda width: _drawn(tried, label, width), wide=1118, narrow=306)


def _drawn(tried: Multiverse, label: str, width: float) -> Markup:
    narrow = width <= NARROW
    windows = sorted({cell.window_s for cell in tried.cells})
    minima = sorted({cell.min_objects for cell in tried.cells})
    left = 0.0 if narrow else LABEL
    block = (width - left) / max(1, len(windows))
    step = (block - 6) / max(1, len(minima))
    marks: list[Markup] = []
    for n, window_s in enumerate(windows):
        x = left + n * block
        marks.append(text(x, 12, lag(window_s), "num small"))
        marks.append(path(f"M{x:.1f} {HEAD - 8}H{x + block - 6:.1f}", "p-axis"))
        for m, least in enumerate(minima):
            marks.append(text(x + (m + 0.5) * step, HEAD - 14, f"{least}+", "small faint", "middle"))
    y = HEAD
    for kind in tried.kinds:
        cells = tried.of(kind)
        for name, row in _rows(tried, cells):
            if narrow:
                y += 16
                marks.append(text(0, y - 4, name, "small"))
            else:
                marks.append(text(0, y + 14, name, "small"))
            for cell in row:
                x = left + windows.index(cell.window_s) * block + minima.index(cell.min_objects) * step
                marks += _cell(tried, cell, x, y, step - GAP)
            y += ROW
        y += BETWEEN
    return drawing(width, y - BETWEEN + 2, label, *marks)


def _rows(tried: Multiverse, cells: tuple[Cell, ...]) -> Iterable[tuple[str, list[Cell]]]:
    """The rows of one kind of trace; one row stands for all where none of its settings shows a member."""
    many = kinds_listed([cells[0].kind])
    nulls = list(dict.fromkeys(cell.null for cell in cells))
    if not any(cell.n_members for cell in cells):
        row = [cell for cell in cells if cell.null == nulls[0]]
        return [(f"{many}: 0 of {len(cells)} settings", row)]
    return [(f"{many} · {null}", [cell for cell in cells if cell.null == null]) for null in nulls]


def _cell(tried: Multiverse, cell: Cell, x: float, y: float, width: float) -> Iterable[Markup]:
    if not cell.n_members:
        yield tag("rect", x=x, y=y, width=width, height=ROW - GAP, class_="p-sunk")
        return
    found = cell.n_members >= tried.enough
    yield rect(x, y, width, ROW - GAP, "p-tide" if found else "p-tide-soft")
    paint = "small on-tide" if found else "small"
    if width >= 14:
        yield text(x + width / 2, y + 13.5, str(cell.n_members), paint, "middle")
