"""The long table: which posts leave which traces, and which do not."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.traces.long_table import all_traces, trace
from tests.posts import write_posts

LONG = "the harbour gate should stay open tonight"


def found(engine, kind, *posts):
    """(object, account) of every trace of one kind, sorted."""
    trace(write_posts(engine, *posts), (kind,))
    return engine.rows("select object_id, account_id from traces order by all")


def test_two_spellings_of_a_page_are_one_object(engine):
    rows = found(
        engine,
        "url",
        {"account_id": "ana", "urls": ["http://www.news.example/a/?utm_source=x"]},
        {"account_id": "ben", "urls": ["https://news.example/a#top"]},
    )

    assert rows == [("news.example/a", "ana"), ("news.example/a", "ben")]


def test_a_home_page_is_no_object(engine):
    assert found(engine, "url", {"account_id": "ana", "urls": ["https://news.example/"]}) == []


def test_a_repost_leaves_only_a_repost_trace(engine):
    reposted = {
        "account_id": "ana",
        "is_repost": True,
        "repost_of": "p9",
        "text": LONG,
        "urls": ["https://a.example/b"],
        "hashtags": ["A", "B", "C"],
        "reply_to": "p8",
    }
    trace(write_posts(engine, reposted))

    assert engine.rows("select kind, object_id from traces") == [("repost", "p9")]


def test_a_repost_of_an_unknown_post_is_known_by_its_words(engine):
    rows = found(
        engine,
        "repost",
        {"account_id": "ana", "is_repost": True, "text": LONG},
        {"account_id": "ben", "is_repost": True, "text": LONG.upper() + " https://t.example/1"},
    )

    assert len({thing for thing, _ in rows}) == 1
    assert rows[0][0].startswith("text:")


def test_reposting_oneself_is_no_trace(engine):
    own = {"account_id": "ana", "is_repost": True, "repost_of": "p9", "repost_of_account": "ana"}

    assert found(engine, "repost", own) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("four words are few", False),
        ("five words are already enough", True),
        ("@ana @ben @cat @dan thanks https://a.example/b", False),
        ("今日はとても良い天気です", True),
        ("今日は", False),
    ],
)
def test_a_text_needs_five_words_of_its_own(engine, text, kept):
    assert bool(found(engine, "text", {"account_id": "ana", "text": text})) is kept


def test_case_links_and_invisible_characters_do_not_hide_a_copy(engine):
    rows = found(
        engine,
        "text",
        {"account_id": "ana", "text": f"@cat {LONG} https://a.example/1"},
        {"account_id": "ben", "text": f"{LONG.title()}\u200b  https://a.example/2"},
    )

    assert len({thing for thing, _ in rows}) == 1


def test_a_tag_twice_in_a_post_counts_once(engine):
    assert found(engine, "hashtag", {"account_id": "ana", "hashtags": ["Gate", "gate"]}) == [("gate", "ana")]


def test_the_order_of_hashtags_matters(engine):
    rows = found(
        engine,
        "hashtag_sequence",
        {"account_id": "ana", "hashtags": ["a", "b", "c"]},
        {"account_id": "ben", "hashtags": ["A", "B", "C"]},
        {"account_id": "cat", "hashtags": ["c", "b", "a"]},
        {"account_id": "dan", "hashtags": ["a", "b"]},
    )

    assert rows == [("#a #b #c", "ana"), ("#a #b #c", "ben"), ("#c #b #a", "cat")]


def test_objects_that_a_log_names_keep_their_kind(engine):
    rows = found(
        engine, "image", {"account_id": "ana", "shared_kinds": ["image", "url"], "shared_objects": ["i1", "u1"]}
    )

    assert rows == [("i1", "ana")]


def test_every_kind_asked_for_is_counted_even_at_zero(engine):
    assert trace(write_posts(engine, {"account_id": "ana", "reply_to": "p9"}), ("reply", "url")) == {
        "reply": 1,
        "url": 0,
    }


def test_an_unknown_kind_is_refused_with_the_known_ones(engine):
    with pytest.raises(WrongUse, match="There are: domain, hashtag"):
        trace(write_posts(engine), ("smell",))


@pytest.mark.parametrize("one", all_traces().values(), ids=list(all_traces()))
def test_a_trace_says_what_it_asks_and_what_else_looks_like_it(one):
    assert one.question.endswith("?")
    assert one.innocent
    assert "doi:" in one.source or "https://" in one.source
