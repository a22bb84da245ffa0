"""What the text tells when there is no column for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.text_marks import (
    HASHTAG,
    LINK,
    MENTION,
    TRAILING,
    hashtags_in,
    links_in,
    mentions_in,
    reposted_handle,
    unwrapped,
)


def test_hashtags_keep_their_order_and_spelling():
    assert hashtags_in("#OpenGate now! #סגור #b (#OpenGate)") == ("OpenGate", "סגור", "b", "OpenGate")


def test_a_number_an_anchor_and_an_entity_are_no_hashtags():
    assert hashtags_in("#1 of https://example.org/a#part and a#b &#39;") == ()


def test_links_end_before_the_punctuation_of_the_sentence():
    assert links_in("See (https://example.org/a). Or http://example.org/b?c=1,") == (
        "https://example.org/a",
        "http://example.org/b?c=1",
    )


def test_a_link_cut_short_is_no_link():
    assert links_in("RT @ana: https://example.o…") == ()


def test_handles_are_found_and_mail_addresses_are_not():
    assert mentions_in("@ana and .@ben, not eve@example.org") == ("ana",)


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("RT @ana: look", "ana"),
        ("RT @ana : look", "ana"),
        ("RT @ana look", "ana"),
        ("so RT @ana: look", None),
        (None, None),
    ],
)
def test_a_repost_is_marked_at_the_very_beginning(text, handle):
    assert reposted_handle(text) == handle


def test_a_spreadsheets_apostrophes_come_off_and_quotations_stay():
    assert unwrapped("'@ana you're right'") == "@ana you're right"
    assert unwrapped("'quoted' and 'quoted'") == "'quoted' and 'quoted'"
    assert unwrapped("'") == "'"


@given(st.text())
def test_what_is_found_stands_in_the_text(text):
    for found in (hashtags_in(text), links_in(text), mentions_in(text)):
        assert found is not None
        assert all(each in text for each in found)


SIGNS = st.lists(
    st.sampled_from(("#", "＃", "http", "https://", "://", "a", "7", " ", "/", "&", "…", "x.example", "@", "＠", ")."))
)


@given(SIGNS.map("".join))
def test_looking_for_signs_first_finds_what_the_patterns_find(text):
    """Against the slow twins: hashtags where every link is blanked out, links one by one."""
    bare = LINK.sub(" ", text)
    expected = tuple(tag for tag in HASHTAG.findall(bare) if not tag.isdecimal())

    links = [link for link in LINK.finditer(text) if not text.startswith("…", link.end())]

    assert hashtags_in(text) == expected
    assert mentions_in(text) == tuple(MENTION.findall(text))
    assert links_in(text) == tuple(link.group().rstrip(TRAILING) for link in links)
