"""follow_list: a table of who follows whom."""

from __future__ import annotations

import gzip

import pytest

from groundswell.engine.duck import Duck
from groundswell.errors import MissingColumns, UnreadableFile
from groundswell.read.follow_list import read_follow_list


@pytest.mark.parametrize(
    "text",
    [
        "follower,followed\nana,ben\nana,ben\n,cat\nben,ben\nben,cat\n",
        "when\tFollower_ID\tFollowee_ID\n1\tana\tben\n2\tben\tcat\n3\tana\tben\n4\tben\n5\t\tana\n",
    ],
)
def test_each_pair_counts_once_and_every_row_is_counted(tmp_path, text):
    path = tmp_path / "follows.csv"
    path.write_text(text, encoding="utf-8")

    told = read_follow_list(path)

    assert told.pairs == {("ana", "ben"), ("ben", "cat")}
    assert told.rows == 5


def test_parquet_and_packed_text_say_the_same(tmp_path):
    (tmp_path / "follows.csv.gz").write_bytes(gzip.compress(b"follower,followed\n12,34\n"))
    with Duck() as engine:
        engine.rows(f"copy (select 12 as follower, 34 as followed) to '{tmp_path}/follows.parquet'")

    packed, parquet = (read_follow_list(tmp_path / name) for name in ("follows.csv.gz", "follows.parquet"))

    assert packed.pairs == parquet.pairs == {("12", "34")}


def test_a_table_of_other_columns_is_not_guessed_at(tmp_path):
    path = tmp_path / "edges.csv"
    path.write_text("source,target\nana,ben\n", encoding="utf-8")

    with pytest.raises(MissingColumns, match="'followed', 'follower'"):
        read_follow_list(path)


def test_a_list_without_a_pair_is_refused(tmp_path):
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\nana,\nben,ben\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="no pair of accounts"):
        read_follow_list(path)
