"""links: a post is preserved by a capture of its own page, or by one that a person says shows it; by nothing else."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.evidence.capture import capture
from groundswell.evidence.folder import capture_id
from groundswell.evidence.foreign import import_capture
from groundswell.evidence.links import captures_of, held_captures, link_posts, link_table, page_of, post_of
from groundswell.evidence.tombstone import delete_capture
from tests.evidence.conftest import HAND, LOOPBACK


@pytest.mark.parametrize(
    ("url", "post_id"),
    [
        ("https://twitter.com/ana/status/118?s=20", "118"),
        ("https://x.com/i/web/status/118", "118"),
        ("https://mobile.twitter.com/ana/statuses/118", "118"),
        ("https://bsky.app/profile/did:plc:ana/post/k1", "at://did:plc:ana/app.bsky.feed.post/k1"),
        ("https://t.me/s/gate/17", "gate/17"),
        ("https://example.social/users/ana/statuses/1", "https://example.social/users/ana/statuses/1"),
        ("https://example.org/?u=https://x.com/ana/status/118", "https://example.org/?u=https://x.com/ana/status/118"),
    ],
)
def test_a_posts_own_page_names_the_post(url, post_id):
    assert post_of(url) == post_id


@pytest.mark.parametrize(
    ("platform", "post_id"),
    [
        ("twitter", "118"),
        ("bluesky", "at://did:plc:ana/app.bsky.feed.post/k1"),
        ("mastodon", "https://example.social/users/ana/statuses/1"),
        ("telegram", "gate/17"),
    ],
)
def test_page_and_post_lead_to_one_another(platform, post_id):
    assert post_of(page_of(platform, post_id)) == post_id


@pytest.mark.parametrize(("platform", "post_id"), [("reddit", "t3_x"), ("twitter", "1/../2"), ("telegram", "100/1")])
def test_an_id_that_does_not_tell_its_page_gives_none(platform, post_id):
    assert page_of(platform, post_id) is None


def test_a_post_named_at_the_capture_is_preserved_and_another_is_not(study, web):
    made = capture(study, f"{web.url}/post/1", HAND, LOOPBACK, posts=["p1"])

    assert captures_of(study, ["p1", "p2"]) == {"p1": (made.capture,), "p2": ()}


def test_a_post_whose_id_is_its_address_is_preserved_by_a_capture_of_it(study, web):
    made = capture(study, f"{web.url}/post/1", HAND, LOOPBACK)

    assert captures_of(study, [f"{web.url}/post/1"]) == {f"{web.url}/post/1": (made.capture,)}


def test_a_post_linked_later_is_preserved_by_both(study, web):
    first = capture(study, f"{web.url}/post/1", HAND, LOOPBACK, posts=["p1"])
    second = capture(study, f"{web.url}/post/1?b", HAND, LOOPBACK)
    link_posts(study, capture_id(study, second.capture[:6]), ["p1", "p2"], HAND)

    assert captures_of(study, ["p1", "p2"]) == {"p1": (first.capture, second.capture), "p2": (second.capture,)}
    assert {(link.capture, link.post_id) for link in link_table(study) if link.said_by == "person"} == {
        (first.capture, "p1"),
        (second.capture, "p1"),
        (second.capture, "p2"),
    }


def test_a_deleted_capture_preserves_nothing(study, web):
    made = capture(study, f"{web.url}/post/1", HAND, LOOPBACK, posts=["p1"])
    delete_capture(study, made.capture, HAND)

    assert captures_of(study, ["p1"]) == {"p1": ()}
    assert [(one.deleted, one.urls) for one in held_captures(study)] == [(True, ())]
    with pytest.raises(WrongUse, match="is gone"):
        link_posts(study, made.capture, ["p1"], HAND)


def test_a_pointer_to_a_copy_elsewhere_preserves_nothing(study, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Link,Archive location,Hash\nhttps://x.com/ana/status/118,https://store.example/a.mp4,\n")
    import_capture(study, sheet, HAND)

    assert captures_of(study, ["118"]) == {"118": ()}


def test_a_study_without_captures_preserves_nothing(study):
    assert captures_of(study, ["p1"]) == {"p1": ()}


def test_the_beginning_of_an_id_must_be_of_one_capture(study, web):
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    with pytest.raises(WrongUse, match="No capture"):
        capture_id(study, "zz")
    with pytest.raises(WrongUse, match="No capture"):
        capture_id(study, "")
