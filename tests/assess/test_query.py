"""query: which posts a campaign is, however they write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.query import define_campaign_posts, nearest_tags, read_query
from groundswell.engine.duck import Duck
from groundswell.traces.fold_tag import fold_tag
from tests.assess.runs import posted, write_posts

ENGINE = Duck()


def matched(engine, campaign, *posts):
    write_posts(engine, posts)
    define_campaign_posts(engine, read_query(campaign))
    return sorted(int(post[1:]) for (post,) in engine.rows("select post_id from campaign_post"))


def test_a_hashtag_matches_however_it_is_written(engine):
    found = matched(
        engine,
        "#OpenGate",
        posted("ana", 1, hashtags=["opengate"]),
        posted("ana", 2, hashtags=["a", "ＯＰＥＮＧＡＴＥ"]),
        posted("ana", 3, hashtags=["OpenGates"]),
        posted("ana", 4, hashtags=[], text="#OpenGate, but the file says there is none"),
        posted("ana", 5, text="where the file lists no tags: #opengate!"),
        posted("ana", 6, text="where the file lists no tags: #opengateway"),
        posted("ana", 7, text="open gate"),
        posted("ana", 8, shared_kinds=["url", "hashtag"], shared_objects=["OpenGate", "OPENGATE"]),
        posted("ana", 9, shared_kinds=["url"], shared_objects=["opengate"]),
        posted("ana", 10),
    )

    assert found == [1, 2, 5, 8]


def test_a_link_matches_in_every_form_of_its_address(engine):
    found = matched(
        engine,
        "https://www.Example.org/a?utm_source=x",
        posted("ana", 1, urls=["http://example.org/a/"]),
        posted("ana", 2, urls=["https://example.org/b", "https://example.org/a#top"]),
        posted("ana", 3, urls=["https://example.org/a/b"]),
        posted("ana", 4, urls=[], text="example.org/a"),
        posted("ana", 5, shared_kinds=["url"], shared_objects=["example.org/a"]),
    )

    assert found == [1, 2, 5]


def test_a_phrase_matches_as_whole_words(engine):
    found = matched(
        engine,
        "Open  the GATE",
        posted("ana", 1, text="open the gate!"),
        posted("ana", 2, text="They said: OPEN\nthe gate."),
        posted("ana", 3, text="reopen the gate"),
        posted("ana", 4, text="open the gates"),
        posted("ana", 5, text="open a gate"),
    )

    assert found == [1, 2]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("#OpenGate", "hashtag"),
        ("＃OpenGate", "hashtag"),
        ("https://example.org/a", "url"),
        ("example.org/a", "url"),
        ("open the gate", "phrase"),
        ("example.org", "phrase"),
        ("50%", "phrase"),
    ],
)
def test_a_hashtag_a_link_and_a_phrase_are_told_apart(asked, kind):
    assert read_query(asked).kind == kind


def test_the_nearest_hashtags_are_offered(engine):
    write_posts(engine, [posted("ana", 1, hashtags=["OpenGate", "Starlight"])])

    assert nearest_tags(engine, read_query("#opengat")) == ["OpenGate"]


@given(st.text(), st.lists(st.lists(st.text(max_size=4), max_size=3), max_size=6))
def test_any_text_may_be_asked_for(asked, tags):
    write_posts(ENGINE, [posted("ana", n, hashtags=each, text="some text here") for n, each in enumerate(tags)])
    query = read_query(asked)

    found = define_campaign_posts(ENGINE, query)

    if query.kind == "hashtag":
        assert found == sum(any(tag and fold_tag(tag) == query.folded for tag in each) for each in tags)


def test_posts_are_named_by_their_ids(engine):
    write_posts(engine, [posted("ana", 0), posted("ben", 1), posted("cat", 2)])

    n = define_campaign_posts(engine, read_query("posts: p1, p3 p9"))

    assert n == 2
    assert [row[0] for row in engine.rows("select post_id from campaign_post order by post_id")] == ["p1", "p3"]
