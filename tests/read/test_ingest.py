"""ingest: every row of every file lands somewhere, once, and the ledger says where."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import tracemalloc

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.errors import GroundswellError
from groundswell.model.ledger import FileLedger
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import n_rows
from groundswell.read.ingest import Seen, ingest
from tests.read.kept import Kept, left_out, read, read_or_refused, write_csv, write_lines

POSTS_TABLE = """
    platform,account_id,time,post_id,text
    made-up,ana,2024-05-01T10:00:00Z,p1,Look https://example.org/a #OpenGate
    made-up,ben,2024-05-01T10:00:20Z,p2,RT @ana: Look
    made-up,,2024-05-01T10:00:21Z,p3,nobody
    made-up,cat,30000-01-01T00:00:00Z,p4,much later
    made-up,dan,1950-05-01T10:00:00Z,p5,much earlier
    made-up,eve,soon,p6,some time
    made-up,1.01421E+18,2024-05-01T10:00:22Z,p7,rounded
    made-up,ana,2024-05-01T10:00:00Z,p1,again
    made-up,cat,2024-05-01T10:00:23Z
"""


def test_every_row_lands_somewhere_with_its_reason(tmp_path):
    ledger, kept = read(write_csv(tmp_path / "posts.csv", POSTS_TABLE))

    assert [row["post_id"] for row in kept.rows] == ["p1", "p2"]
    assert left_out(ledger) == {
        "a time after 2100": 1,
        "a time before 1970": 1,
        "a time that can't be read": 1,
        "account id rounded by a spreadsheet": 1,
        "fewer cells than the header": 1,
        "no account id": 1,
        "read before: the same post id": 1,
    }
    assert (ledger.rows, ledger.posts, ledger.n_accounts) == (9, 2, 2)
    assert {entry.reason: entry.first_rows for entry in ledger.left_out}["a time before 1970"] == (5,)


def test_what_is_handed_on_fits_the_tables(tmp_path, engine):
    path = write_csv(tmp_path / "posts.csv", POSTS_TABLE)

    class Loading:
        def posts(self, columns):
            engine.load(POSTS, columns)

        def accounts(self, columns):
            engine.load(ACCOUNTS, columns)

    ingest(path, sink=Loading())

    assert engine.rows("select post_id, urls, hashtags, is_repost, source_row from posts order by all") == [
        ("p1", ["https://example.org/a"], ["OpenGate"], False, 1),
        ("p2", [], [], True, 2),
    ]


def test_what_was_taken_for_granted_is_said_with_its_denominator(tmp_path):
    path = write_csv(tmp_path / "posts", "account_id,time,text\nana,2024-05-01 10:00,RT @ben: x\nben,10/1/17 19:58,y\n")

    ledger, _ = read(path)

    assert ledger.assumptions == (
        "In 1 of 2 rows the date is written with slashes, and the month was taken to come first.",
        "In 2 of 2 rows the post has no id, and one was made of the file's hash and the row.",
        "In 1 of 2 rows the text begins with «RT @name:» and was taken for a repost.",
        "In 2 of 2 rows the time names no zone and was taken as UTC.",
    )


def test_a_post_without_an_id_gets_one_of_the_files_hash_and_its_row(tmp_path):
    path = write_csv(tmp_path / "posts", "account_id,time\nana,2024-05-01\nben,never\ncat,2024-05-02\n")

    _, kept = read(path)

    short = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    assert [row["post_id"] for row in kept.rows] == [f"{short}-1", f"{short}-3"]


def test_a_post_in_two_files_counts_once(tmp_path):
    seen = Seen()
    one = write_csv(tmp_path / "one", "account_id,time,post_id\nana,2024-05-01,7\nben,2024-05-01,007\n")
    two = write_csv(tmp_path / "two", "account_id,time,post_id\nana,2024-05-01,7\ncat,2024-05-01,8\n")

    first, _ = read(one, seen=seen)
    second, kept = read(two, seen=seen)

    assert first.posts == 2
    assert left_out(second) == {"read before: the same post id": 1}
    assert [row["account_id"] for row in kept.rows] == ["cat"]


def test_a_file_given_twice_counts_once_even_where_it_has_no_ids(tmp_path):
    seen = Seen()
    path = write_csv(tmp_path / "shares", "account_id,object_id,ts\nana,o1,1714557600\nana,o2,1714557600\n")

    read(path, seen=seen)
    again, _ = read(path, seen=seen)

    assert left_out(again) == {"read before: the same file": 2}


def test_one_post_of_a_share_log_may_stand_in_several_rows(tmp_path):
    path = write_csv(
        tmp_path / "shares",
        "account_id,object_id,timestamp_share,content_id\nana,o1,1714557600,p1\nana,o2,1714557600,p1\n",
    )

    ledger, kept = read(path)

    assert ledger.posts == 2
    assert [(row["post_id"], row["shared_kinds"], row["shared_objects"]) for row in kept.rows] == [
        ("p1", ["share"], ["o1"]),
        ("p1", ["share"], ["o2"]),
    ]


def test_the_last_profile_of_an_account_counts(tmp_path):
    path = write_csv(
        tmp_path / "posts", "account_id,time,followers\nana,2024-05-01,1\nben,2024-05-01,\nana,2024-05-02,3\n"
    )

    _, kept = read(path)

    assert [(account["account_id"], account["followers"]) for account in kept.profiles] == [("ana", 3), ("ben", None)]


def test_parquet_and_csv_of_the_same_table_give_the_same_posts(tmp_path):
    duckdb.sql(
        """select * from (values
            ('ana', 12345678901234567, 30476.0, timestamp '2024-05-01 10:00:00', ['a', 'b'], true),
            ('ben', 12345678901234568, null,    timestamp '2024-05-01 10:00:01', [],         false),
        ) as t(account_id, post_id, reply_to, time, hashtags, is_repost)"""
    ).write_parquet(str(tmp_path / "parquet"))
    table = write_csv(
        tmp_path / "csv",
        """
        account_id,post_id,reply_to,time,hashtags,is_repost
        ana,12345678901234567,30476,2024-05-01 10:00:00,"['a', 'b']",true
        ben,12345678901234568,,2024-05-01 10:00:01,[],false
        """,
    )

    def posts(path):
        return [{**row, "source_file": ""} for row in read(path)[1].rows]

    assert posts(tmp_path / "parquet") == posts(table)
    assert posts(table)[0]["reply_to"] == "30476"


def test_packed_and_plain_give_the_same_posts(tmp_path):
    plain = write_csv(tmp_path / "plain", POSTS_TABLE)
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert [row["text"] for row in read(packed)[1].rows] == [row["text"] for row in read(plain)[1].rows]


def test_utf16_and_windows_1252_are_read_and_said(tmp_path):
    text = "account_id,time,text\nana,2024-05-01T10:00:00Z,Grüße\n"
    for encoding, said in (("utf-16", "UTF-16"), ("cp1252", "Windows-1252")):
        ledger, kept = read(write_csv(tmp_path / encoding, text, encoding))

        assert kept.rows[0]["text"] == "Grüße"
        assert said in ledger.assumptions[0]


def test_nul_bytes_and_half_surrogates_become_the_replacement_character(tmp_path):
    table = write_csv(tmp_path / "table", "account_id,time,text\nana,2024-05-01,a\0b\n")
    lines = write_lines(tmp_path / "lines", ['{"account_id": "ana", "time": 1714557600, "text": "a\\ud800b"}'])

    for path in (table, lines):
        assert read(path)[1].rows[0]["text"] == "a\ufffdb"


def test_a_key_twice_is_said(tmp_path):
    path = write_lines(tmp_path / "posts", ['{"account_id": "ana", "account_id": "ben", "time": 1714557600}'])

    ledger, kept = read(path)

    assert kept.rows[0]["account_id"] == "ben"
    assert "A key stands twice in one object once; its last value was taken." in ledger.assumptions


def test_batches_are_no_larger_than_promised_and_progress_ends_at_the_end(tmp_path):
    path = tmp_path / "shares"
    path.write_text("account_id,object_id,ts\n" + "ana,o1,1714557600\n" * 60_000, encoding="utf-8")
    told, sizes = [], []

    class Sizes(Kept):
        def posts(self, columns):
            sizes.append(n_rows(columns))

    ledger = ingest(path, sink=Sizes(), progress=lambda done, total: told.append((done, total)))

    assert sizes == [50_000, 10_000]
    assert told == sorted(told)
    assert told[-1] == (ledger.n_bytes, ledger.n_bytes)
    assert len(told) > 5


def test_a_hundred_megabyte_cell_costs_one_row_and_little_memory(tmp_path):
    path = tmp_path / "posts"
    with path.open("w", encoding="utf-8") as file:
        file.write("account_id,time,text\nana,2024-05-01,")
        for _ in range(100):
            file.write("x" * 1_000_000)
        file.write("\nben,2024-05-01,y\n")
    tracemalloc.start()

    ledger, kept = read(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [row["account_id"] for row in kept.rows] == ["ben"]
    assert ledger.n_left_out == 1
    assert peak < 60_000_000


def test_equal_bytes_give_equal_tables(tmp_path):
    path = write_csv(tmp_path / "posts.csv", POSTS_TABLE)

    assert read(path)[0] == read(path)[0]
    assert read(path)[1].rows == read(path)[1].rows


def sums(ledger: FileLedger, kept: Kept) -> bool:
    others = sum(ledger.other_records.values())
    return ledger.rows == ledger.posts + others + ledger.n_left_out and ledger.posts == len(kept.rows)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_ledger_that_sums_or_in_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "posts"
    path.write_bytes(content)
    assert (outcome := read_or_refused(path)) is None or sums(*outcome)


HEADERS = st.sampled_from(
    [
        "account_id,time,text,post_id",
        "account_id;object_id;timestamp_share",
        "author_id,content,publish_date,post_type",
        "tweetid\tuserid\ttweet_text\ttweet_time",
    ]
)
NOTATION = st.sampled_from(
    ["2024-05-01", "1714557600", "10/1/17 19:58", '"', '""', '"a\nb"', "=1", "'@a'", "9E+17", ""]
)


@given(HEADERS, st.lists(st.lists(NOTATION | st.text(max_size=4), max_size=5), max_size=6), st.sampled_from("\r\n"))
def test_any_table_ends_in_a_ledger_that_sums(tmp_path_factory, header, table, end):
    delimiter = next(each for each in ",;\t" if each in header)
    path = tmp_path_factory.mktemp("any") / "posts"
    text = end.join([header, *(delimiter.join(row) for row in table)])
    path.write_bytes(text.encode("utf-8", "replace"))
    assert (outcome := read_or_refused(path)) is None or sums(*outcome)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=20)), min_size=1, max_size=8))
def test_a_table_written_properly_is_read_as_it_was_written(tmp_path_factory, posts):
    """Against the slow twin: the csv module's own reader on the whole text."""
    text = io.StringIO(newline="")
    rows = [(account, "2024-05-01T10:00:00Z", words) for account, words in posts]
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("account_id", "time", "text"), *rows])
    path = tmp_path_factory.mktemp("any") / "posts"
    path.write_bytes(text.getvalue().encode("utf-8", "replace"))
    twin = list(csv.reader(io.StringIO(text.getvalue().encode("utf-8", "replace").decode(), newline="")))[1:]

    ledger, kept = read(path)

    # NUL becomes U+FFFD, an account of blanks is no account, a text of nothing is unknown.
    expected = [words.replace("\0", "\ufffd") or None for account, _, words in twin if account.strip()]
    assert [row["text"] for row in kept.rows if row["account_id"]] == expected
    assert sums(ledger, kept)


@given(st.lists(st.text(max_size=30) | st.just(json.dumps({"account_id": "ana", "time": 1714557600})), max_size=6))
def test_any_lines_after_one_good_one_end_in_a_ledger_that_sums(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("any") / "posts"
    good = json.dumps({"account_id": "ana", "time": 1714557600})
    path.write_bytes("\n".join([good, *lines]).encode("utf-8", "replace"))

    ledger, kept = read(path)

    assert sums(ledger, kept)
    assert ledger.posts >= 1


def test_parquet_of_many_stretches_is_read_whole_and_in_order(tmp_path):
    path = tmp_path / "shares.parquet"
    with Duck() as engine:
        engine.con.execute(
            "copy (select 'a' || i % 7 as account_id, 'o' as object_id, 1714557600 + i as ts from range(21000) t(i)) "
            f"to '{path}' (format parquet)"
        )

    ledger, kept = read(path)

    assert ledger.posts == 21_000
    assert [row["source_row"] for row in kept.rows] == list(range(1, 21_001))
    assert [row["time"] for row in kept.rows] == sorted(row["time"] for row in kept.rows)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"account_id,time\n", b"hello"])
def test_a_file_without_rows_is_an_error_and_nothing_is_handed_on(tmp_path, content):
    path = tmp_path / "posts"
    path.write_bytes(content)
    kept = Kept()

    with pytest.raises(GroundswellError):
        ingest(path, sink=kept)

    assert not kept.rows
