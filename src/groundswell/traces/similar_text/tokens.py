"""Texts cut into the pieces of which templates are made: words, and single characters where no spaces are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from groundswell.traces.normal_text import UNSPACED

# All signs of punctuation and symbols below the Chinese characters; emoji and the rest of them stand alone anyway.
_SIGNS = "".join(chr(code) for code in range(0x3100) if unicodedata.category(chr(code))[0] in "PS") + "！，．：；？～｡"


def tokens(text: str) -> list[str]:
    """Words without the signs around them, and the characters of scripts written without spaces.

    >>> tokens("no more. 我投票")
    ['no', 'more', '我', '投', '票']
    """
    spaced = UNSPACED.sub(lambda one: f" {one[0]} ", text)
    return [word for piece in spaced.split() if (word := piece.strip(_SIGNS))]


def joined(pieces: Sequence[str]) -> str:
    """Pieces as a reader writes them: blanks between words, none between characters of unspaced scripts.

    >>> joined(["no", "more"]), joined(["我", "投", "票"])
    ('no more', '我投票')
    """
    text = ""
    for piece in pieces:
        glued = text and UNSPACED.match(piece[0]) and UNSPACED.match(text[-1])
        text += piece if glued or not text else f" {piece}"
    return text
