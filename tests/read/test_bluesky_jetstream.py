"""Jetstream: the server's clock, posts and reposts, and every other event by its kind."""

from __future__ import annotations

from groundswell.read.bluesky_jetstream import READER
from groundswell.read.versions import CHANGED
from tests.read.kept import read, write_lines

POST, REPOST, IDENTITY = READER.samples


def test_the_time_is_the_servers_whatever_the_poster_says(tmp_path):
    ledger, kept = read(write_lines(tmp_path / "events", [POST]))

    assert kept.rows[0]["time"] == "2024-05-01T10:00:00.000000"
    assert kept.rows[0]["time_source"] == "collector"
    assert "createdAt" in ledger.assumptions[0]


def test_a_post_is_known_by_its_address_and_has_its_links_and_tags(tmp_path):
    row = read(write_lines(tmp_path / "events", [POST]))[1].rows[0]

    assert row["post_id"] == "at://did:plc:ana/app.bsky.feed.post/k1"
    assert (row["urls"], row["hashtags"], row["lang"]) == (["https://example.org/a"], ["OpenGate"], "en")


def test_a_repost_names_what_and_whom_it_repeats(tmp_path):
    row = read(write_lines(tmp_path / "events", [REPOST]))[1].rows[0]

    assert (row["is_repost"], row["repost_of"]) == (True, "at://did:plc:ana/app.bsky.feed.post/k1")
    assert row["repost_of_account"] == "did:plc:ana"


def test_replies_and_quotations_name_their_targets(tmp_path):
    record = {
        "text": "x",
        "reply": {"parent": {"uri": "at://p"}, "root": {"uri": "at://r"}},
        "embed": {"record": {"record": {"uri": "at://q"}}, "media": {"external": {"uri": "https://example.org/b"}}},
    }
    event = {**POST, "commit": {**POST["commit"], "record": record}}

    row = read(write_lines(tmp_path / "events", [event]))[1].rows[0]

    assert (row["reply_to"], row["quote_of"], row["urls"]) == ("at://p", "at://q", ["https://example.org/b"])


def test_every_other_event_is_counted_by_its_kind(tmp_path):
    def commit(operation, collection):
        return {**POST, "commit": {"operation": operation, "collection": collection, "rkey": "k"}}

    ledger, _ = read(
        write_lines(
            tmp_path / "events",
            [
                IDENTITY,
                commit("create", "app.bsky.feed.like"),
                commit("delete", "app.bsky.feed.post"),
                commit("update", "app.bsky.feed.post"),
                commit("create", "org.example.anything"),
                {**POST, "kind": "anything"},
            ],
        )
    )

    assert ledger.posts == 0
    assert ledger.other_records == {
        "change of a post": 1,
        "deletion of a post": 1,
        "identity": 1,
        "like": 1,
        "other event": 1,
        "other record": 1,
    }


def test_a_changed_post_counts_once_with_its_last_words(tmp_path):
    commit = {**POST["commit"], "operation": "update", "record": {"text": "other words"}}
    change = {**POST, "time_us": POST["time_us"] + 1_000_000, "commit": commit}

    ledger, kept = read(write_lines(tmp_path / "events", [POST, change, POST]))

    assert (ledger.rows, ledger.posts, ledger.other_records) == (3, 1, {"earlier version of a post": 2})
    assert kept.rows[-1]["text"] == "other words"
    assert f"In 1 of 3 rows {CHANGED}." in ledger.assumptions


def test_a_change_of_anything_else_is_no_version(tmp_path):
    change = {**REPOST, "commit": {**REPOST["commit"], "operation": "update"}}

    assert read(write_lines(tmp_path / "events", [change]))[0].other_records == {"change of a repost": 1}


def test_an_event_delivered_twice_counts_once(tmp_path):
    assert read(write_lines(tmp_path / "events", [POST, {**POST, "time_us": POST["time_us"] + 1}]))[0].posts == 1
