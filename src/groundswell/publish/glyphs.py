"""Two names character by character, with those marked that are not what they look like.

"eIIa", "ella", differences ──► e · I U+0049 · I U+0049 · a   beside   e · l U+006C · l U+006C · a
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Glyph(NamedTuple):
    """One character of a name as it is drawn."""

    shown: str
    number: str
    """Its code point, where it differs; otherwise nothing."""
    differs: bool


def glyph_rows(
    candidate: str, protected: str, differing: Sequence[Mapping[str, Any]]
) -> tuple[tuple[Glyph, ...], tuple[Glyph, ...]]:
    """Both names as glyphs.

    Parameters
    ----------
    differing
        Places where they differ, in order: ``at`` in the candidate, ``candidate`` and ``protected``; what stands
        between two places is equal in both.
    """
    here: set[int] = set()
    there: set[int] = set()
    shift = 0
    for one in differing:
        at, mine, other = one["at"], one["candidate"], one["protected"]
        here.update(range(at, at + len(mine)))
        there.update(range(at + shift, at + shift + len(other)))
        shift += len(other) - len(mine)
    return _row(candidate, here), _row(protected, there)


def _row(name: str, marked: set[int]) -> tuple[Glyph, ...]:
    return tuple(
        Glyph(_visible(letter), f"U+{ord(letter):04X}" if at in marked else "", at in marked)
        for at, letter in enumerate(name)
    )


def _visible(letter: str) -> str:
    """A character that can be looked at: a blank stays one, what shows nothing or steers becomes a dot."""
    category = unicodedata.category(letter)
    if category == "Zs":
        return "\N{NO-BREAK SPACE}"
    if category[0] in "CZ":
        return "·"
    return f"\N{DOTTED CIRCLE}{letter}" if category[0] == "M" else letter
