"""Names: found where something is named, not within words, and masked wherever they are found."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.store.names import Names

ASKED = Names(["ana", "@Ben_2", "did:plc:cat", "https://example.social/users/dan", "eve@example.social"])


@pytest.mark.parametrize(
    "text",
    [
        "hello @ana",
        "@ANA, @you",
        "＠ana",
        "https://x.com/ana/status/1",
        "https:\\/\\/x.com\\/Ben_2\\/status\\/1",
        '{"did": "did:plc:cat"}',
        "at://did:plc:cat/app.bsky.feed.post/1",
        "see https://example.social/users/dan/statuses/1",
        "ask eve@example.social.",
        "1,ana,2024-05-01",
        "ana",
        '{"name": "\\u0061na"}',
    ],
)
def test_a_name_is_found_where_something_is_named(text):
    assert ASKED.are_in(text)


@pytest.mark.parametrize("text", ["banana", "the word ana in a sentence", "@anatomy", "@ana_2", "did:plc:category", ""])
def test_a_name_within_words_is_none(text):
    assert not ASKED.are_in(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [("hi @ana and @anatomy", "hi @… and @anatomy"), ("https://x.com/ana/1", "https://x.com/…/1"), ("ana", "…")],
)
def test_what_is_found_is_masked_and_nothing_else(text, masked):
    assert ASKED.mask(text) == masked


@given(st.text(alphabet='an@/" ,\\u0061:.b', max_size=30))
def test_nothing_is_found_in_what_was_masked(text):
    if "\\" not in text:
        assert not ASKED.are_in(ASKED.mask(text))


@given(st.lists(st.sampled_from(["ana", "banana", "@ana", "ben", "@Ben_2", "x/ana", "an"]), max_size=8))
def test_agrees_with_looking_at_every_word(words):
    """A line of JSON strings names someone when one of its strings does, bare or behind an @ or a slash."""
    expected = any(word in ("ana", "@ana", "@Ben_2", "x/ana") for word in words)

    assert ASKED.are_in(json.dumps(words)) is expected


def test_no_names_are_in_nothing():
    assert not Names(["", "@"])
    assert not Names([]).are_in("@ana")
