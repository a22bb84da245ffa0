"""captured_pictures: what a captured page showed, as it was sent, each once."""

from __future__ import annotations

import gzip

import pytest

from groundswell.errors import UnreadableFile
from groundswell.evidence.capture import capture
from groundswell.evidence.captured_pictures import captured_pictures
from groundswell.evidence.foreign import import_capture
from tests.evidence.conftest import HAND, LOOPBACK, PICTURE


def told(study):
    return [(one.url, one.content) for one in captured_pictures(study)]


def test_the_pictures_of_a_page_come_as_they_were_sent_and_no_drawing_with_them(study, web):
    web.pages["/logo.svg"] = (200, {"Content-Type": "image/svg+xml"}, b"<svg/>")
    web.html("/two", '<img src="/a.png"><img src="/logo.svg"><img src="/gone.png">')
    made = capture(study, f"{web.url}/two", HAND, LOOPBACK)

    assert told(study) == [(f"{web.url}/a.png", PICTURE)]
    assert next(captured_pictures(study)).capture == made.capture


def test_a_picture_fetched_again_comes_once_and_a_changed_one_again(study, web):
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)
    web.pages["/a.png"] = (200, {"Content-Type": "image/png"}, PICTURE + b"x")
    capture(study, f"{web.url}/post/1", HAND, LOOPBACK)

    assert [content for _, content in told(study)] == [PICTURE, PICTURE + b"x"]


def archive(url, content, mime="image/png"):
    """A WARC file of one answer as another program may write it: the record is packed, and so is the answer in it."""
    told = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Encoding: gzip\r\n\r\n"
    answer = told.encode() + gzip.compress(content)
    headers = {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:uuid:11111111-1111-1111-1111-111111111111>",
        "WARC-Date": "2024-05-01T12:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(answer)),
    }
    written = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    return gzip.compress(written.encode() + answer + b"\r\n\r\n")


def test_a_packed_archive_of_another_program_is_unpacked(study, tmp_path):
    (tmp_path / "other.warc.gz").write_bytes(archive("https://a.example/b.png", PICTURE))
    import_capture(study, tmp_path / "other.warc.gz", HAND)

    assert told(study) == [("https://a.example/b.png", PICTURE)]


def test_a_damaged_archive_is_named(study, tmp_path):
    whole = archive("https://a.example/b.png", bytes(range(256)) * 400)
    (tmp_path / "other.warc.gz").write_bytes(whole)
    import_capture(study, tmp_path / "other.warc.gz", HAND)
    (place,) = study.folder.rglob("data.warc.gz")
    place.chmod(0o600)
    place.write_bytes(whole[: len(whole) // 2] + b"\x00" * 40)

    with pytest.raises(UnreadableFile, match="can't be read"):
        told(study)
