"""Links while a study is collected: what is shared is what the traces find, and each pair is told once."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta

import pytest

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.pipeline import live_links
from groundswell.pipeline.live_links import KINDS, objects_of, stream
from groundswell.pipeline.live_tail import Tail
from groundswell.traces.long_table import trace
from tests.pipeline.test_live import Collection


@pytest.fixture
def collection(tmp_path):
    with closing(Collection(tmp_path / "gate.study")) as collection:
        yield collection


def test_what_posts_share_is_what_the_traces_find(tmp_path):
    rows = [
        {"account_id": "ana", "post_id": "p1", "urls": "https://www.a.example/1?utm_source=x", "hashtags": "Gate gate"},
        {"account_id": "ben", "post_id": "p2", "urls": "http://a.example/1", "reply_to": "p1"},
        {"account_id": "cat", "post_id": "p3", "is_repost": "true", "repost_of": "p1", "repost_of_account": "ana"},
        {"account_id": "ana", "post_id": "p4", "is_repost": "true", "repost_of": "p1", "repost_of_account": "ana"},
        {"account_id": "dan", "post_id": "p5", "is_repost": "true", "repost_of": "p1", "hashtags": "gate"},
    ]
    (tmp_path / "posts.jsonl").write_text(
        "".join(
            json.dumps(
                {"platform": "made-up", "time": "2024-05-01T10:00:00Z", "text": "words", **row}
                | {name: row.get(name, "").split() for name in ("urls", "hashtags")}
                | {"is_repost": row.get("is_repost") == "true"}
            )
            + "\n"
            for row in rows
        )
    )
    study = pipeline.new(tmp_path / "gate.study")
    pipeline.read(study, [tmp_path / "posts.jsonl"])
    with Duck() as engine:
        study.open_tables(engine)
        trace(engine, KINDS)
        expected = {tuple(row) for row in engine.rows("select kind, object_id, post_id from traces")}
    posts = [post for part in Tail(study).read() for post in part]

    assert {
        (kind, thing, post.post_id) for post in posts for kind in KINDS for thing in objects_of(post, kind)
    } == expected
    assert {kind for kind, _, _ in expected} == set(KINDS)


def test_pairs_are_told_when_they_come_and_those_that_stood_are_not_told_again(collection, monkeypatch):
    monkeypatch.setattr(live_links, "EACH_S", 0.0)
    told = stream(collection.study, "hashtag", window=timedelta(seconds=60), began=lambda _: collection.write(8))
    first = [next(told) for _ in range(4)]
    pairs = [(one.account_a[-2:], one.account_b[-2:]) for one in first]

    assert pairs == [("a0", "a1"), ("a0", "a3"), ("a1", "a2"), ("a2", "a3")]
    assert all(one.n_objects == 2 and one.post_a != one.post_b for one in first)

    collection.seal()
    standing = []
    again = stream(collection.study, "hashtag", seconds=0.05, began=lambda links: standing.append(links.pairs()))
    assert list(again) == []
    assert standing[0]["n_objects"].tolist() == [2, 2, 2, 2]


def test_a_kind_that_no_single_post_tells_is_refused(collection):
    with pytest.raises(WrongUse, match="near-text"):
        next(stream(collection.study, "near-text"))
    with pytest.raises(WrongUse, match="make no sense"):
        next(stream(collection.study, "url", min_objects=0))
