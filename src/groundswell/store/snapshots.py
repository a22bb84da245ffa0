"""The snapshots of a study: what was seen of its accounts later, or elsewhere, a file of them at a time.

    rows ──► snapshots/<sha256>.parquet, then snapshots/<sha256>.json

The entry is the acknowledgement, as with posts: a table without one is no part of the study. The bytes of such a
file are not kept: they are a list of people, and a list is the easiest thing to forget to delete.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.records import revive
from groundswell.model.snapshot import SNAPSHOTS
from groundswell.model.table import Columns, TableContract
from groundswell.store.masking import rows_naming
from groundswell.store.names import Names
from groundswell.store.segments import flush, write_whole

SOME = TableContract("some_snapshots", SNAPSHOTS.columns, SNAPSHOTS.order)
LEFT = TableContract("snapshots_left", SNAPSHOTS.columns, SNAPSHOTS.order)

SAID = ("handle", "name", "bio", "picture")
"""What a snapshot repeats of a profile; it goes when the profile is taken back."""

_BLANK = "case when f.account_id is null then s.{0} end as {0}"
BLANKED = f"""
select {", ".join(_BLANK.format(name) if name in SAID else f"s.{name}" for name in SNAPSHOTS.columns)}
from some_snapshots as s left join (select distinct platform, account_id from forgotten_profiles) as f
    on f.platform = s.platform and f.account_id = s.account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One file of snapshots, and what became of its rows."""

    file: str
    sha256: str
    rows: int
    snapshots: int
    left_out: dict[str, int]
    """Rows left out, by reason."""


def keep_snapshots(folder: Path, engine: Engine, columns: Columns, entry: Kept) -> None:
    """Put a file's snapshots into the study `folder`; the same file again replaces what it said."""
    place = folder / SNAPSHOTS.name
    place.mkdir(exist_ok=True)
    path = place / f"{entry.sha256}.parquet"
    engine.load(LEFT, columns)
    _replace(engine, path)
    write_whole(path.with_suffix(".json"), json.dumps(asdict(entry), indent=1, sort_keys=True) + "\n")


def snapshot_files(folder: Path) -> tuple[Kept, ...]:
    """The files of snapshots that the study holds, by name and hash."""
    entries = (
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / SNAPSHOTS.name).glob("*.json"))
    )
    return tuple(sorted((revive(Kept, entry) for entry in entries), key=lambda one: (one.file, one.sha256)))


def snapshot_tables(folder: Path) -> list[Path]:
    """The Parquet files of all snapshots that are acknowledged."""
    place = folder / SNAPSHOTS.name
    return [path for one in sorted(place.glob("*.json")) if (path := one.with_suffix(".parquet")).is_file()]


def purge_snapshots(folder: Path, engine: Engine, names: Names, before: datetime | None) -> int:
    """Remove every snapshot in which any of the names stands, or that is older; returns how many rows went.

    Parameters
    ----------
    before
        Snapshots seen before this time go; in UTC and naive, as in the table.
    """
    gone = 0
    for path in snapshot_tables(folder):
        engine.open(SOME, [path])
        columns = engine.query(f"select * from {SOME.name}")
        goes = rows_naming(columns, names)
        if before is not None:
            goes |= columns["seen_at"] < np.datetime64(before, "us")
        if goes.any():
            engine.load(LEFT, {name: column[~goes] for name, column in columns.items()})
            _replace(engine, path)
            gone += int(np.count_nonzero(goes))
    return gone


def blank_snapshots(folder: Path, engine: Engine, forgotten: str) -> None:
    """Take the profile out of the snapshots of accounts; when they were seen and their status stays.

    Parameters
    ----------
    forgotten
        A table with ``platform`` and ``account_id``.
    """
    engine.define("forgotten_profiles", f"select platform, account_id from {forgotten}")
    for path in snapshot_tables(folder):
        engine.open(SOME, [path])
        engine.define(LEFT.name, BLANKED)
        _replace(engine, path)


def _replace(engine: Engine, path: Path) -> None:
    """Put the table `LEFT` in place of a file, all at once."""
    aside = path.with_name(f".part-{path.name}")
    engine.save(LEFT, aside)
    flush(aside)
    aside.replace(path)
