"""Mastodon: one id on every server, words without markup, nothing that was not public."""

from __future__ import annotations

import pytest

from groundswell.read.mastodon import READER
from tests.read.kept import left_out, read, write_lines

(STATUS,) = READER.samples


def test_a_status_is_known_by_its_uri_and_its_account_by_its_own(tmp_path):
    row = read(write_lines(tmp_path / "statuses", [STATUS]))[1].rows[0]

    assert row["post_id"] == "https://example.social/users/ana/statuses/1"
    assert row["account_id"] == "https://example.social/users/ana"
    assert (row["text"], row["urls"], row["hashtags"]) == (
        "Look: example.org/a",
        ["https://example.org/a"],
        ["opengate"],
    )


def test_a_boost_keeps_its_own_id_and_repeats_the_others_words(tmp_path):
    boosted = {
        **STATUS,
        "uri": "https://b.example/1",
        "content": "<p>Hello</p>",
        "account": {"uri": "https://b.example/ben"},
    }
    boost = {**STATUS, "uri": "https://example.social/users/ana/statuses/2/activity", "content": "", "reblog": boosted}

    row = read(write_lines(tmp_path / "statuses", [boost]))[1].rows[0]

    assert row["post_id"].endswith("/activity")
    assert (row["is_repost"], row["repost_of"], row["repost_of_account"]) == (
        True,
        "https://b.example/1",
        "https://b.example/ben",
    )
    assert row["text"] == "Hello"


@pytest.mark.parametrize("visibility", ["private", "direct", "anything"])
def test_what_was_not_public_is_left_out_with_its_reason_and_without_its_words(tmp_path, visibility):
    ledger, kept = read(write_lines(tmp_path / "statuses", [{**STATUS, "visibility": visibility}]))

    assert left_out(ledger) == {"not public: shown to followers or to named people only": 1}
    assert ledger.left_out[0].examples == ("",)
    assert not kept.profiles


def test_unlisted_is_public(tmp_path):
    assert read(write_lines(tmp_path / "statuses", [{**STATUS, "visibility": "unlisted"}]))[0].posts == 1
