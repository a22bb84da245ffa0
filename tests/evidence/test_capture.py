"""capture: request, answer and media as others' tools read them; a killed capture leaves a study that verifies."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from groundswell.evidence.capture import capture
from groundswell.evidence.fetch import Caps
from groundswell.evidence.log import folder_of, read_log
from groundswell.evidence.target import NoAnswer
from groundswell.evidence.verify import verify
from groundswell.evidence.wacz import check
from tests.evidence.conftest import HAND, LOOPBACK, PAGE, PICTURE, noon


def keep(study, url, **options):
    return capture(study, url, HAND, LOOPBACK, now=noon, **options)


def place_of(study, made):
    return folder_of(study) / "captures" / made.capture


def record_of(study, made):
    return json.loads((place_of(study, made) / "capture.json").read_bytes())


def records(study, made):
    """(type, address, status or None, body) of each record, as another program reads them."""
    with zipfile.ZipFile(place_of(study, made) / "data.wacz") as packed:
        content = packed.read("archive/data.warc")
    found = []
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        status = record.http_headers.get_statuscode() if record.rec_type == "response" else None
        body = record.content_stream().read()
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), status, body))
    return found


def test_request_and_answer_of_page_and_media_are_in_the_archive(study, web):
    made = keep(study, f"{web.url}/post/1")

    assert [(kind, uri and uri.removeprefix(web.url), status) for kind, uri, status, _ in records(study, made)] == [
        ("warcinfo", None, None),
        ("response", "/post/1", "200"),
        ("request", "/post/1", None),
        ("response", "/a.png", "200"),
        ("request", "/a.png", None),
        ("response", "/post/gone.png", "404"),
        ("request", "/post/gone.png", None),
    ]
    bodies = {uri: body for kind, uri, _, body in records(study, made) if kind == "response"}
    assert bodies[f"{web.url}/post/1"] == PAGE.encode()
    assert bodies[f"{web.url}/a.png"] == PICTURE


def test_the_package_lists_the_hash_of_each_part(study, web):
    made = keep(study, f"{web.url}/post/1")
    package = check(place_of(study, made) / "data.wacz")

    assert (package.n_parts, package.n_as_listed, package.problems) == (3, 3, ())
    assert package.urls == (f"{web.url}/post/1",)


def test_the_index_points_at_each_answer(study, web):
    made = keep(study, f"{web.url}/post/1")
    with zipfile.ZipFile(place_of(study, made) / "data.wacz") as packed:
        content, index = packed.read("archive/data.warc"), packed.read("indexes/index.cdx").decode()

    assert len(index.splitlines()) == 3
    for line in index.splitlines():
        about = json.loads(line.split(" ", 2)[2])
        part = content[int(about["offset"]) : int(about["offset"]) + int(about["length"])]
        (record,) = ArchiveIterator(io.BytesIO(part))
        assert record.rec_headers.get_header("WARC-Target-URI") == about["url"]


def test_what_was_missing_is_named_with_the_reason(study, web):
    made = keep(study, f"{web.url}/post/1")

    assert (made.n_media, made.n_media_kept) == (2, 1)
    assert record_of(study, made)["media"]["missing"] == [
        {"url": f"{web.url}/post/gone.png", "why": "the server answers 404"}
    ]


def test_the_hash_at_entry_is_in_the_log(study, web):
    made = keep(study, f"{web.url}/post/1")
    (entry,), _ = read_log(folder_of(study))

    content = (place_of(study, made) / "data.wacz").read_bytes()
    assert entry.outputs[f"captures/{made.capture}/data.wacz"] == made.sha256 == sha256(content).hexdigest()
    assert made.sha256.startswith(made.capture)
    assert (entry.what, entry.who, entry.why) == ("capture", "ana", "test")


def test_the_log_names_neither_address_nor_post(study, web):
    keep(study, f"{web.url}/post/1", posts=["p-17"])
    log = (folder_of(study) / "log.jsonl").read_text()

    assert "post/1" not in log
    assert "p-17" not in log


def test_the_same_exchange_gives_the_same_bytes(study, web):
    def fixed(handler, _):
        # Without the date that the server would add.
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    web.pages["/fixed"] = fixed
    first, again = keep(study, f"{web.url}/fixed"), keep(study, f"{web.url}/fixed")

    assert first == again
    assert verify(study).holds


def test_a_page_that_says_it_is_gone_is_kept_as_such(study, web):
    assert keep(study, f"{web.url}/nothing").status == 404


def test_a_redirect_chain_is_kept_whole(study, web):
    web.redirect("/short", "/post/1")
    made = keep(study, f"{web.url}/short", media=False)

    assert [one["status"] for one in record_of(study, made)["exchanges"]] == [302, 200]
    assert made.url == f"{web.url}/short"


def test_what_was_cut_off_says_so_in_the_archive(study, web):
    web.pages["/long"] = (200, {"Content-Type": "text/plain"}, b"x" * 5_000)
    made = keep(study, f"{web.url}/long", caps=Caps(bytes=1_000))

    assert made.truncated == "length"
    with zipfile.ZipFile(place_of(study, made) / "data.wacz") as packed:
        assert b"WARC-Truncated: length\r\n" in packed.read("archive/data.warc")


def test_a_server_that_does_not_answer_leaves_nothing(study):
    with pytest.raises(NoAnswer):
        keep(study, "http://127.0.0.1:1/")

    assert not folder_of(study).exists()


CHILD = """
import sys
from pathlib import Path
from groundswell.evidence.capture import capture
from groundswell.store.study import Study
from datetime import UTC, datetime
from groundswell.evidence.folder import Hand
from groundswell.evidence.gate import Gate
hand = Hand(who="ana", why="test", at=datetime(2024, 5, 1, tzinfo=UTC), tool="groundswell test")
for number in range(10_000):
    capture(Study.open(Path(sys.argv[1])), f"{sys.argv[2]}?{number}", hand, Gate(allow=frozenset({"127.0.0.1"})))
    print(number, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after_ms", [0, 7, 19, 40])
def test_killed_at_any_moment_the_study_verifies(study, web, after_ms):
    """A real kill -9 in the middle of captures; no sleep decides whether it passes, only where it strikes."""
    web.html("/big", "x" * 200_000)
    for number in range(10_000):
        web.pages[f"/big?{number}"] = web.pages["/big"]
    command = [sys.executable, "-c", CHILD, str(study.folder), f"{web.url}/big"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline(), child.stdout.readline()]
        time.sleep(after_ms / 1_000)
        child.send_signal(signal.SIGKILL)
        acknowledged += child.stdout.read().splitlines(keepends=True)
    whole = [line for line in acknowledged if line.endswith(b"\n")]

    found = verify(study)
    assert found.problems == ()
    assert found.captures >= len(whole) >= 2
    keep(study, f"{web.url}/post/1")
    after = verify(study)
    assert after.problems == ()
    assert after.captures >= found.captures
