"""fetch: what crossed the wire is kept byte by byte, within limits of size, time and redirects."""

from __future__ import annotations

import gzip
import socket
import subprocess
import threading
import time
from contextlib import contextmanager

import pytest

from groundswell.evidence.fetch import Caps, ask, fetch
from groundswell.evidence.gate import Gate
from groundswell.evidence.target import NoAnswer, target
from tests.evidence.conftest import LOOPBACK, PAGE, noon


@contextmanager
def saying(*pieces, pause_s=0.0):
    """A server that sends these bytes, whatever it is asked, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            client, _ = listening.accept()
            with client:
                client.recv(65_536)
                try:
                    for piece in pieces:
                        client.sendall(piece)
                        time.sleep(pause_s)
                except OSError:
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def test_request_and_answer_are_kept_as_they_were_sent(web):
    one = ask(LOOPBACK, f"{web.url}/post/1", now=noon)

    assert one.request.startswith(f"GET /post/1 HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\n".encode())
    assert one.response.startswith(b"HTTP/1.1 200 OK\r\n")
    assert one.response.endswith(PAGE.encode())
    assert (one.status, one.mime, one.payload, one.truncated) == (200, "text/html", PAGE.encode(), None)
    assert one.address == "127.0.0.1"


def test_nothing_is_asked_that_tells_who_we_are(web):
    ask(LOOPBACK, f"{web.url}/post/1")

    assert set(web.asked[0][2]) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_a_chunked_answer_is_kept_with_its_chunks_and_read_without():
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with saying(answer) as url:
        one = ask(LOOPBACK, url)

    assert (one.response, one.payload, one.truncated) == (answer, b"abcde", None)


def test_a_packed_answer_is_kept_packed_and_read_unpacked():
    packed = gzip.compress(b"abc" * 1_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with saying(head + packed) as url:
        one = ask(LOOPBACK, url)

    assert one.payload == packed
    assert one.body() == b"abc" * 1_000
    assert one.body(10) == b"abcabcabca"


def test_an_answer_that_breaks_off_says_so():
    with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc") as url:
        one = ask(LOOPBACK, url)

    assert (one.payload, one.truncated) == (b"abc", "disconnect")


@pytest.mark.parametrize("head", [b"", b"Content-Length: 100000000\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_an_answer_without_end_is_cut_off_at_the_size_that_was_set(head):
    piece = b"x" * 65_536
    body = b"100000\r\n" + piece * 16 if b"chunked" in head else piece * 16
    with saying(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n", body) as url:
        one = ask(LOOPBACK, url, caps=Caps(bytes=200_000, seconds=20))

    assert one.truncated == "length"
    assert len(one.response) == 200_000 >= len(one.payload) > 100_000


def test_an_answer_that_drips_is_cut_off_at_the_time_that_was_set():
    with saying(b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 40, pause_s=0.02) as url:
        one = ask(LOOPBACK, url, caps=Caps(seconds=0.3))

    assert one.truncated == "time"
    assert 1 <= len(one.payload) < 40


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"HTTP/1.1",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500,
    ],
)
def test_what_is_no_answer_is_said_to_be_none(answer):
    with saying(answer) as url, pytest.raises(NoAnswer, match="gave no answer"):
        ask(LOOPBACK, url, caps=Caps(seconds=5))


def test_redirects_are_followed_and_each_is_kept(web):
    web.redirect("/1", "/2")
    web.redirect("/2", f"{web.url}/post/1", status=308)
    exchanges, stopped = fetch(LOOPBACK, f"{web.url}/1")

    assert [(one.url.removeprefix(web.url), one.status) for one in exchanges] == [
        ("/1", 302),
        ("/2", 308),
        ("/post/1", 200),
    ]
    assert stopped is None


def test_a_circle_of_redirects_ends(web):
    web.redirect("/1", "/1")
    exchanges, stopped = fetch(LOOPBACK, f"{web.url}/1", caps=Caps(redirects=3))

    assert len(exchanges) == 4
    assert stopped == "more than 3 redirects"


def test_a_proxy_is_told_the_address_that_was_checked(web):
    told = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def tunnel():
            client, _ = listening.accept()
            with client:
                told.append(client.recv(4_096).split(b"\r\n")[0])
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                client.recv(4_096)
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

        thread = threading.Thread(target=tunnel)
        thread.start()
        proxy = target(f"http://127.0.0.1:{listening.getsockname()[1]}")
        one = ask(Gate(proxy=proxy, resolve=lambda host, port: ("93.184.215.14",)), "http://example.org/a")
        thread.join()

    assert told == [b"CONNECT 93.184.215.14:80 HTTP/1.1"]
    assert (one.payload, one.address) == (b"hi", "93.184.215.14")
    assert b"Host: example.org\r\n" in one.request


def test_a_certificate_is_held_against_the_name_and_not_the_number(tmp_path):
    import ssl

    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "pem"]
    subprocess.run(
        [*command, "-subj", "/CN=right.example", "-addext", "subjectAltName=DNS:right.example"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(tmp_path / "pem", tmp_path / "key")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            for _ in range(2):
                client, _ = listening.accept()
                try:
                    with serving.wrap_socket(client, server_side=True) as secure:
                        secure.recv(4_096)
                        secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
                except OSError:
                    client.close()

        thread = threading.Thread(target=serve)
        thread.start()
        gate = Gate(
            allow=frozenset({"127.0.0.1"}),
            resolve=lambda host, port: ("127.0.0.1",),
            tls=lambda: ssl.create_default_context(cafile=str(tmp_path / "pem")),
        )
        port = listening.getsockname()[1]
        with pytest.raises(NoAnswer, match="certificate"):
            ask(gate, f"https://wrong.example:{port}/")
        one = ask(gate, f"https://right.example:{port}/")
        thread.join()

    assert one.payload == b"hi"
