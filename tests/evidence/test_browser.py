"""browser: what Chromium draws is kept, and it asks nothing that we would not ask."""

from __future__ import annotations

import shutil
import socket
import threading

import pytest

from groundswell.evidence import browser
from groundswell.evidence.browser import PNG, Browser, NoBrowser, NotDrawn
from groundswell.evidence.capture import capture
from groundswell.evidence.gate import Gate
from groundswell.evidence.guarded_proxy import guarded_proxy
from groundswell.evidence.log import folder_of
from groundswell.evidence.target import NotPublic
from tests.evidence.conftest import HAND, LOOPBACK
from tests.evidence.test_capture import place_of, record_of, records


def through(port, request):
    """What comes back when a browser says this to its proxy."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        sock.sendall(request)
        answer = b""
        while piece := sock.recv(65_536):
            answer += piece
    return answer


def test_a_request_for_a_public_page_is_passed_on(web):
    with guarded_proxy(LOOPBACK, seconds=20, most_bytes=1 << 20) as (port, loaded):
        answer = through(port, f"GET {web.url}/post/1 HTTP/1.1\r\nHost: x\r\nProxy-Connection: a\r\n\r\n".encode())

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert "Proxy-Connection" not in web.asked[0][2]
    assert loaded.hosts == {web.url: 1}
    assert loaded.bytes_received == len(answer)


@pytest.mark.parametrize(
    "request_line",
    [
        "GET http://127.0.0.1:{port}/ HTTP/1.1",
        "CONNECT 127.0.0.1:{port} HTTP/1.1",
        "GET http://[::1]:{port}/ HTTP/1.1",
        "GET http://2130706433/ HTTP/1.1",
        "CONNECT 169.254.169.254:443 HTTP/1.1",
        "CONNECT metadata.example:443 HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
    ],
)
def test_what_is_not_public_is_refused(web, request_line):
    gate = Gate(resolve=lambda host, port: ("169.254.169.254",))
    with guarded_proxy(gate, seconds=20, most_bytes=1 << 20) as (port, loaded):
        answer = through(port, request_line.format(port=web.port).encode() + b"\r\n\r\n")

    assert b"403" in answer
    assert web.asked == []
    assert loaded.hosts == {}


def test_errands_of_the_browser_itself_are_not_run():
    with guarded_proxy(Gate(), seconds=20, most_bytes=1 << 20) as (port, loaded):
        through(port, b"CONNECT update.googleapis.com:443 HTTP/1.1\r\n\r\n")

    assert loaded.refused == {"https://update.googleapis.com": "an errand of the browser, not of the page"}


def test_it_is_cut_off_when_it_has_loaded_too_much(web):
    web.pages["/long"] = (200, {}, b"x" * 3_000_000)
    with guarded_proxy(LOOPBACK, seconds=20, most_bytes=100_000) as (port, loaded):
        answer = through(port, f"GET {web.url}/long HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    assert loaded.over
    assert len(answer) < 1_000_000


def test_no_thread_is_left_behind():
    before = threading.active_count()
    with guarded_proxy(Gate(), seconds=20, most_bytes=1 << 20) as (port, _):
        through(port, b"CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n")

    assert threading.active_count() == before


def test_without_chromium_the_page_is_refused_and_the_advice_names_it(monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    with pytest.raises(NoBrowser, match="apt install chromium"):
        Browser.find()


def test_a_browser_that_fails_leaves_no_capture(study, web, tmp_path):
    program = tmp_path / "chromium"
    program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Chromium 1 && exit 0\nexit 3\n')
    program.chmod(0o755)
    with pytest.raises(NotDrawn, match="code 3"):
        capture(study, f"{web.url}/post/1", HAND, LOOPBACK, browser=Browser(program=str(program)))

    assert not folder_of(study).exists()


def test_a_page_that_may_not_be_asked_is_not_drawn(tmp_path):
    with pytest.raises(NotPublic):
        Browser(program="/bin/false").draw("http://127.0.0.1/", Gate())


@pytest.mark.slow
def test_chromium_draws_the_page_and_its_document_after_scripts(study, web):
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine, which draws the page")
    with socket.create_server(("127.0.0.2", 0)) as inside:
        inside.setblocking(False)
        where = f"http://127.0.0.2:{inside.getsockname()[1]}"
        web.html(
            "/made",
            f"<p>before</p><script>document.body.append('af' + 'ter'); fetch('{where}/inside');"
            "new Image().src = 'http://10.0.0.1/x.png'</script>",
        )
        # Containers of CI run as root, where Chromium starts without its sandbox or not at all.
        drawn = capture(study, f"{web.url}/made", HAND, LOOPBACK, browser=Browser.find(sandbox=False))
        with pytest.raises(BlockingIOError):
            inside.accept()
    record = record_of(study, drawn)
    found = {uri.split(":")[1]: body for kind, uri, _, body in records(study, drawn) if kind == "resource"}

    assert drawn.has_screenshot
    assert found["view"].startswith(PNG)
    assert b"after" in found["dom"]
    assert set(record["screenshot"]["loaded"]["hosts"]) == {web.url}
    assert {where, "http://10.0.0.1"} <= set(record["screenshot"]["loaded"]["refused"])
    assert (place_of(study, drawn) / "data.wacz").is_file()
