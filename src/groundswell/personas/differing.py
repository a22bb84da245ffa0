"""Where two names differ, character by character, with the name of each.

    "BeII EIm" · "Bell Elm"  ──►  I U+0049 for l U+006C · I for l · I for l

The two are laid beside one another along the letters that they read as, so that «rn» lies beside «m» and a character
that nobody sees beside nothing. What kind of difference it is decides what a reader is told.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from groundswell.personas.confusables import skeleton, without_invisible
from groundswell.personas.loose_form import reading

LONGEST = 120
"""Characters of a name that are laid side by side; platforms allow fifty."""


class Kind(StrEnum):
    """What sort of difference it is, from unseen to plain."""

    INVISIBLE = "invisible"
    LOOKALIKE = "looks the same"
    CASE = "upper or lower case"
    SIGN = "sign or space"
    READS_THE_SAME = "reads the same"
    ADDED = "added"
    MISSING = "missing"
    OTHER = "another letter"


COST = {
    Kind.INVISIBLE: 0.0,
    Kind.LOOKALIKE: 0.0,
    Kind.CASE: 0.1,
    Kind.SIGN: 0.1,
    Kind.READS_THE_SAME: 0.25,
}
"""What a difference counts in the likeness of two names; a letter added, missing or exchanged counts 1."""


_RUNS = (Kind.ADDED, Kind.MISSING, Kind.INVISIBLE)
"""Differences that are told as one when they stand side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two names differ."""

    at: int
    """Place in the candidate, from 0."""
    candidate: str
    protected: str
    kind: Kind

    def as_json(self) -> dict[str, Any]:
        """The strings with the code point and name of every character in them."""
        return {
            "at": self.at,
            "kind": str(self.kind),
            "candidate": self.candidate,
            "candidate_code_points": code_points(self.candidate),
            "protected": self.protected,
            "protected_code_points": code_points(self.protected),
        }


def code_points(text: str) -> list[str]:
    """Each character's number and name.

    >>> code_points("І")
    ['U+0406 CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I']
    """
    return [f"U+{ord(one):04X} {unicodedata.name(one, 'a character without a name')}" for one in text]


def differing(candidate: str, protected: str) -> tuple[Difference, ...]:
    """The places where two names differ, in order; equal characters are left out.

    >>> [(one.candidate, one.protected, str(one.kind)) for one in differing("Larnp", "Lamp")]
    [('rn', 'm', 'looks the same')]
    """
    a, b = candidate[:LONGEST], protected[:LONGEST]
    found: list[Difference] = []
    end = (-1, -1)
    for first, last, other_first, other_last in _segments(a, b):
        here, there = a[first:last], b[other_first:other_last]
        if here == there:
            continue
        one = Difference(at=first, candidate=here, protected=there, kind=_kind(here, there))
        if found and end == (first, other_first) and one.kind is found[-1].kind and one.kind in _RUNS:
            before = found.pop()
            one = replace(one, at=before.at, candidate=before.candidate + here, protected=before.protected + there)
        found.append(one)
        end = (last, other_last)
    return tuple(found)


def likeness(candidate: str, protected: str) -> float:
    """How alike two names look, from 0 to 1; 1 is «indistinguishable on screen».

    One minus the summed cost of the differences (`COST`) for each character of the longer name. It measures two
    strings and says nothing about who uses them.
    """
    spent = 0.0
    for one in differing(candidate, protected):
        spent += COST.get(one.kind, float(max(len(one.candidate), len(one.protected))))
    longer = max(len(without_invisible(candidate)), len(protected), 1)
    return round(max(0.0, 1.0 - spent / longer), 3)


def in_words(differences: tuple[Difference, ...]) -> list[str]:
    """The differences counted, one clause for each kind.

    >>> in_words(differing("BiII", "Bill"))
    ['2 characters that look the same and are not: I (U+0049) for l (U+006C)']
    """
    said = []
    for kind in Kind:
        of_kind = [one for one in differences if one.kind is kind]
        if not of_kind:
            continue
        pairs = Counter((one.candidate, one.protected) for one in of_kind)
        shown = ", ".join(_shown(here, there) for here, there in list(pairs)[:4])
        more = f" and {len(pairs) - 4} more" if len(pairs) > 4 else ""
        said.append(_SAID[kind][len(of_kind) > 1].format(n=len(of_kind), shown=shown + more))
    return said


_SAID = {
    Kind.INVISIBLE: ("1 stretch that shows nothing: {shown}", "{n} stretches that show nothing: {shown}"),
    Kind.LOOKALIKE: (
        "1 character that looks the same and is not: {shown}",
        "{n} characters that look the same and are not: {shown}",
    ),
    Kind.CASE: ("1 letter in the other case: {shown}", "{n} letters in the other case: {shown}"),
    Kind.SIGN: ("1 sign or space: {shown}", "{n} signs or spaces: {shown}"),
    Kind.READS_THE_SAME: ("1 character that reads the same: {shown}", "{n} characters that read the same: {shown}"),
    Kind.ADDED: ("added: {shown}", "added in {n} places: {shown}"),
    Kind.MISSING: ("missing: {shown}", "missing in {n} places: {shown}"),
    Kind.OTHER: ("1 other letter: {shown}", "{n} other letters: {shown}"),
}


def _shown(here: str, there: str) -> str:
    if not here:
        return f"no {_written(there)}"
    return f"{_written(here)} for {_written(there)}" if there else _written(here)


def _written(text: str) -> str:
    """Characters as they look, if they look like anything, and their numbers where they are few."""
    visible = "".join(one for one in text if unicodedata.category(one)[0] not in "CZM")
    numbers = " ".join(f"U+{ord(one):04X}" for one in text[:3]) + (" …" if len(text) > 3 else "")
    return f"{visible} ({numbers})" if visible else numbers


def _kind(here: str, there: str) -> Kind:
    if skeleton(here) == skeleton(there):
        return Kind.LOOKALIKE if without_invisible(here) and there else Kind.INVISIBLE
    if here.casefold() == there.casefold():
        return Kind.CASE
    if skeleton(skeleton(here).casefold()) == skeleton(skeleton(there).casefold()):
        return Kind.LOOKALIKE
    if not reading(here) and not reading(there):
        return Kind.SIGN
    if (
        reading(here).replace("i", "l") == reading(there).replace("i", "l")
        or (here.casefold(), there.casefold()) in _PAIRS
    ):
        return Kind.READS_THE_SAME
    if not there:
        return Kind.ADDED
    return Kind.OTHER if here else Kind.MISSING


_PAIRS = frozenset({("vv", "w"), ("w", "vv"), ("cl", "d"), ("d", "cl"), ("nn", "m"), ("m", "nn")})


_Unit = tuple[str, int, int]
"""A letter, and where the characters begin and end that read as it."""


def _units(text: str) -> list[_Unit]:
    """The letters that the text reads as, each with the characters it comes from; signs read as themselves."""
    units: list[_Unit] = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2].casefold()
        if pair in ("vv", "cl", "nn"):
            letters = {"vv": "w", "cl": "d", "nn": "rn"}[pair]
            units += [(letter, at, at + 2) for letter in letters]
            at += 2
            continue
        letters = reading(text[at]).replace("i", "l") or without_invisible(text[at]) or "\0"
        units += [(letter, at, at + 1) for letter in letters]
        at += 1
    return units


def _segments(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """Matching stretches of both texts, the smallest whose ends lie between characters on both sides.

    Of the ways that keep as many letters together, the one with the fewest breaks: «real_ana» is «ana» with «real_»
    before it, and no «a» of the one word stands for that of the other.
    """
    left, right = _units(a), _units(b)
    after, anew = _worth(left, right)
    segments: list[tuple[int, int, int, int]] = []
    i = j = start_a = start_b = 0
    best = anew
    while i < len(left) or j < len(right):
        step = _step(left[i], right[j]) if i < len(left) and j < len(right) else 0
        if step and best[i][j] == after[i + 1][j + 1] + step + (best is after):
            i, j, best = i + 1, j + 1, after
        elif j == len(right) or (i < len(left) and best[i][j] == anew[i + 1][j]):
            i, best = i + 1, anew
        else:
            j, best = j + 1, anew
        end_a = left[i][1] if i < len(left) else len(a)
        end_b = right[j][1] if j < len(right) else len(b)
        whole_a = i == 0 or i == len(left) or left[i - 1][2] <= left[i][1]
        whole_b = j == 0 or j == len(right) or right[j - 1][2] <= right[j][1]
        if whole_a and whole_b and (end_a, end_b) != (start_a, start_b):
            segments.append((start_a, end_a, start_b, end_b))
            start_a, start_b = end_a, end_b
    return segments


def _worth(left: list[_Unit], right: list[_Unit]) -> tuple[list[list[int]], list[list[int]]]:
    """What the rest of both names is worth from each place: after two that lay side by side, and anew after a gap."""
    after = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    anew = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            step = _step(left[i], right[j])
            gap = max(anew[i + 1][j], anew[i][j + 1])
            anew[i][j] = max(gap, after[i + 1][j + 1] + step) if step else gap
            after[i][j] = max(gap, after[i + 1][j + 1] + step + 1) if step else gap
    return after, anew


def _step(one: _Unit, other: _Unit) -> int:
    """What two letters side by side are worth: most when equal, little when both are letters, nothing otherwise.

    Each letter outweighs every break that two names can have.
    """
    return 4 * LONGEST * (3 * (one[0] == other[0]) + (one[0].isalnum() == other[0].isalnum()))
