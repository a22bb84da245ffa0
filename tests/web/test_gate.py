"""The gate: who may come in, and what leaves."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from groundswell.store.study import Study
from groundswell.web.app import make_app
from tests.web.conftest import HOST, TOKEN, client_of

PATHS = ("/", "/files", "/runs", "/progress", "/progress/state", "/groundswell.css", "/csp", "/nowhere", "/judgements")


@pytest.fixture
def stranger(empty: Study) -> TestClient:
    return TestClient(make_app(empty, token=TOKEN, hosts=[HOST]), base_url=f"http://{HOST}", follow_redirects=False)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_without_the_token_every_path_is_shut(stranger: TestClient, path: str, method: str) -> None:
    assert stranger.request(method, path).status_code == 401


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "ö"])
def test_a_wrong_token_opens_nothing(stranger: TestClient, token: str) -> None:
    assert stranger.get("/files", params={"token": token}).status_code == 401
    assert stranger.get("/files", headers={"cookie": f"groundswell={token}".encode()}).status_code == 401
    assert stranger.get("/files", headers={"authorization": f"Bearer {token}".encode()}).status_code == 401


def test_the_address_that_was_printed_leaves_a_cookie_and_no_token_in_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/files?token={TOKEN}&seed=7")
    assert (answer.status_code, answer.headers["location"]) == (303, "/files?seed=7")
    assert re.search(rf"groundswell={TOKEN}; HttpOnly; Path=/; SameSite=strict", answer.headers["set-cookie"])


def test_a_welcome_never_leads_to_another_host(stranger: TestClient) -> None:
    answer = stranger.get(f"http://{HOST}//evil.example/?token={TOKEN}")
    assert answer.headers["location"] == "/evil.example/"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:8000", ""])
def test_a_foreign_host_is_refused_even_with_the_token(empty: Study, host: str) -> None:
    with client_of(empty) as client:
        assert client.get("/files", headers={"host": host}).status_code >= 400


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:9999"])
def test_a_form_of_another_site_is_refused_even_with_the_cookie(empty: Study, origin: str) -> None:
    with client_of(empty) as client:
        assert client.post("/progress/stop", headers={"origin": origin}).status_code == 403


def test_a_form_without_an_origin_needs_the_token_itself(empty: Study) -> None:
    with client_of(empty) as client:
        assert client.post("/progress/stop").status_code == 403
        assert client.post("/progress/stop", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 303
        assert client.post("/progress/stop", headers={"origin": f"http://{HOST}"}).status_code == 303


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_sent_under_a_policy_without_unsafe_parts(client: TestClient, path: str) -> None:
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_two_answers_share_a_nonce(client: TestClient) -> None:
    nonces = {re.search(r"nonce-([^']+)", client.get("/runs").headers["content-security-policy"])[1] for _ in range(20)}
    assert len(nonces) == 20


def test_no_answer_allows_another_origin(client: TestClient) -> None:
    answer = client.get("/runs", headers={"origin": "http://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_what_is_too_large_is_refused_before_it_is_read(empty: Study) -> None:
    app = make_app(empty, token=TOKEN, hosts=[HOST], largest_upload=1_000)
    with TestClient(app, base_url=f"http://{HOST}", headers={"authorization": f"Bearer {TOKEN}"}) as client:
        answer = client.post("/files", files={"file": ("big.csv", b"x" * 2_000)})
    assert answer.status_code == 413
    assert "groundswell read" in answer.text


def test_an_upload_of_unknown_length_is_refused(empty: Study) -> None:
    with client_of(empty, authorization=f"Bearer {TOKEN}") as client:
        assert client.post("/files", content=iter([b"x"])).status_code == 411


def test_a_browser_is_let_say_where_a_form_comes_from(client: TestClient) -> None:
    """Under `no-referrer` Chromium sends «null» as the origin of every form, and the gate would shut out its own."""
    assert client.get("/files").headers["referrer-policy"] == "same-origin"
    assert '<meta name="referrer" content="same-origin">' in client.get("/files").text
