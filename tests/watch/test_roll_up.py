"""What is counted once and stored: it comes back as it was, and what is purged from the study is gone from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell import pipeline
from groundswell.store.study import Study
from groundswell.watch.log import KINDS, names_of, open_log, save_log
from tests.watch.crowds import crowd

ROWS = """post_id,account_id,time,text
1,ana,2026-05-01T10:00:00Z,look #gate https://ex.example/a
2,ben,2026-05-01T10:00:05Z,look #gate
3,cat,2026-05-01T11:00:00Z,other @ana
"""


def study_of(folder: Path) -> Study:
    (folder / "posts.csv").write_text(ROWS, encoding="utf-8")
    study = pipeline.new(folder / "own.study")
    pipeline.read(study, [folder / "posts.csv"])
    return study


def test_what_was_purged_is_gone_from_what_was_counted(tmp_path: Path) -> None:
    study = study_of(tmp_path)
    before = pipeline.watch(study).as_json()["panels"]["active"]["rows"]

    pipeline.purge(study, accounts=["ana"])
    held = [place for place in study.folder.rglob("*") if place.is_file() and b"ana" in place.read_bytes()]
    after = pipeline.watch(study).as_json()["panels"]["active"]["rows"]

    assert {row["name"] for row in before} == {"ana", "ben", "cat"}
    assert not [place for place in held if "watch" in place.parts]
    assert {row["name"] for row in after} == {"ben", "cat"}


def test_the_stored_log_comes_back_as_it_was(tmp_path: Path) -> None:
    log = crowd([("ana", 1.0, ["gate", "réseau"]), ("ben", 2.5, []), ("cat", 2.0, ["gate"])])
    save_log(log, tmp_path)
    again = open_log(tmp_path)

    assert again.firsts == log.firsts
    assert again.last == log.last
    assert [again.items[n] for n in range(1, len(again.items) + 1)] == [
        log.items[n] for n in range(1, len(log.items) + 1)
    ]
    for kind in KINDS:
        for column in ("time", "item", "account", "post"):
            assert np.array_equal(getattr(again.uses[kind], column), getattr(log.uses[kind], column))


@given(
    st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4), max_size=20), st.text(max_size=4)
)
def test_a_name_is_found_where_it_stands_and_nowhere_else(names: set[str], asked: str) -> None:
    listed = sorted(names, key=lambda name: name.encode())
    found = names_of(listed)

    for number, name in enumerate(listed, 1):
        assert (found[number], found.find(name)) == (name, number)
    assert found.find(asked) == (listed.index(asked) + 1 if asked in names else None)
