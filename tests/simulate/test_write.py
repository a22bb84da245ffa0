"""write: a world as a file, and its truth beside it."""

from __future__ import annotations

import csv
import gzip
import io
import json

import numpy as np
import pytest

from groundswell.errors import WrongUse
from groundswell.model.post import MADE_UP
from groundswell.simulate.catalogue import simulate
from groundswell.simulate.scenario import SHARE_LOG
from groundswell.simulate.write import POSTS_FILE, write

ENDINGS = ("csv", "csv.gz", "parquet")


@pytest.fixture(scope="module")
def log():
    return simulate("planted", shares=4000)


@pytest.fixture(scope="module")
def campaign():
    return simulate("demo-campaign")


def rows_of(path):
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.name.endswith(".gz") else raw).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["log", "demo-campaign"])
def test_equal_seeds_write_equal_bytes(tmp_path, ending, name):
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    shares = 2000 if name == "log" else None
    truths = [write(simulate(name, seed=8, shares=shares), path).read_bytes() for path in (first, second)]

    assert first.read_bytes() == second.read_bytes()
    assert truths[0] == truths[1]


@pytest.mark.parametrize("ending", ["csv", "csv.gz"])
def test_a_share_log_reads_back_as_it_was(tmp_path, log, ending):
    write(log, tmp_path / f"log.{ending}")
    rows = rows_of(tmp_path / f"log.{ending}")

    assert list(rows[0]) == list(SHARE_LOG.columns)
    assert [row["account_id"] for row in rows] == log.shares["account_id"].tolist()
    assert [int(row["timestamp_share"]) for row in rows] == log.shares["timestamp_share"].tolist()
    assert {row["platform"] for row in rows} == {MADE_UP}


def test_parquet_holds_the_rows_of_the_csv(tmp_path, engine, campaign):
    write(campaign, tmp_path / "set.csv")
    write(campaign, tmp_path / "set.parquet")
    stored = engine.rows(f"select * from '{tmp_path / 'set.parquet'}' order by post_id")
    written = sorted(rows_of(tmp_path / "set.csv"), key=lambda row: row["post_id"])

    assert [tuple("" if cell is None else str(cell) for cell in row) for row in stored] == [
        tuple(row[name] for name in POSTS_FILE.columns) for row in written
    ]


def test_a_post_comes_with_its_authors_profile(tmp_path, campaign):
    write(campaign, tmp_path / "set.csv")
    profile = dict(zip(campaign.accounts["account_id"], campaign.accounts["bio"], strict=True))

    for row in rows_of(tmp_path / "set.csv"):
        assert row["bio"] == profile[row["account_id"]]
        assert all(isinstance(json.loads(row[name]), list) for name in ("urls", "hashtags", "mentions"))
        assert row["time"].endswith("Z")
        assert np.datetime64(row["time"][:-1]) > np.datetime64(row["account_created_at"][:-1])


@pytest.mark.parametrize("name", ["planted-pair", "quiet"])
def test_the_truth_lies_beside_the_file(tmp_path, engine, name):
    world = simulate(name)
    truth = write(world, tmp_path / "world.csv.gz")

    assert truth == tmp_path / "world.csv.gz.truth.parquet"
    stored = engine.rows(f"select account_id, \"group\" from '{truth}'")
    assert {(account, group) for account, group in stored} == {
        (account, group) for group, accounts in world.groups().items() for account in accounts
    }


def test_an_ending_that_says_nothing_is_refused_with_those_that_do(tmp_path, log):
    with pytest.raises(WrongUse, match=r"\.csv, \.csv\.gz and \.parquet"):
        write(log, tmp_path / "log.xlsx")

    assert list(tmp_path.iterdir()) == []
