"""The language of the words around the pages: chosen by the reader, kept in the browser, and never half a page."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from groundswell.store.study import Study
from tests.web.conftest import HOST, client_of

OWN = {"origin": f"http://{HOST}"}


def test_a_chosen_language_is_kept_and_leads_back(empty: Study) -> None:
    with client_of(empty) as client:
        answer = client.post("/language", data={"language": "ar", "back": "/files"}, headers=OWN)
        page = client.get("/files").text
    assert answer.headers["location"] == "/files"
    assert '<html lang="ar" dir="rtl">' in page
    assert "ملفك" in page


def test_a_choice_never_leads_to_another_host(empty: Study) -> None:
    with client_of(empty) as client:
        answer = client.post("/language", data={"language": "de", "back": "//evil.example/"}, headers=OWN)
    assert answer.headers["location"] == "/evil.example/"


def test_a_language_without_words_is_refused(empty: Study) -> None:
    with client_of(empty) as client:
        answer = client.post("/language", data={"language": "xx", "back": "/"}, headers=OWN)
    assert (answer.status_code, "There are: en, de, ar" in answer.text) == (400, True)


def test_a_run_keeps_its_english_and_says_so(client: TestClient) -> None:
    place = client.get("/").headers["location"]
    client.cookies.set("groundswell-language", "ar", domain="127.0.0.1")
    page = client.get(place).text
    assert re.search(r'<h1 [^>]*lang="en" dir="ltr"><em>12 of 365 accounts</em>', page)
    assert "هذا تدعمه البيانات" in page
    assert "مكتوب بالإنجليزية" in page
