"""wayback: an archive's answer becomes a reference beside the capture, or a reason why there is none."""

from __future__ import annotations

import json

import pytest

from groundswell.evidence.capture import capture
from groundswell.evidence.gate import Gate
from groundswell.evidence.links import held_captures
from groundswell.evidence.log import folder_of
from groundswell.evidence.target import NotPublic
from groundswell.evidence.verify import verify
from groundswell.evidence.wayback import save_page
from tests.evidence.conftest import HAND, LOOPBACK
from tests.evidence.servers import archives_at


def no_wait(seconds):
    pass


@pytest.fixture
def made(study, web):
    return capture(study, f"{web.url}/post/1", HAND, LOOPBACK, media=False).capture


def test_a_copy_that_the_archive_made_is_written_down(study, web, made):
    archives_at(web, polls=2)
    found = save_page(study, made, HAND, LOOPBACK, address=web.url, wait=no_wait)

    assert found.reference == f"{web.url}/web/20240501100000/{web.url}/post/1"
    assert [one.references for one in held_captures(study)] == [(found.reference,)]
    assert verify(study).holds


def test_keys_are_sent_to_the_archive_and_stored_nowhere(study, web, made):
    archives_at(web)
    save_page(study, made, HAND, LOOPBACK, address=web.url, keys="key:secret", wait=no_wait)

    assert {headers.get("Authorization") for _, path, headers in web.asked if "save" in path} == {"LOW key:secret"}
    assert not [path for path in folder_of(study).rglob("*") if path.is_file() and b"secret" in path.read_bytes()]


def test_an_archive_that_saves_at_once_names_the_copy_in_a_header(study, web, made):
    web.pages["/save"] = (302, {"Location": "/web/20240501100000/https://a.example/"}, b"")
    found = save_page(study, made, HAND, LOOPBACK, address=web.url, wait=no_wait)

    assert found.reference == f"{web.url}/web/20240501100000/https://a.example/"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((429, {}, b""), "the archive answers 429"),
        ((200, {}, b"<html>"), "the archive names no job"),
        ((200, {}, json.dumps({"job_id": "../x"}).encode()), "the archive names no job"),
        ((200, {}, json.dumps({"job_id": 5}).encode()), "the archive names no job"),
    ],
)
def test_an_archive_that_did_not_save_leaves_a_reason_and_no_reference(study, web, made, answer, trouble):
    web.pages["/save"] = answer
    found = save_page(study, made, HAND, LOOPBACK, address=web.url, wait=no_wait)

    assert (found.reference, found.trouble) == (None, trouble)
    assert verify(study).entries == 1


def test_a_job_that_fails_or_never_ends_is_said_to(study, web, made):
    archives_at(web, outcome="error")
    assert "error" in save_page(study, made, HAND, LOOPBACK, address=web.url, wait=no_wait).trouble

    archives_at(web, polls=10_000)
    assert "was not done" in save_page(study, made, HAND, LOOPBACK, address=web.url, wait=no_wait).trouble


def test_an_archive_that_is_down_is_a_reason(study, made):
    found = save_page(study, made, HAND, LOOPBACK, address="http://127.0.0.1:1", wait=no_wait)

    assert found.trouble
    assert found.reference is None


def test_an_archives_address_is_checked_like_any_other(study, web, made):
    with pytest.raises(NotPublic):
        save_page(study, made, HAND, Gate(), address=web.url, wait=no_wait)
