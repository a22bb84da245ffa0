"""gate: nothing that is not public is ever connected to. The pack counts the connections that were tried."""

from __future__ import annotations

import socket
import time

import pytest

from groundswell.evidence.capture import capture
from groundswell.evidence.fetch import ask, fetch
from groundswell.evidence.gate import Gate
from groundswell.evidence.log import folder_of
from groundswell.evidence.target import NoAnswer, NotPublic, target
from tests.evidence.conftest import HAND, LOOPBACK

PUBLIC = "93.184.215.14"

NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "localhost.": ("127.0.0.1",),
    "metadata.google.internal": ("169.254.169.254",),
    "both.example": (PUBLIC, "10.0.0.7"),
    "six.example": ("::1",),
    "mapped.example": ("::ffff:127.0.0.1",),
    "inner.example": ("100.64.0.9",),
    "azure.example": ("168.63.129.16",),
    "ula.example": ("fd00:ec2::254",),
    "scoped.example": ("fe80::1%2",),
    "many.example": ("224.0.0.251",),
    "public.example": (PUBLIC,),
}

PACK = [
    "http://127.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://100.100.100.200/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://１２７.0.0.1/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://255.255.255.255/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "ftp://127.0.0.1/",
    "dict://127.0.0.1:11211/stat",
    "http://public.example:22/",
    "http://public.example:6379/",
    *(f"http://{name}/" for name in NAMES if name != "public.example"),
]


def resolve(host, port):
    if host not in NAMES:
        raise OSError("no such name")
    return NAMES[host]


@pytest.fixture
def connections(monkeypatch):
    """Every connection that was tried; none of them is made."""
    tried = []

    def note(self, address):
        tried.append(address)
        raise OSError("no connection is made in this test")

    monkeypatch.setattr(socket.socket, "connect", note)
    monkeypatch.setattr(socket.socket, "connect_ex", note)
    return tried


@pytest.mark.parametrize("url", PACK)
def test_nothing_that_is_not_public_is_connected_to(connections, url):
    with pytest.raises(NotPublic):
        ask(Gate(resolve=resolve), url)

    assert connections == []


@pytest.mark.parametrize("url", [PACK[0], "http://both.example/", "file:///etc/passwd"])
def test_a_refused_page_leaves_nothing_in_the_study(connections, study, url):
    with pytest.raises(NotPublic):
        capture(study, url, HAND, Gate(resolve=resolve))

    assert connections == []
    assert not folder_of(study).exists()


def test_the_pack_would_notice_a_connection(connections):
    with pytest.raises(NoAnswer):
        ask(Gate(resolve=resolve), "http://public.example/")

    assert connections == [(PUBLIC, 80)]


def test_a_name_that_changes_its_mind_gains_nothing(connections):
    """DNS rebinding: it is looked up once, and what was checked is what is connected to."""
    answers = iter([(PUBLIC,), ("127.0.0.1",), ("127.0.0.1",)])
    with pytest.raises(NoAnswer):
        ask(Gate(resolve=lambda host, port: next(answers)), "http://rebind.example/")

    assert connections == [(PUBLIC, 80)]


def test_a_connection_that_ends_up_elsewhere_is_dropped(monkeypatch):
    class Elsewhere:
        closed = False

        def getpeername(self):
            return ("127.0.0.1", 80)

        def close(self):
            Elsewhere.closed = True

    monkeypatch.setattr("groundswell.evidence.gate._open", lambda *where: Elsewhere())
    with pytest.raises(NoAnswer, match="another address"):
        Gate(resolve=resolve).connect(target("http://public.example/"), time.monotonic() + 5)

    assert Elsewhere.closed


@pytest.mark.parametrize("url", [url for url in PACK if "public.example" not in url])
def test_a_redirect_is_checked_like_the_first_address(web, url):
    """The redirecting server is allowed by name of its address and port; where it points is not."""
    web.redirect("/away", url)
    gate = Gate(resolve=lambda host, port: ("127.0.0.1",) if host == "start.example" else resolve(host, port))
    reached = []

    class Counting(Gate):
        def _reach(self, to, address, until):
            reached.append((address, to.port))
            return super()._reach(to, address, until)

        def addresses(self, to):
            return ("127.0.0.1",) if to.port == web.port else super().addresses(to)

    exchanges, stopped = fetch(Counting(resolve=gate.resolve), f"{web.url}/away")

    assert [one.status for one in exchanges] == [302]
    assert stopped
    assert reached == [("127.0.0.1", web.port)]


def test_what_a_page_shows_is_checked_like_the_page(study, web):
    web.html("/", '<img src="http://169.254.169.254/key"><img src="http://[::1]/x"><img src="file:///etc/passwd">')
    made = capture(study, f"{web.url}/", HAND, LOOPBACK)

    assert (made.n_media, made.n_media_kept) == (2, 0)
    assert [path for _, path, _ in web.asked] == ["/"]


def test_a_person_may_name_a_server_of_their_own(web):
    with pytest.raises(NotPublic):
        ask(Gate(), f"{web.url}/post/1")

    assert ask(LOOPBACK, f"{web.url}/post/1").status == 200


def test_an_unknown_name_is_no_answer(connections):
    with pytest.raises(NoAnswer, match="not known"):
        ask(Gate(resolve=resolve), "http://nobody.example/")
