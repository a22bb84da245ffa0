"""How much memory may be taken, as a person says it: ``2GB``, ``512 MiB``.

The database is told bytes. Left to itself it takes ``-1GB`` for no limit at all, and answers ``2`` with a message about
its own grammar.
"""

from __future__ import annotations

import re

from groundswell.errors import WrongUse

UNITS = {
    "kb": 1000, "mb": 1000**2, "gb": 1000**3, "tb": 1000**4,
    "kib": 1024, "mib": 1024**2, "gib": 1024**3, "tib": 1024**4,
}  # fmt: skip
SAID = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*([KMGT]i?B)", re.IGNORECASE | re.ASCII)

LEAST = 32_000_000
"""Bytes; with less it can't sort a table."""


def memory_bytes(said: str) -> int:
    """The limit in bytes.

    Raises
    ------
    WrongUse
        It is no amount of memory, or too little to work with.
    """
    found = SAID.fullmatch(said.strip())
    if not found:
        raise WrongUse(f"{said!r} is no amount of memory.\n  Say a number and a unit, such as 2GB or 512MB.")
    limit = int(float(found[1]) * UNITS[found[2].lower()])
    if limit < LEAST:
        raise WrongUse(
            f"{said!r} of memory is too little for the database.\n"
            f"  Give it {LEAST // 1_000_000} MB or more; 2GB is comfortable."
        )
    return limit
