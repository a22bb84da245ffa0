"""Ids that went through a spreadsheet: what can be mended is mended, what lost digits is called lost.

="9143"   9143.0   '9143     ──► 9143          nothing was lost
9.06E+17   1.01421E+18       ──► rounded       the digits are gone; only another column can bring them back
"""

from __future__ import annotations

import re

ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{1,3}")
FORMULA = re.compile(r'="([^"]*)"')
EXACT = 2**53
"""The largest number up to which a float, and so a spreadsheet, holds every whole number."""

LOST_POST_ID = "the post id was rounded by a spreadsheet and counts as unknown"
LOST_TARGET = "the id of the post repeated, answered or quoted was rounded by a spreadsheet and counts as unknown"


def whole(value: str | None) -> str | None:
    """An id with all its digits, mended if need be; None where a spreadsheet rounded it or there is none.

    >>> whole("9143"), whole('="9143"'), whole("9.06E+17")
    ('9143', '9143', None)
    """
    if value is None or value.isalnum():
        return value
    return None if is_rounded(value) else mended(value)


def is_rounded(value: str | None) -> bool:
    """Whether a spreadsheet rounded this id, so that its last digits are unknown.

    >>> is_rounded("9.06E+17"), is_rounded("914580356430536704.0"), is_rounded("914580356430536707")
    (True, True, False)
    """
    if value is None:
        return False
    if "+" in value:
        return ROUNDED.fullmatch(value) is not None
    return value.endswith(".0") and value[:-2].isdecimal() and len(value) < 40 and int(value[:-2]) >= EXACT


def mended(value: str) -> str:
    """Undo what a spreadsheet did to an id without losing digits.

    >>> mended('="9143"'), mended("9143.0"), mended("'9143"), mended("9143")
    ('9143', '9143', '9143', '9143')
    """
    if value.startswith("="):
        found = FORMULA.fullmatch(value)
        return found.group(1).strip() if found else value
    if value.endswith(".0") and value[:-2].isdecimal():
        return value[:-2]
    if value.startswith("'") and value[1:].isdecimal():
        return value[1:]
    return value
