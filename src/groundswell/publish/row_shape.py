"""What stood in a row that was left out, as it may be published: its shape, which names nobody.

    {"did": "did:plc:eve", "time_us": 17145   ──►   {"xxx": "xxx:xxx:xxx", "xxxx_xx": 00000

A row that could not be read can hold anything anywhere, so no list of known names can clean it. Its shape still
shows why it was left out: a quote that never closes, a cell too many. Times and numbers that a spreadsheet rounded
name nobody and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

from groundswell.publish.redaction import Redaction, inert

LONGEST = 100
"""Characters of an example that are shown."""

TIME = re.compile(
    r"(?:\d{1,4}[-/.:, T]*){2,7}(?:\.\d{1,9})?\s*(?:Z|UTC|GMT|[AP]M|[+-]\d\d:?\d\d|EST|EDT|CET|CEST)?", re.IGNORECASE
)
ROUNDED = re.compile(r"-?\d(?:[.,]\d{1,6})?E\+?\d{1,3}", re.IGNORECASE)


def shown_example(redaction: Redaction, reason: str, seen: str) -> str:
    """An example of the ledger under the names of this edition: whole where handles are shown, a shape elsewhere."""
    one_line = " ".join(seen.split())
    if redaction.shown:
        return cut(inert(one_line))
    # A time of nothing but digits could be an id in the wrong column.
    told_a_time = "time" in reason.split() and not one_line.isdigit() and TIME.fullmatch(one_line)
    if told_a_time or ROUNDED.fullmatch(one_line):
        return one_line
    return cut(inert(shape(one_line)))


def shape(text: str) -> str:
    """A text with x for each letter and 0 for each digit.

    >>> shape('ana_7: "Hé"')
    'xxx_0: "xx"'
    """
    return "".join({"L": "x", "M": "x", "N": "0"}.get(unicodedata.category(c)[0], c) for c in text)


def cut(text: str) -> str:
    """A text of no more than `LONGEST` characters, which says so where it was longer."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
