"""honour: what a file says was taken back loses its words, whichever is read first, and purge shows that it is gone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.store.deletions import honour
from tests.collect.fake_jetstream import account_gone, created, deleted
from tests.collect.studies import posts, raw

NOW = datetime(2024, 6, 1, tzinfo=UTC)
URI = "at://did:plc:ana/app.bsky.feed.post/k0"

POSTS = [created(0, text="regretted words"), created(1, text="other words"), created(2, account="did:plc:ben")]
LIST = [deleted(9, 0)]


def reading(study, tmp_path, name, events, **options):
    lines = [json.dumps(event) for event in events]
    (tmp_path / name).write_text("\n".join(lines) + "\n")
    pipeline.read(study, [tmp_path / name], **options)
    return lines


@pytest.fixture
def study(tmp_path):
    return pipeline.new(tmp_path / "gate.study")


def everything(study):
    held = b"".join(path.read_bytes() for path in study.folder.rglob("*") if path.is_file() and path.suffix != ".zst")
    return held.decode("latin-1") + raw(study)


@pytest.mark.parametrize("list_first", [False, True])
def test_a_deletion_list_takes_the_words_and_leaves_a_tombstone_whichever_is_read_first(study, tmp_path, list_first):
    files = [("posts.jsonl", POSTS), ("list.jsonl", LIST)]
    told = {name: reading(study, tmp_path, name, events) for name, events in files[:: -1 if list_first else 1]}
    rows = posts(study, "post_id, account_id, time is not null, is_repost, text, hashtags")

    assert rows[0] == (URI, "did:plc:ana", True, False, None, None)
    assert [row[4] for row in rows[1:]] == ["other words", "post 2 #OpenGate"]
    assert "regretted" not in everything(study)
    assert sha256(f"{told['posts.jsonl'][0]}\n".encode()).hexdigest() in raw(study)
    assert {entry.path: (entry.rows, entry.posts) for entry in study.ledgers()} == {
        "list.jsonl": (1, 0),
        "posts.jsonl": (3, 3),
    }


def test_posts_in_a_later_file_are_taken_back_too_and_honouring_again_changes_nothing(study, tmp_path):
    reading(study, tmp_path, "list.jsonl", LIST)
    reading(study, tmp_path, "one.jsonl", POSTS[1:])
    reading(study, tmp_path, "two.jsonl", POSTS[:1])
    with Duck() as engine:
        again = honour(study, engine)

    assert again == 0
    assert posts(study, "text")[0] == (None,)


def test_an_account_that_comes_back_keeps_what_it_posts_then(study, tmp_path):
    reading(study, tmp_path, "one.jsonl", [*POSTS, account_gone(9, "did:plc:ana")])
    reading(study, tmp_path, "two.jsonl", [created(20, text="back again")])

    assert posts(study, "text") == [(None,), (None,), ("back again",), ("post 2 #OpenGate",)]


def test_another_file_with_the_same_post_does_not_bring_its_words_back_among_the_posts(study, tmp_path):
    reading(study, tmp_path, "posts.jsonl", POSTS)
    reading(study, tmp_path, "list.jsonl", LIST)
    reading(study, tmp_path, "copy.jsonl", [*POSTS, created(5)])

    assert [text for (text,) in posts(study, "text")] == [None, "other words", "post 5 #OpenGate", "post 2 #OpenGate"]
    assert not any("regretted" in path.read_text() for path in (study.folder / "ledger").iterdir())


@pytest.mark.parametrize("list_first", [False, True])
def test_a_purge_finds_nothing_left_of_the_account_not_even_in_the_kept_list(study, tmp_path, list_first):
    files = [("posts.jsonl", POSTS), ("list.jsonl", LIST)]
    for name, events in files[:: -1 if list_first else 1]:
        reading(study, tmp_path, name, events)
    done = pipeline.purge(study, accounts=["did:plc:ana"], now=NOW)

    assert (done.posts_removed, done.left) == (2, ())
    assert done.searched_files > 3
    assert "did:plc:ana" not in everything(study)
    assert [account for (account,) in posts(study, "account_id")] == ["did:plc:ben"]


def test_a_purge_of_a_study_under_pseudonyms_finds_accounts_by_the_key(study, tmp_path):
    key_file = tmp_path / "gate.key"
    reading(study, tmp_path, "posts.jsonl", POSTS, pseudonymise=key_file)
    with pytest.raises(WrongUse, match="holds pseudonyms"):
        pipeline.purge(study, accounts=["did:plc:ana"], now=NOW)
    with pytest.raises(WrongUse, match="There is no key"):
        pipeline.purge(study, accounts=["did:plc:ana"], now=NOW, pseudonymise=tmp_path / "none.key")
    done = pipeline.purge(study, accounts=["did:plc:ana"], now=NOW, pseudonymise=key_file)

    assert (done.posts_removed, done.posts_before, done.not_found, done.left) == (2, 3, 0, ())
    assert [text for (text,) in posts(study, "text")] == ["post 2 #OpenGate"]
    assert not (tmp_path / "none.key").exists()
