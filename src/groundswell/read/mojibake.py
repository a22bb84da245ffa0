"""Text that was UTF-8, was read as Windows-1252 and saved again: GrÃ¼ÃŸe ──► Grüße, but only when that is certain."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

MOJIBAKE_REPAIRED = "the text was UTF-8 that a program had read as Windows-1252, and was repaired"

# The letters that begin characters of two to four bytes in UTF-8, and what may follow them, read as Windows-1252.
SIGN = re.compile("[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóô][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def repaired(text: str) -> str | None:
    """The text as it was; None unless that is certain.

    It is when every character that is not ASCII takes part: the bytes are UTF-8 as a whole, which no text that
    someone wrote by hand is but by rare accident.

    >>> repaired("GrÃ¼ÃŸe"), repaired("Grüße"), repaired("GrÃ¼ÃŸe 日")
    ('Grüße', None, None)
    """
    if not SIGN.search(text):
        return None
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def repair(texts: np.ndarray[Any, Any]) -> int:
    """Repair the texts of a batch in place; returns how many."""
    n = 0
    for i, text in enumerate(texts):
        if text is not None and not text.isascii() and (plain := repaired(text)) is not None:
            texts[i] = plain
            n += 1
    return n
