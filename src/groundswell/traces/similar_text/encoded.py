"""Texts as one row of numbers, ready to be cut into shingles.

    texts ──► Encoded          a number a character, and where each text begins

A text's shingles are its runs of four characters, in any script. Characters are numbered by what occurs in the texts
at hand, in 16 bits, so that four of them fill one 64-bit number: two shingles are equal just when their numbers are,
and comparing numbers is exact. Texts come in as one UTF-8 buffer, and no Python string is made of a shingle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.engine.compiled import compiled

SIZE = 4
"""Characters of a shingle. Four tell languages and scripts apart, and one changed word spoils few of them."""

MOST_LETTERS = 1 << 16
LONGEST = 4000
"""Characters of a text that are compared; posts are shorter."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """n texts as numbers."""

    codes: np.ndarray[Any, np.dtype[np.uint16]]
    start: np.ndarray[Any, np.dtype[np.int64]]
    """n + 1 places: text i lies from ``start[i]`` to ``start[i + 1]``."""

    @property
    def n(self) -> int:
        """How many texts."""
        return len(self.start) - 1


def encoded(texts: Sequence[str]) -> Encoded:
    """Number the characters of the texts.

    In the unheard-of case of more than 65,536 different characters, the rarest-numbered share the last number, and
    shingles that differ only in them count as equal.
    """
    pieces = [text[:LONGEST].encode("utf-8", "surrogatepass") for text in texts]
    start = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum([len(piece) for piece in pieces], out=start[1:])
    points, place = _code_points(np.frombuffer(b"".join(pieces), np.uint8), start)
    present = np.zeros(0x110000, np.bool_)
    present[points] = True
    number = np.minimum(np.cumsum(present, dtype=np.int64) - 1, MOST_LETTERS - 1).astype(np.uint16)
    return Encoded(number[points], place)


@compiled
def _code_points(data: Any, start: Any) -> Any:
    """The code points of UTF-8 texts, and where each text begins among them."""
    points = np.empty(data.size, np.int32)
    place = np.zeros(start.size, np.int64)
    n = 0
    for text in range(start.size - 1):
        i = start[text]
        while i < start[text + 1]:
            lead = np.int32(data[i])
            if lead < 0x80:
                points[n] = lead
                i += 1
            elif lead < 0xE0:
                points[n] = (lead & 0x1F) << 6 | (np.int32(data[i + 1]) & 0x3F)
                i += 2
            elif lead < 0xF0:
                points[n] = (lead & 0x0F) << 12 | (np.int32(data[i + 1]) & 0x3F) << 6 | (np.int32(data[i + 2]) & 0x3F)
                i += 3
            else:
                points[n] = (
                    (lead & 0x07) << 18
                    | (np.int32(data[i + 1]) & 0x3F) << 12
                    | (np.int32(data[i + 2]) & 0x3F) << 6
                    | (np.int32(data[i + 3]) & 0x3F)
                )
                i += 4
            n += 1
        place[text + 1] = n
    return points[:n], place
