"""Skeletons: two texts that look alike to Unicode's eye have the same one (UTS #39).

    "BeII EIm"  ──►  "Bell Elrn"  ◄──  "Bell Elm"

The table of confusable characters is Unicode's (`data/`, with its version and licence; `tools/make_confusables.py`
makes it). It knows I and l and 1, 0 and O, rn and m, and the letters that scripts share. Case matters: folding before
the map turns I into i and hides the very trick, so a text is mapped first and folded afterwards.

An equal skeleton makes a candidate and nothing more: «Ill» and «lll» are both honest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_TABLE = re.compile(r"confusables-([\d.]+)\.tsv")
# The characters that UTS #39 drops before it maps: Default_Ignorable_Code_Point of Unicode 18.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""A character class of what nobody sees: zero-width and bidi controls, fillers, variation selectors, tags."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")


@cache
def confusables() -> tuple[str, dict[int, str]]:
    """Unicode's table: its version, and the prototype of each confusable character."""
    folder = files("groundswell.personas") / "data"
    (found,) = [entry for entry in folder.iterdir() if _TABLE.fullmatch(entry.name)]
    rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    prototypes = {int(one, 16): "".join(chr(int(each, 16)) for each in many.split()) for one, many in rows}
    version = _TABLE.fullmatch(found.name)
    return version[1] if version else "", prototypes


def skeleton(text: str) -> str:
    """The skeleton of a text, case kept.

    >>> skeleton("BeII EIm") == skeleton("Bell Elm"), skeleton("bill") == skeleton("bIll")
    (True, False)
    """
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFD", bare.translate(confusables()[1]))


def folded_skeleton(text: str) -> str:
    """The skeleton with case folded after the map, and mapped again: «LampRep0rt» is «lampreport».

    >>> folded_skeleton("Rep0rt") == folded_skeleton("Report"), folded_skeleton("BiII") == folded_skeleton("bill")
    (True, True)
    """
    return skeleton(skeleton(text).casefold())


def without_invisible(text: str) -> str:
    """The text as a reader sees it: without the characters that show nothing."""
    return _INVISIBLE.sub("", text)
