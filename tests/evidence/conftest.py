"""What the tests of evidence share: a study, a web server of their own, hands and clocks that do not move."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from groundswell.evidence.folder import Hand
from groundswell.evidence.gate import Gate
from groundswell.pipeline import new, read
from tests.evidence.servers import Local, make_authority, serving

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
HAND = Hand(who="ana", why="test", at=NOON, tool="groundswell test")
LOOPBACK = Gate(allow=frozenset({"127.0.0.1"}))

PICTURE = b"\x89PNG\r\n\x1a\nnot really"
PAGE = '<html><body><p>Post 1</p><img src="/a.png"><img src="gone.png"></body></html>'
POSTS = (
    "account_id,time,text,url\nana,2024-05-01T10:00:00Z,hello,https://a.example/1\nben,2024-05-01T10:00:09Z,hello,\n"
)


def noon() -> datetime:
    return NOON


@pytest.fixture
def web():
    local = Local()
    local.html("/post/1", PAGE)
    local.pages["/a.png"] = (200, {"Content-Type": "image/png"}, PICTURE)
    with serving(local):
        yield local


@pytest.fixture
def study(tmp_path):
    return new(tmp_path / "gate.study")


@pytest.fixture
def full_study(study, tmp_path):
    """A study that holds two posts."""
    (tmp_path / "posts.csv").write_text(POSTS)
    read(study, [tmp_path / "posts.csv"])
    return study


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    """The folder of a time-stamp authority."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine, which plays the time-stamp authority")
    folder = tmp_path_factory.mktemp("authority") / "first"
    make_authority(folder)
    return folder
