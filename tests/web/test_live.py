"""Live panels in the browser: a page that says how far it is behind, and streams that are few, guarded and end."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest

from groundswell.store.study import Study
from groundswell.web.sse import MOST_OPEN, Streams
from tests.pipeline.test_live import Collection
from tests.web.conftest import client_of


@pytest.fixture
def collection(tmp_path):
    with closing(Collection(tmp_path / "gate.study")) as collection:
        yield collection


def until(asked, enough, seconds=20.0):
    """The answer, once it is enough."""
    end = time.monotonic() + seconds
    while not enough(found := asked()):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


@contextmanager
def live_client(study):
    with client_of(study) as client:
        try:
            yield client
        finally:
            client.app.state.live.stop()


def test_a_study_that_is_collected_shows_what_came_and_how_far_behind_it_is(collection):
    collection.write(6)
    with live_client(collection.study) as client:
        begins = client.get("/watch").text
        until(lambda: client.get("/watch/state").json(), lambda told: told["posts"] == 6)
        page = client.get("/watch").text
        collection.write(3)
        told = until(lambda: client.get("/watch/state").json(), lambda told: told["posts"] == 9)

    assert "No post was counted yet" in begins or "Being collected now" in begins
    assert "#opengate" in page
    assert re.search(r"\d s behind", page)
    assert "did:plc:a1" not in page
    assert '<a href="/watch">Reload</a>' in page
    assert (told["collecting"], told["behind_s"], told["as_of"]) == (True, 0, "2024-05-01T10:00:00Z")


def test_whoever_asks_for_a_moment_gets_what_is_stored(collection):
    collection.write(6)
    collection.seal()
    with live_client(collection.study) as client:
        page = client.get("/watch", params={"at": "2024-05-02T10:00:00Z"}).text

    assert "data-events" not in page
    assert "Languages" in page


def test_a_study_that_nobody_collects_into_is_not_followed(client):
    page = client.get("/watch").text

    assert "data-events" not in page
    assert client.app.state.live._thread is None
    assert client.get("/watch/state").json()["collecting"] is False


@contextmanager
def served(study: Study):
    """The command in a process of its own; its port and token."""
    command = [sys.executable, "-m", "groundswell.cli.main", "serve", str(study.folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip()
            port, token = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", address).groups()
            yield process, int(port), token
        finally:
            if process.poll() is None:
                process.kill()


def ask(port, path, token=None):
    """An answer that is not read yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={} if token is None else {"cookie": f"groundswell={token}"})
    return connection, connection.getresponse()


def event(answer):
    """The next event of a stream."""
    while not (line := answer.readline().decode()).startswith("data: "):
        assert line, "the stream ended"
    return json.loads(line.removeprefix("data: "))


def test_the_stream_tells_what_comes_needs_the_token_forgets_who_left_and_ends_with_the_server(collection):
    collection.write(4)
    with served(collection.study) as (process, port, token):
        connection, answer = ask(port, "/watch/events")
        with closing(connection):
            assert answer.status in (401, 403)
        connection, answer = ask(port, "/watch/events", token)
        with closing(connection):
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert "unsafe" not in answer.headers["content-security-policy"]
            until(lambda: event(answer), lambda told: told["posts"] == 4)
            collection.write(2)
            until(lambda: event(answer), lambda told: told["posts"] == 6)
            # More than may be open at a time: those that were left are not counted.
            for _ in range(MOST_OPEN + 2):
                left, one = ask(port, "/watch/events", token)
                with closing(left):
                    assert one.status == 200
                    event(one)
                time.sleep(0.1)
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.wait(15)
            assert time.monotonic() - began < 10
            assert process.stderr.read() == ""


def test_no_more_streams_are_opened_than_may_be(collection):
    streams = Streams(most=2)
    streams._n = 2
    with live_client(collection.study) as client:
        client.app.state.streams = streams
        answer = client.get("/watch/events")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "already listen" in answer.text
