"""recognise: the format by content; a helpful sentence where there is none."""

from __future__ import annotations

import json

import duckdb
import pytest

from groundswell.errors import MissingColumns, UnreadableFile, WrongUse
from groundswell.read.mastodon import READER as MASTODON
from groundswell.read.recognise import recognise
from groundswell.read.survey import survey
from tests.read.kept import left_out, read, write_csv, write_lines


def recognised(path, **columns):
    return recognise(survey(path), columns)


SHARES = """
    account_id,object_id,timestamp_share
    ana,o1,1714557600
"""


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_what_makes_sense_of_the_header(tmp_path, delimiter):
    path = write_csv(tmp_path / "shares.json", SHARES.replace(",", delimiter))

    assert recognised(path).reader.name == "share-log"
    assert recognised(path).columns == ("account_id", "object_id", "timestamp_share")


def test_a_richer_format_wins_over_one_it_contains(tmp_path):
    path = write_csv(
        tmp_path / "posts",
        """
        account_id,time,timestamp,url,hashtags,post_id
        ana,2024-05-01,2024-05-01,https://example.org/a,OpenGate,p1
        """,
    )

    assert recognised(path).reader.name == "posts-table"


def test_an_unknown_table_names_its_columns_the_nearest_format_and_the_way_out(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "tweet_created,user,text\n2024-05-01,ana,Hello\n")

    with pytest.raises(UnreadableFile) as caught:
        recognised(path)

    assert "tweet_created, user, text" in str(caught.value)
    assert "`--column account_id=user --column time=tweet_created`" in str(caught.value)


def test_a_list_that_is_no_table_is_not_said_to_have_columns(tmp_path):
    (tmp_path / "names.yaml").write_text("- id:\n    name: Ana\n  social:\n    twitter: ana\n", encoding="utf-8")

    with pytest.raises(UnreadableFile, match="this is no table") as caught:
        recognised(tmp_path / "names.yaml")

    assert "columns are" not in str(caught.value)
    assert "groundswell lookalikes" in str(caught.value)


def test_the_way_out_works(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "tweet_created,user,text\n2024-05-01T10:00:00Z,ana,Hello\n")

    ledger, kept = read(path, columns={"account_id": "user", "time": "tweet_created", "handle": "user"})

    assert ledger.format == "posts-table"
    assert kept.rows[0]["account_id"] == kept.profiles[0]["handle"] == "ana"
    assert kept.rows[0]["text"] == "Hello"


def test_a_named_column_that_is_not_there_is_an_error_with_the_likely_one(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "tweet_created,user\n2024-05-01,ana\n")

    with pytest.raises(MissingColumns, match="Did you mean 'tweet_created'"):
        recognised(path, account_id="user", time="tweet_craeted")


def test_a_name_that_is_not_ours_is_an_error_with_the_likely_one(tmp_path):
    path = write_csv(tmp_path / "posts.csv", "tweet_created,user\n2024-05-01,ana\n")

    with pytest.raises(WrongUse, match="Did you mean 'time'"):
        recognised(path, tiem="tweet_created")


def test_a_header_without_rows_is_an_error_in_words(tmp_path):
    with pytest.raises(UnreadableFile, match="a header and no rows"):
        recognised(write_csv(tmp_path / "posts.csv", "account_id,time"))


def test_a_parquet_file_without_rows_is_the_same_error(tmp_path):
    path = tmp_path / "posts.parquet"
    duckdb.sql("select 'ana' as account_id, now()::timestamp as time where false").write_parquet(str(path))

    with pytest.raises(UnreadableFile, match="a header and no rows"):
        recognised(path)


def test_a_damaged_parquet_file_is_an_error_in_words(tmp_path):
    path = tmp_path / "posts.parquet"
    path.write_bytes(b"PAR1 and nothing more PAR1")

    with pytest.raises(UnreadableFile, match="damaged or breaks off"):
        recognised(path)


def test_a_json_document_over_many_lines_is_read_as_its_objects(tmp_path):
    statuses = [
        {"uri": f"u{n}", "created_at": "2024-05-01T10:00:00Z", "account": {"uri": "ana"}, "content": "", "reblog": None}
        for n in range(3)
    ]
    path = tmp_path / "statuses"
    path.write_text(json.dumps(statuses, indent=2), encoding="utf-8")

    ledger, _ = read(path)

    assert (ledger.format, ledger.rows, ledger.posts) == ("mastodon", 3, 3)


def test_the_same_objects_in_one_line_are_read_too(tmp_path):
    path = write_lines(tmp_path / "posts", [json.dumps([{"account_id": "ana", "time": 1714557600}] * 2)])

    ledger, _ = read(path)

    assert (ledger.format, ledger.posts) == ("posts-table", 2)


def test_a_broken_first_line_does_not_hide_the_others(tmp_path):
    good = {"account_id": "ana", "time": 1714557600, "post_id": "p1"}
    path = write_lines(tmp_path / "posts", ['{"account_id": "be', good, "{", {"kind": "advert"}])

    ledger, _ = read(path)

    assert ledger.posts == 1
    assert left_out(ledger) == {"JSON without the keys of this format": 1, "a line that is not JSON": 2}


@pytest.mark.parametrize("content", ["[" * 10_000, '{"a": ', "[1, 2, 3]", "{}"])
def test_json_that_holds_no_posts_is_an_error_in_words(tmp_path, content):
    path = tmp_path / "posts.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableFile, match="\n  "):
        recognised(path)


def test_how_sure_is_said_with_its_denominator(tmp_path):
    assert recognised(write_csv(tmp_path / "shares", SHARES)).sure.startswith("3 of the ")


@pytest.mark.parametrize(
    ("n_known", "n_other", "said"),
    [
        (1, 0, "the first record has the keys of this format"),
        (1, 2, "1 of the first 3 records has the keys of this format"),
        (2, 0, "2 of the first 2 records have the keys of this format"),
    ],
)
def test_how_sure_is_said_in_grammar(tmp_path, n_known, n_other, said):
    lines = [*[MASTODON.samples[0]] * n_known, *[{"other": 1}] * n_other]

    assert recognised(write_lines(tmp_path / "statuses", lines)).sure == said


def test_two_columns_of_one_name_are_both_kept(tmp_path):
    path = write_csv(tmp_path / "posts", "account_id,time,text,text\nana,2024-05-01,first,second\n")

    assert recognised(path).columns == ("account_id", "time", "text", "text (2)")
