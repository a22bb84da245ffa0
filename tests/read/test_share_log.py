"""Share logs: accounts and objects by their ids, of every kind the columns name."""

from __future__ import annotations

import pytest

from tests.read.kept import left_out, read, write_csv


def shared(row):
    return list(zip(row["shared_kinds"], row["shared_objects"], strict=True))


@pytest.mark.parametrize("time", ["timestamp_share", "timestamp", "ts"])
@pytest.mark.parametrize("post", ["content_id", "post_id"])
def test_every_spelling_of_the_columns_is_read(tmp_path, time, post):
    path = write_csv(tmp_path / "log", f"object_id,account_id,{post},{time}\no1,ana,p1,1714557600\n")

    ledger, kept = read(path)

    assert ledger.format == "share-log"
    assert (kept.rows[0]["post_id"], kept.rows[0]["time"]) == ("p1", "2024-05-01T10:00:00.000000")
    assert shared(kept.rows[0]) == [("share", "o1")]


def test_each_kind_of_object_is_kept_under_its_name(tmp_path):
    path = write_csv(
        tmp_path / "log",
        """
        account_id,post_id,url_id,hashtag_id,domain_id,phash_id,timestamp
        ana,1,30476,,5639,,1714557600.0
        ben,2,,24498,,8604.0,1714557601.0
        cat,3,,,,,1714557602.0
        """,
    )

    ledger, kept = read(path)

    assert [shared(row) for row in kept.rows] == [
        [("url", "30476"), ("domain", "5639")],
        [("hashtag", "24498"), ("image", "8604")],
        [],
    ]
    assert ledger.posts == 3


def test_a_rounded_account_is_left_out_and_a_rounded_object_is_dropped_and_said(tmp_path):
    path = write_csv(tmp_path / "log", "account_id,object_id,ts\n1.01421E+18,o1,1714557600\nana,9.06E+17,1714557600\n")

    ledger, kept = read(path)

    assert left_out(ledger) == {"account id rounded by a spreadsheet": 1}
    assert shared(kept.rows[0]) == []
    assert any(note.startswith("In 1 of 2 rows an object's id was rounded") for note in ledger.assumptions)


def test_a_rounded_post_id_is_unknown_and_never_an_id(tmp_path):
    path = write_csv(tmp_path / "log", "account_id,object_id,ts,post_id\nana,o1,1714557600,9.06E+17\n")

    assert "9.06" not in read(path)[1].rows[0]["post_id"]


def test_the_platform_is_unknown_unless_the_log_tells(tmp_path):
    path = write_csv(tmp_path / "log", "account_id,object_id,ts,platform\nana,o1,1,made-up\nben,o1,2,\n")

    assert [row["platform"] for row in read(path)[1].rows] == ["made-up", "unknown"]
