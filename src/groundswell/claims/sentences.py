"""Where the sentences of a text begin and end. A line break ends one, whatever stands before it."""

from __future__ import annotations

import re
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""First character, and the one after the last."""

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[#@]?[A-Z0-9#@])|\n+")
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|Jr|Sr|Gen|Gov|Sen|Rep|Inc|Ltd|Co|approx|ca)|\b[A-Z])\.$")
_CLAUSE = re.compile(
    r"\s*[;:—–]\s*|,\s+(?=(?:and|but|while|though|although|yet|nor|not)\b)|\s+(?:but|while|although|though)\s+"
)
_AND = re.compile(r"\s+and\s+(?=(?:do|does|did|is|are|was|were|not|no|never|nobody)\b)")


def sentences(text: str) -> list[Span]:
    r"""The sentences in order, without the blanks between them.

    >>> text = "Dr. Reed counted. It took #days: 600 of them!\nWhy?"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Dr. Reed counted.', 'It took #days: 600 of them!', 'Why?']
    """
    found: list[Span] = []
    start = 0
    for end in _END.finditer(text):
        if end[0][0] != "\n" and _SHORT.search(text, start, end.end()):
            continue
        _keep(text, start, end.end(), found)
        start = end.end()
    _keep(text, start, len(text), found)
    return found


def clauses(text: str, span: Span) -> list[Span]:
    """The parts of a sentence that can be denied by themselves.

    >>> text = "It holds 600 accounts and does not name them."
    >>> [text[a:b] for a, b in clauses(text, (0, len(text)))]
    ['It holds 600 accounts', 'does not name them.']
    """
    start, end = span
    cuts = [(found.start(), found.end()) for way in (_CLAUSE, _AND) for found in way.finditer(text, start, end)]
    found_spans: list[Span] = []
    for a, b in sorted(cuts):
        if a >= start:
            _keep(text, start, a, found_spans)
            start = b
    _keep(text, start, end, found_spans)
    return found_spans


def _keep(text: str, start: int, end: int, into: list[Span]) -> None:
    """Take a span without the blanks round it, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        into.append((start, end))
