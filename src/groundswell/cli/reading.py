"""Options of the commands that read files: which columns hold what, and what a packed file may ask for."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from groundswell.errors import WrongUse
from groundswell.read.naming import read_mapping
from groundswell.read.propose import proposed_mapping
from groundswell.read.survey import LIMITS, Limits
from groundswell.store.segments import write_whole

MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="A file of columns, as `inspect --write-mapping` writes it.")
]
WriteMapping = Annotated[
    Path | None, typer.Option("--write-mapping", help="Write the columns down, with guesses, to check and keep.")
]
Limit = Annotated[
    list[str],
    typer.Option(
        "--limit",
        help="Allow more to a file you trust: window=2GiB, unpacked=1TiB, ratio=5000, members=9999, columns=99999,"
        " line=1GiB, document=4GiB, depth=5000.",
    ),
]

LIMIT_NAMES = {
    "window": "window_bytes",
    "unpacked": "unpacked_bytes",
    "ratio": "ratio",
    "members": "members",
    "columns": "columns",
    "line": "line",
    "document": "document",
    "depth": "depth",
}
UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}
SIZE = re.compile(r"(\d{1,15})\s*([kmgt]i?)?b?", re.IGNORECASE)


def columns_of(pairs: Sequence[str], mapping: Path | None) -> dict[str, str]:
    """Our column name to the file's: of the mapping file, then of each ``--column``, which wins."""
    named = read_mapping(mapping) if mapping else {}
    for pair in pairs:
        ours, equals, theirs = pair.partition("=")
        if not (ours and equals and theirs):
            raise WrongUse(f"--column {pair!r} is not a pair.\n  Write it as ours=theirs, such as time=tweet_created.")
        named[ours.strip()] = theirs.strip()
    return named


def limits_of(pairs: Sequence[str]) -> Limits:
    """The limits with what was allowed beyond them."""
    limits = LIMITS
    for pair in pairs:
        name, _, written = pair.partition("=")
        size = SIZE.fullmatch(written.strip())
        if name not in LIMIT_NAMES or not size:
            raise WrongUse(
                f"--limit {pair!r} is not a limit.\n"
                f"  There are: {', '.join(LIMIT_NAMES)}, each with a number, such as `--limit window=2GiB`."
            )
        limits = replace(limits, **{LIMIT_NAMES[name]: int(size[1]) * UNITS[(size[2] or "").lower()]})
    return limits


def write_mapping(file: Path, place: Path, columns: dict[str, str], limits: Limits) -> None:
    """Write a mapping file for a table, unless there is a file already."""
    if place.exists():
        raise WrongUse(f"There is a file {str(place)!r} already.\n  It was left alone.\n  Name another one.")
    write_whole(place, proposed_mapping(file, columns, limits))
    sys.stdout.write(f"{place}: check it, then read with `--mapping {place}`\n")
