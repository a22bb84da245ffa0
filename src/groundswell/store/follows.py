"""The follow lists of a study: who follows whom, a file a list.

    pairs ──► follows/<sha256>.parquet, then follows/<sha256>.json

The entry is the acknowledgement, as with posts. The bytes of such a file are not kept: they are a list of people.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.follow import FOLLOWS
from groundswell.model.records import revive
from groundswell.model.table import Columns
from groundswell.store.masking import rows_naming
from groundswell.store.names import Names
from groundswell.store.segments import flush, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowList:
    """One follow list, and what became of its rows."""

    file: str
    sha256: str
    rows: int
    pairs: int
    """Different pairs of accounts."""
    left_out: int
    """Rows that name no two accounts of the study, or say again what another row says."""


def keep_follows(folder: Path, engine: Engine, columns: Columns, entry: FollowList) -> None:
    """Put a follow list into the study `folder`; the same file again replaces what it said."""
    place = folder / FOLLOWS.name
    place.mkdir(exist_ok=True)
    path = place / f"{entry.sha256}.parquet"
    _replace(engine, columns, path)
    write_whole(path.with_suffix(".json"), json.dumps(asdict(entry), indent=1, sort_keys=True) + "\n")


def follow_lists(folder: Path) -> tuple[FollowList, ...]:
    """The follow lists that the study holds, by name and hash."""
    entries = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / FOLLOWS.name).glob("*.json")))
    return tuple(sorted((revive(FollowList, entry) for entry in entries), key=lambda one: (one.file, one.sha256)))


def read_follows(folder: Path, engine: Engine) -> Columns | None:
    """All pairs of the study's follow lists, each once, sorted; None where there is no list."""
    if not (tables := _tables(folder)):
        return None
    engine.open(FOLLOWS, tables)
    return engine.query(f"select distinct follower, followed from {FOLLOWS.name} order by all")


def adopt_follows(folder: Path, table: Path) -> None:
    """Take a table of pairs, as a bundle holds it, for the follow list of the study `folder`."""
    place = folder / FOLLOWS.name
    place.mkdir()
    shutil.copyfile(table, place / "bundle.parquet")
    entry = FollowList(file="bundle", sha256="", rows=0, pairs=0, left_out=0)
    write_whole(place / "bundle.json", json.dumps(asdict(entry), indent=1, sort_keys=True) + "\n")


def purge_follows(folder: Path, engine: Engine, names: Names) -> int:
    """Remove every pair in which any of the names stands; returns how many rows went."""
    gone = 0
    for path in _tables(folder):
        engine.open(FOLLOWS, [path])
        columns = engine.query(f"select * from {FOLLOWS.name}")
        if (goes := rows_naming(columns, names)).any():
            _replace(engine, {name: column[~goes] for name, column in columns.items()}, path)
            gone += int(np.count_nonzero(goes))
    return gone


def _tables(folder: Path) -> list[Path]:
    """The Parquet files that are acknowledged."""
    entries = sorted((folder / FOLLOWS.name).glob("*.json"))
    return [path for one in entries if (path := one.with_suffix(".parquet")).is_file()]


def _replace(engine: Engine, columns: Columns, path: Path) -> None:
    """Put columns in place of a file, all at once."""
    aside = path.with_name(f".part-{path.name}")
    engine.write(FOLLOWS, columns, aside)
    flush(aside)
    aside.replace(path)
