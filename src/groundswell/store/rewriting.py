"""Some rows of a file go from the study: from its raw bytes, out of its ledger, from its Parquet segments.

    raw/ ──► raw/ without those lines, or nothing        ledger/ ──► rows = posts + others + left out + removed
    repeats/ ──► repeats/ without those rows        posts/ ──► posts/ without those rows, or without their content

Lists and segments come last. As long as they hold the rows, whoever asks finds them and does the whole again, so a kill
in the middle leaves work that the next call completes. The file keeps its name, the SHA-256 of the bytes that were
read, so that reading the same bytes again does not bring back what went.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import numpy as np
import zstandard

from groundswell.engine.engine import Engine
from groundswell.model.deletion import REPEATS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import Columns, TableContract
from groundswell.read.reader import one_row
from groundswell.read.recognise import readers
from groundswell.store.raw import unpacked
from groundswell.store.segments import flush, write_whole
from groundswell.store.study import Study

KEPT = ("platform", "post_id", "account_id", "time", "is_repost", "time_source", "source_file", "source_row")
"""What stays of a tombstone; every other column becomes unknown."""

LEFT = TableContract("left_of_segment", POSTS.columns, POSTS.order)
PROFILES_LEFT = TableContract("profiles_left", ACCOUNTS.columns, ACCOUNTS.order)
GONE = TableContract("gone_rows", {"source_row": "bigint"}, order=("source_row",))
LISTED = TableContract("listed_repeats", REPEATS.columns, REPEATS.order)
LISTED_LEFT = TableContract("listed_left", REPEATS.columns, REPEATS.order)
SEGMENT = TableContract("segment", POSTS.columns, POSTS.order)
PROFILES = TableContract("profiles", ACCOUNTS.columns, ACCOUNTS.order)

WITHOUT = "select * from segment anti join gone_rows using (source_row)"

_BLANK = "case when gone_rows.source_row is null then segment.{0} end as {0}"
BLANKED = f"""
select {", ".join(f"segment.{name}" if name in KEPT else _BLANK.format(name) for name in POSTS.columns)}
from segment left join gone_rows on gone_rows.source_row = segment.source_row
"""

REMAINING = """
select count(*), count(distinct account_id), min(time), max(time) from segment anti join gone_rows using (source_row)
"""

STAYING = """
select source_row from segment anti join gone_rows using (source_row)
union
select source_row from listed_repeats anti join gone_rows using (source_row)
order by source_row
"""

REMOVED = b'{"removed": '
LINE = REMOVED + b'"%s"}\n'


def rewrite(
    study: Study,
    engine: Engine,
    source_file: str,
    rows: Collection[int],
    *,
    reason: str,
    tombstones: bool,
    goes: Callable[[str], bool] | None = None,
    change: Callable[[Columns], Columns] | None = None,
) -> None:
    """Take rows of one file out of the study.

    Parameters
    ----------
    source_file
        SHA-256 of the file as it was read.
    rows
        Row numbers, from 1, of posts and of what ``repeats/`` lists.
    reason
        In words, for the ledger; with `tombstones` the posts still count as posts.
    tombstones
        Whether the posts stay without their content and their raw line becomes its SHA-256, or all of it goes.
    goes
        Raw lines of other rows that go too, because of what they say.
    change
        What else is done to the posts that stay.
    """
    place = study.folder / "ledger" / f"{source_file}.json"
    ledger: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    older = ledger.get("raw", source_file)
    segments = study.segments_of(POSTS, source_file)
    lists = study.segments_of(REPEATS, source_file)
    engine.load(GONE, {"source_row": np.array(sorted(rows), dtype=np.int64)})
    engine.open(SEGMENT, segments)
    engine.open(LISTED, lists)
    stay = None
    if not (tombstones and "stream" in ledger):
        # Rows that are no posts, or could not be read as posts, may say the same again.
        stay = frozenset(row for (row,) in engine.rows(STAYING))
    ledger["raw"] = repack(study, ledger, older, frozenset(rows), stay=stay, goes=goes, hashed=tombstones)
    if not tombstones:
        _account_for(ledger, engine.rows(REMAINING)[0], reason)
    ledger["revision"] = ledger.get("revision", 0) + 1
    for left_out in ledger["left_out"]:
        left_out["examples"] = []
    write_whole(place, json.dumps(ledger, indent=1))
    if older is not None and older != ledger["raw"]:
        (study.raw / f"{older}.zst").unlink(missing_ok=True)
    for path in lists:
        engine.open(LISTED, [path])
        engine.define(LISTED_LEFT.name, "select * from listed_repeats anti join gone_rows using (source_row)")
        if ledger["raw"] is None:
            path.unlink()
        else:
            replace_segment(engine, LISTED_LEFT, path)
    for path in segments:
        engine.open(SEGMENT, [path])
        engine.define(LEFT.name, BLANKED if tombstones else WITHOUT)
        if change is not None:
            engine.load(LEFT, change(engine.query("select * from left_of_segment")))
        replace_segment(engine, LEFT, path)


def forget_profiles(study: Study, engine: Engine, forgotten: str) -> int:
    """Remove the profiles of accounts from every file; returns how many rows went.

    Parameters
    ----------
    forgotten
        A table with ``platform`` and ``account_id``.
    """
    n = 0
    for path in study.segments(ACCOUNTS):
        engine.open(PROFILES, [path])
        here = engine.rows(f"select count(*) from profiles semi join {forgotten} using (platform, account_id)")[0][0]
        if here:
            engine.define(
                PROFILES_LEFT.name,
                f"select * from profiles anti join {forgotten} using (platform, account_id)",
            )
            replace_segment(engine, PROFILES_LEFT, path)
            n += int(here)
    return n


def replace_segment(engine: Engine, left: TableContract, path: Path) -> None:
    """Put a table in place of a segment, which goes where the table is empty."""
    if engine.rows(f"select 1 from {left.name} limit 1"):
        aside = path.with_name(f".part-{path.name}")
        engine.save(left, aside)
        flush(aside)
        aside.replace(path)
    else:
        path.unlink()


def raw_of(study: Study, source_file: str) -> Path | None:
    """Where the raw bytes of a file lie now; None where they went or were not kept."""
    ledger = json.loads((study.folder / "ledger" / f"{source_file}.json").read_text(encoding="utf-8"))
    path = study.raw / f"{ledger.get('raw', source_file)}.zst"
    return path if path.is_file() else None


def _account_for(ledger: dict[str, Any], remaining: tuple[Any, ...], reason: str) -> None:
    """Count what went as left out, from what is left: doing it twice gives the same entry."""
    posts, n_accounts, first, last = remaining
    entries = [one for one in ledger["left_out"] if one["reason"] != reason]
    ledger["posts"], ledger["n_accounts"] = posts, n_accounts
    removed = ledger["rows"] - posts - sum(ledger["other_records"].values()) - sum(one["rows"] for one in entries)
    entries.append({"reason": reason, "rows": removed, "first_rows": [], "examples": []})
    ledger["left_out"] = sorted(entries, key=lambda one: str(one["reason"]))
    ledger["first_time"], ledger["last_time"] = (
        None if time is None else f"{time.isoformat()}Z" for time in (first, last)
    )


def repack(
    study: Study,
    ledger: Mapping[str, Any],
    older: str | None,
    lines: frozenset[int],
    *,
    stay: frozenset[int] | None = None,
    goes: Callable[[str], bool] | None = None,
    hashed: bool,
) -> str | None:
    """Pack the raw bytes of a file again without some lines; where rows are not lines, drop them all.

    Parameters
    ----------
    ledger
        The file's entry: ``format``, ``rows``, and ``stream`` where it was collected.
    older
        The name that the bytes have now; None where they went before.
    lines
        Row numbers whose lines go.
    stay
        If given, every other line goes as well.
    goes
        If given, lines of which it is true go as well.
    hashed
        Whether the SHA-256 of a line takes its place.

    Returns
    -------
    the new name of the bytes, None where none are left; the older ones still lie there
    """
    if older is None or not (study.raw / f"{older}.zst").exists():
        return None
    if (header := _lines_before_rows(study, ledger, older)) is None:
        return None
    digest = sha256()
    handle, aside = tempfile.mkstemp(prefix=".part-", dir=study.raw)
    try:
        with os.fdopen(handle, "wb") as out, unpacked(study.raw / f"{older}.zst") as source:
            with zstandard.ZstdCompressor(level=3).stream_writer(out, closefd=False) as packed:
                for number, line in _numbered(source):
                    row = number - header
                    doomed = row in lines or (stay is not None and row > 0 and row not in stay)
                    doomed = doomed or (goes is not None and goes(line.decode("utf-8", "replace")))
                    if doomed and not line.startswith(REMOVED):
                        line = LINE % (sha256(line).hexdigest().encode() if hashed else b"")
                    digest.update(line)
                    packed.write(line)
            out.flush()
            os.fsync(out.fileno())
        Path(aside).replace(study.raw / f"{digest.hexdigest()}.zst")
    finally:
        Path(aside).unlink(missing_ok=True)
    return digest.hexdigest()


def _numbered(source: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with the number of the row they would be; blank ones are none and have the number 0."""
    number = 0
    for line in source:
        if line.isspace():
            yield 0, line
        else:
            number += 1
            yield number, line


def _lines_before_rows(study: Study, ledger: Mapping[str, Any], older: str) -> int | None:
    """1 for a table with a header, 0 for JSON lines; None where a row is not a line.

    A cell with a line end in it, a list of posts in one line or another packing make the numbers differ.
    """
    header = 0
    if "stream" not in ledger:  # a journal has a line a row
        reader = next((one for one in readers() if one.name == ledger["format"]), None)
        if reader is None or reader.rows is not one_row:
            return None
        header = int(reader.shape == "table")
    with unpacked(study.raw / f"{older}.zst") as source:
        n_lines = sum(number > 0 for number, _ in _numbered(source))
    return header if n_lines == ledger["rows"] + header else None
