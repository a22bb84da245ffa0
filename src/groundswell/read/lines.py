"""Text as lines, whatever ends them (LF, CR LF or CR), none longer than a cap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from groundswell.read.reader import Broken

SHOWN = 120
"""Characters of a broken line that the ledger shows."""


def capped_lines(stream: IO[str], cap: int) -> Iterator[str | Broken]:
    """Yield each line with its end; one longer than `cap` characters is passed over and named.

    The stream must keep line ends as they are (``newline=""``). NUL, which no post contains and no table may
    hold, becomes U+FFFD.
    """
    while line := stream.readline(cap):
        if len(line) == cap and line[-1] not in "\r\n":
            start = line[:SHOWN]
            while (line := stream.readline(cap)) and line[-1] not in "\r\n":
                pass
            yield Broken(f"a line longer than {cap:,} characters", start.replace("\0", "\ufffd"))
            continue
        yield line.replace("\0", "\ufffd") if "\0" in line else line
