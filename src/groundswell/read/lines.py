"""Text as lines, whatever ends them (LF, CR LF or CR), none longer than a cap."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import IO

from groundswell.read.reader import Broken

SHOWN = 120
"""Characters of a broken line that the ledger shows."""

AHEAD = 1 << 16
"""Characters read at a time; asking for each line by itself took twice as long as reading it."""


def capped_lines(stream: IO[str], cap: int) -> Iterator[str | Broken]:
    """Yield each line with its end; one longer than `cap` characters is passed over and named.

    The stream must keep line ends as they are (``newline=""``), and is read some way ahead. NUL, which no post
    contains and no table may hold, becomes U+FFFD.
    """
    # Of the lines in a piece that is no longer than the cap only the last can be longer.
    while piece := stream.read(min(cap, AHEAD)):
        rest = stream.readline(cap)
        lines = _lines((piece + rest).replace("\0", "\ufffd"))
        last = lines[-1]
        if len(last) < cap or (len(last) == cap and last[-1] in "\r\n"):
            yield from lines
            continue
        yield from lines[:-1]
        while len(rest) == cap and rest[-1] not in "\r\n":
            rest = stream.readline(cap)
        yield Broken(f"a line longer than {cap:,} characters", last[:SHOWN])


def _lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if len(lines) == text.count("\n") + (text[-1] != "\n"):
        return lines
    # It knows more line ends than files have, and thinks of a form feed as one.
    return StringIO(text, newline="").readlines()
