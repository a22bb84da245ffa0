"""X API v2: what was asked for is a post, what came along is counted."""

from __future__ import annotations

from groundswell.read.x_api_v2 import READER
from tests.read.kept import read, write_lines

PAGE, FLAT, NOTICE = READER.samples


def test_a_page_is_its_posts_and_everything_that_came_along(tmp_path):
    ledger, kept = read(write_lines(tmp_path / "pages", [PAGE]))

    assert (ledger.rows, ledger.posts) == (4, 1)
    assert ledger.other_records == {"error": 1, "profile": 1, "referenced post": 1}
    assert [(account["account_id"], account["handle"]) for account in kept.profiles] == [("11", "ana")]


def test_a_reposts_words_and_links_come_from_the_post_it_repeats(tmp_path):
    row = read(write_lines(tmp_path / "pages", [PAGE]))[1].rows[0]

    assert row["text"] == "Look at this #OpenGate & more https://t.co/x"
    assert (row["urls"], row["hashtags"]) == (["https://example.org/a"], ["OpenGate"])
    assert (row["is_repost"], row["repost_of"], row["repost_of_account"]) == (True, "2", "12")


def test_a_posts_own_picture_is_no_link(tmp_path):
    urls = [
        {"expanded_url": "https://twitter.com/a/status/1/photo/1", "display_url": "pic.twitter.com/x"},
        {"expanded_url": "https://example.org/short", "unwound_url": "https://example.org/long"},
        {"expanded_url": "https://twitter.com/a/status/1/video/1", "media_key": "7_1"},
    ]

    row = read(write_lines(tmp_path / "posts", [{**FLAT, "entities": {"urls": urls}}]))[1].rows[0]

    assert row["urls"] == ["https://example.org/long"]


def test_a_reply_and_a_quotation_name_their_targets(tmp_path):
    refers = [{"type": "replied_to", "id": "8"}, {"type": "quoted", "id": "9"}]

    row = read(write_lines(tmp_path / "posts", [{**FLAT, "referenced_tweets": refers}]))[1].rows[0]

    assert (row["reply_to"], row["quote_of"], row["is_repost"]) == ("8", "9", False)


def test_counts_notices_and_empty_pages_are_counted_by_their_kind(tmp_path):
    counts = {"data": [{"start": "a", "end": "b", "tweet_count": 3}] * 2, "meta": {"total_tweet_count": 6}}
    empty = {"meta": {"result_count": 0}}

    ledger, _ = read(write_lines(tmp_path / "pages", [counts, NOTICE, empty]))

    assert ledger.other_records == {"compliance notice": 1, "count": 2, "empty page": 1}


def test_a_streams_line_that_breaks_off_is_in_the_ledger(tmp_path):
    ledger, _ = read(write_lines(tmp_path / "stream", [{"data": FLAT}, '{"data": {"author_id": "10211591']))

    assert (ledger.rows, ledger.posts, ledger.n_left_out) == (2, 1, 1)


def test_a_flattened_post_brings_its_author_along(tmp_path):
    ledger, kept = read(write_lines(tmp_path / "posts", [{**FLAT, "author": {"id": "11", "username": "ana"}}]))

    assert ledger.other_records == {"profile": 1}
    assert kept.profiles[0]["handle"] == "ana"


def test_of_a_profile_on_every_page_the_last_one_counts(tmp_path):
    def page(n):
        return {"data": [{**FLAT, "id": str(n)}], "includes": {"users": [{"id": "11", "username": f"ana{n}"}]}}

    ledger, kept = read(write_lines(tmp_path / "pages", [page(n) for n in (1, 2, 3)]))

    assert ledger.other_records == {"profile": 3}
    assert [account["handle"] for account in kept.profiles] == ["ana3"]
