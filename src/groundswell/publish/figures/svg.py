"""The few marks that every figure is drawn with. Attributes are escaped here, so no figure need think of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from markupsafe import Markup, escape

Attribute: TypeAlias = str | float | int

WIDE = 1130
"""Drawing width in a panel of a page at 1440 px."""
NARROW = 334
"""Drawing width on a phone of 390 px."""

SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "cross")
"""A group has a hue and a shape, so that it can be told apart without colour. The seventh starts again."""


def tag(name: str, content: str = "", **attributes: Attribute) -> Markup:
    """One element. ``class_`` is written class, and underscores in other names become hyphens."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{written}>{escape(content)}</{name}>" if content else f"<{name}{written}/>")


def drawing(width: float, height: float, label: str, *marks: str) -> Markup:
    """A figure of fixed proportions, read aloud as one sentence."""
    box = f"0 0 {_value(width)} {_value(height)}"
    return tag("svg", Markup("").join(marks), viewBox=box, width=width, role="img", aria_label=label)


def strip(height: float, label: str, *marks: str) -> Markup:
    """A figure as wide as its place, drawn in per cent."""
    return tag("svg", Markup("").join(marks), class_="strip", width="100%", height=height, role="img", aria_label=label)


def for_each_width(draw: Callable[[float], Markup], wide: float = WIDE, narrow: float = NARROW) -> Markup:
    """The same figure drawn twice: small type is drawn anew for a phone, not shrunk. Only one is shown."""
    return tag("div", draw(wide), class_="wide-only") + tag("div", draw(narrow), class_="narrow-only")


def text(x: Attribute, y: float, words: str, paint: str = "", anchor: str = "start") -> Markup:
    """Words at a place; ``paint`` is a class."""
    painted = {"class_": paint} if paint else {}
    return tag("text", words, x=x, y=y, text_anchor=anchor, **painted)


def name(x: Attribute, y: float, written: str, paint: str, anchor: str = "start") -> Markup:
    """What somebody is called or wrote, at a place: no language is claimed for it, and no page translates it."""
    return tag("text", written, x=x, y=y, text_anchor=anchor, class_=paint, lang="")


def path(course: str, paint: str) -> Markup:
    """A line or an area."""
    return tag("path", d=course, class_=paint)


def rect(x: Attribute, y: float, width: Attribute, height: float, paint: str) -> Markup:
    """A box."""
    return tag("rect", x=x, y=y, width=width, height=height, class_=paint)


def hatched(x: Attribute, y: float, width: Attribute, height: float) -> Markup:
    """A box for what nobody knows."""
    return tag("rect", x=x, y=y, width=width, height=height, fill="url(#hatch)", class_="p-unknown")


def mark(shape: int, x: float, y: float, r: float) -> Markup:
    """The sign of a group: shape and hue number `shape`, about `r` in radius."""
    paint = f"p-g{shape % len(SHAPES)}"
    corners = {
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "triangle": ((0, -1.15), (1.1, 0.8), (-1.1, 0.8)),
        "diamond": ((0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)),
        "hexagon": ((-0.55, -1), (0.55, -1), (1.1, 0), (0.55, 1), (-0.55, 1), (-1.1, 0)),
        "cross": (
            *((-0.4, -1.15), (0.4, -1.15), (0.4, -0.4), (1.15, -0.4), (1.15, 0.4), (0.4, 0.4)),
            *((0.4, 1.15), (-0.4, 1.15), (-0.4, 0.4), (-1.15, 0.4), (-1.15, -0.4), (-0.4, -0.4)),
        ),
    }.get(SHAPES[shape % len(SHAPES)])
    if corners is None:
        return tag("circle", cx=x, cy=y, r=r, class_=paint)
    return path("M" + "L".join(f"{x + r * dx:.1f} {y + r * dy:.1f}" for dx, dy in corners) + "Z", paint)


def percent(part: float) -> str:
    """A place or a length across the strip, from 0 to 1."""
    return f"{100 * part:.2f}%"


def _value(value: Attribute) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(escape(value))
