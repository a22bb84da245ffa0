"""Files that people really hold: each is read, and its ledger sums to the rows that were counted by hand."""

from __future__ import annotations

import json

import pytest

from groundswell.errors import UnreadableFile
from groundswell.read.ingest import ingest
from tests.read.kept import left_out, read, write_lines

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("name", "format_", "rows", "posts", "precision_s"),
    [
        ("IRAhandle_tweets_sample.csv", "fivethirtyeight", 100, 100, 60.0),
        ("ira_gopdebate_20160129.csv", "fivethirtyeight-by-author", 400, 400, 60.0),
        ("twitter_io_archive_sample.csv", "twitter-archive", 408, 407, 60.0),
        ("twitter_io_users_small.csv", "twitter-archive-users", 137, 0, None),
        ("german_elections_twitter_4000.csv", "share-log", 4000, 4000, 1.0),
        ("russian_coord_tweets.parquet", "share-log", 35_125, 35_125, 1.0),
        ("jetstream_v1_152_events_pseudonymised.jsonl", "bluesky-jetstream", 152, 32, 1e-6),
    ],
)
def test_a_real_file_is_read_whole(real_data, name, format_, rows, posts, precision_s):
    ledger, _ = read(real_data / "fixtures" / name)

    assert (ledger.format, ledger.rows, ledger.posts, ledger.precision_s) == (format_, rows, posts, precision_s)


def test_the_archives_cut_off_last_row_is_in_the_ledger(real_data):
    ledger, _ = read(real_data / "fixtures" / "twitter_io_archive_sample.csv")

    assert left_out(ledger) == {"a quote that is never closed": 1}
    assert ledger.left_out[0].first_rows == (408,)


def test_every_rounded_id_is_found_whole_in_the_link(real_data):
    _, kept = read(real_data / "fixtures" / "IRAhandle_tweets_sample.csv")

    assert all(row["account_id"].isdecimal() and row["post_id"].isdecimal() for row in kept.rows)
    assert len({row["post_id"] for row in kept.rows}) == 100


def test_no_apostrophe_of_the_spreadsheet_is_left(real_data):
    _, kept = read(real_data / "fixtures" / "ira_gopdebate_20160129.csv")

    assert not [row for row in kept.rows if row["text"].startswith("'@")]


def test_every_page_that_twarc_writes_is_read(real_data):
    ledgers = [read(path)[0] for path in sorted((real_data / "fixtures" / "twarc_v2").glob("*.jsonl"))]

    assert len(ledgers) == 13
    assert {ledger.format for ledger in ledgers} == {"x-api-v2"}
    assert sum(ledger.n_left_out for ledger in ledgers) == 1
    assert {ledger.path: ledger.posts for ledger in ledgers}["streaming_output_with_error.jsonl"] == 7


@pytest.mark.parametrize(("name", "posts"), [("test_status.yaml", 1), ("test_status_reply.yaml", 2)])
def test_a_recorded_exchange_with_a_mastodon_server_is_read(real_data, tmp_path, name, posts):
    yaml = pytest.importorskip("yaml")
    recorded = yaml.safe_load((real_data / "fixtures" / name).read_text(encoding="utf-8"))
    bodies = [json.loads(each["response"]["body"]["string"]) for each in recorded["interactions"]]
    statuses = [body for body in bodies if "uri" in body and "content" in body]

    ledger, _ = read(write_lines(tmp_path / "statuses", statuses))

    assert ledger.format == "mastodon"
    assert ledger.posts == posts
    assert set(left_out(ledger)) <= {"read before: the same post id"}


@pytest.mark.parametrize("name", ["local_journal_sites.csv", "spoof_pairs.csv"])
def test_a_table_without_posts_is_refused_in_words(real_data, name):
    with pytest.raises(UnreadableFile, match="no reader knows this format"):
        read(real_data / "fixtures" / name)


def test_a_control_stream_is_read_with_its_columns_named(real_data):
    ledger, kept = read(
        real_data / "eval" / "organic_gop_debate_2015_pseudonymised.parquet",
        columns={"account_id": "user", "time": "tweet_created"},
    )

    assert (ledger.posts, ledger.n_accounts, ledger.precision_s) == (13_871, 9_829, 60.0)
    assert sum(row["is_repost"] for row in kept.rows) == 7_686


@pytest.mark.slow
def test_the_largest_file_is_read_batch_by_batch(real_data):
    sizes = []

    class Sizes:
        def posts(self, columns):
            sizes.append(len(columns["time"]))

        def accounts(self, columns):
            pass

    ledger = ingest(real_data / "eval" / "ira_2015_2016_right_left_news.parquet", sink=Sizes())

    assert (ledger.rows, ledger.posts, ledger.n_accounts) == (759_056, 759_056, 685)
    assert sum(sizes) == 759_056
    assert max(sizes) == 50_000
