"""Snapshots in a study: kept whole or not at all, taken back without their status, purged by name and by age."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.snapshot import SNAPSHOTS
from groundswell.model.table import text_column
from groundswell.store.names import Names
from groundswell.store.snapshots import (
    Kept,
    blank_snapshots,
    keep_snapshots,
    purge_snapshots,
    snapshot_files,
    snapshot_tables,
)

ENTRY = Kept(file="seen.csv", sha256="ab", rows=3, snapshots=2, left_out={"no account id": 1})


@pytest.fixture
def kept(engine, tmp_path):
    """Two snapshots, of ana in May and of ben, who writes of ana, in June."""
    told = {
        "platform": ["x", "x"],
        "account_id": ["ana", "ben"],
        "status": ["suspended", None],
        "handle": ["ana_1", "ben_1"],
        "name": ["Ana", "Ben"],
        "bio": [None, "friend of @ana_1"],
        "picture": [None, None],
        "source": ["seen.csv", "seen.csv"],
    }
    columns = {name: text_column(told[name]) for name in told}
    columns["seen_at"] = np.array(["2024-05-01", "2024-06-01"], dtype="datetime64[us]")
    keep_snapshots(tmp_path, engine, {name: columns[name] for name in SNAPSHOTS.columns}, ENTRY)
    return tmp_path


def rows(folder, what="account_id"):
    with Duck() as engine:
        engine.open(SNAPSHOTS, snapshot_tables(folder))
        return engine.rows(f"select {what} from snapshots order by account_id")


def test_a_table_without_its_entry_is_no_part_of_the_study(kept):
    assert snapshot_files(kept) == (ENTRY,)
    (kept / "snapshots" / "ab.json").unlink()

    assert snapshot_tables(kept) == []
    assert rows(kept) == []


def test_what_is_taken_back_leaves_when_it_was_seen_and_its_status(engine, kept):
    engine.define("gone", "select 'x' as platform, 'ana' as account_id")
    blank_snapshots(kept, engine, "gone")

    assert rows(kept, "account_id, status, handle, name") == [
        ("ana", "suspended", None, None),
        ("ben", None, "ben_1", "Ben"),
    ]
    blank_snapshots(kept, engine, "gone")
    assert len(rows(kept)) == 2


@pytest.mark.parametrize(
    ("names", "before", "left"),
    [
        (["ana_1"], None, []),
        (["ben_1"], None, [("ana",)]),
        ([], datetime(2024, 6, 1), [("ben",)]),
        ([], datetime(2024, 6, 1, 0, 0, 1), []),
        (["cat"], None, [("ana",), ("ben",)]),
    ],
)
def test_a_purge_takes_whoever_names_them_and_whatever_is_older(engine, kept, names, before, left):
    n = purge_snapshots(kept, engine, Names(names), before)

    assert (rows(kept), n) == (left, 2 - len(left))


def test_a_study_of_pseudonyms_takes_no_real_names(tmp_path):
    study = pipeline.new(tmp_path / "gate.study")
    (tmp_path / "posts.csv").write_text("account_id,time,post_id,text\n1,2024-05-01T10:00:00Z,p1,hi\n")
    (tmp_path / "seen.csv").write_text("account_id,seen_at,status\n1,2024-06-01,suspended\n")
    pipeline.read(study, [tmp_path / "posts.csv"], pseudonymise=tmp_path / "key")

    with pytest.raises(WrongUse, match="holds pseudonyms"):
        pipeline.add_snapshots(study, tmp_path / "seen.csv")
    assert not (study.folder / "snapshots").exists()
