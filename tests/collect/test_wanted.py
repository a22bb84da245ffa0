"""Wanted: a post passes by hashtag or account, a repost by what it repeats, and lists are read as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from groundswell.collect import wanted as module
from groundswell.collect.wanted import Wanted, read_account_list
from groundswell.errors import WrongUse
from groundswell.model.post import Post

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def post(account="ana", **more):
    return Post(platform="bluesky", account_id=account, time=NOON, **more)


@pytest.mark.parametrize("written", ["#OpenGate", "opengate", "＃ＯｐｅｎＧａｔｅ"])
def test_a_hashtag_is_one_however_it_is_written(written):
    wanted = Wanted.of([written])

    assert wanted.wants(post(hashtags=("OPENGATE",)))
    assert wanted.wants(post(text="now #openGate!"))
    assert not wanted.wants(post(text="open gate", hashtags=("opengates",)))


def test_hashtag_or_account_is_enough():
    wanted = Wanted.of(["gate"], ["ben"])

    assert wanted.wants(post("ben"))
    assert wanted.wants(post("ana", hashtags=("gate",)))
    assert not wanted.wants(post("ana"))


def test_a_repost_belongs_while_what_it_repeats_is_remembered(monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 2)
    wanted = Wanted.of(["gate"])
    for n in range(3):
        wanted.wants(post(post_id=f"p{n}", hashtags=("gate",)))

    assert wanted.wants(post(is_repost=True, repost_of="p2"))
    assert not wanted.wants(post(is_repost=True, repost_of="p0"))


def test_nothing_asked_for_means_everything():
    assert Wanted.of(["#"]).everything
    assert Wanted().wants(post())


def test_an_account_list_has_one_a_line_and_room_for_notes(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("\ufeffdid:plc:ana  # seen in May\n\n# later\ndid:plc:ben\ndid:plc:ana\n", encoding="utf-8")

    assert read_account_list(path) == ("did:plc:ana", "did:plc:ben")


@pytest.mark.parametrize("text", ["", "# nobody\n"])
def test_a_list_without_an_account_is_refused(tmp_path, text):
    (tmp_path / "list.txt").write_text(text)

    with pytest.raises(WrongUse, match="names no account"):
        read_account_list(tmp_path / "list.txt")
