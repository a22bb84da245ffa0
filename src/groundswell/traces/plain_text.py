"""The normal form of texts that hold ASCII alone, all of them in one compiled pass.

    texts ──► forms, words in each          what `normal_text` and `n_words` say of each, thirty times as quick

Half of a collection's posts are such texts, and a pattern at a time is a third of what tracing them takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.engine.compiled import compiled


def plain_forms(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """The normal form of each text, and the number of words in it.

    Parameters
    ----------
    texts
        Of ASCII characters alone.

    Returns
    -------
    forms, words
        As long as `texts`, in their order.
    """
    written = np.frombuffer("".join(texts).encode("ascii"), np.uint8)
    start = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=start[1:])
    folded, ends, words = _folded(written, start)
    whole = folded.tobytes().decode("ascii")
    cuts = ends.tolist()
    return [whole[i:j] for i, j in zip([0, *cuts], cuts, strict=False)], words.tolist()


@compiled
def _is_space(c: int) -> bool:
    """What Python calls white space among ASCII characters."""
    return c == 32 or 9 <= c <= 13 or 28 <= c <= 31


@compiled
def _is_word(c: int) -> bool:
    """Letters, once they are small, digits and the underscore."""
    return 97 <= c <= 122 or 48 <= c <= 57 or c == 95


@compiled
def _of_link(text: Any, at: int, n: int) -> int:
    """Characters that begin a link at this place, ``https://`` or ``www.``; 0 if none does."""
    if text[at] == 119:
        if at + 4 <= n and text[at + 1] == 119 and text[at + 2] == 119 and text[at + 3] == 46:
            return 4
        return 0
    if text[at] != 104 or at + 7 > n:
        return 0
    if text[at + 1] != 116 or text[at + 2] != 116 or text[at + 3] != 112:
        return 0
    colon = at + 5 if text[at + 4] == 115 else at + 4
    if colon + 3 > n or text[colon] != 58 or text[colon + 1] != 47 or text[colon + 2] != 47:
        return 0
    return colon + 3 - at


@compiled
def _handle_end(text: Any, at: int, n: int) -> int:
    """Where the name that begins at this place ends, of word characters, dots and hyphens."""
    while at < n and (_is_word(text[at]) or text[at] == 46 or text[at] == 45):
        at += 1
    return at


@compiled
def _without_links(text: Any, start: int, end: int, out: Any) -> int:
    """Write the text in small letters, a space for each link; how much was written."""
    n = end - start
    small = np.empty(n, np.uint8)
    for i in range(n):
        c = text[start + i]
        small[i] = c + 32 if 65 <= c <= 90 else c
    kept = i = 0
    while i < n:
        begun = _of_link(small, i, n) if small[i] == 104 or small[i] == 119 else 0
        if begun and i + begun < n and not _is_space(small[i + begun]):
            i += begun
            while i < n and not _is_space(small[i]):
                i += 1
            out[kept] = 32
        else:
            out[kept] = small[i]
            i += 1
        kept += 1
    return kept


@compiled
def _without_handles(text: Any, n: int) -> int:
    """Put a space in the place of each handle; how much is left. Nothing grows, so it is done in place."""
    kept = i = 0
    before = 32
    while i < n:
        c = text[i]
        end = _handle_end(text, i + 1, n) if c == 64 and not _is_word(before) else i + 1
        if end > i + 1:
            if end < n and text[end] == 64:
                host = _handle_end(text, end + 1, n)
                end = host if host > end + 1 else end
            c = 32
        # What stands before the next character is asked of the text as it was.
        before = text[end - 1]
        text[kept] = c
        kept += 1
        i = end
    return kept


@compiled
def _folded(written: Any, start: Any) -> Any:
    """All forms in a row, where each ends, and the words in each."""
    out = np.empty(written.size, np.uint8)
    room = np.empty(written.size, np.uint8)
    ends = np.empty(start.size - 1, np.int64)
    words = np.zeros(start.size - 1, np.int64)
    n = 0
    for text in range(start.size - 1):
        kept = _without_handles(room, _without_links(written, start[text], start[text + 1], room))
        begin = n
        gap, inside = False, False
        for i in range(kept):
            c = room[i]
            if _is_space(c):
                gap, inside = True, False
                continue
            if gap and n > begin:
                out[n] = 32
                n += 1
            gap = False
            word = _is_word(c)
            words[text] += word and not inside
            inside = word
            out[n] = c
            n += 1
        ends[text] = n
    return out[:n], ends, words
