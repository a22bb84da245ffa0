"""The pages of the app, as a person with a browser meets them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from groundswell import pipeline
from groundswell.model.run import Parameters
from groundswell.store.judgements import judgements
from groundswell.store.run_folder import read_groups
from groundswell.store.study import Study
from tests.web.conftest import HOST, client_of

OWN = {"origin": f"http://{HOST}"}


def first_page(client: TestClient) -> str:
    return client.get("/").headers["location"]


def test_the_first_page_is_the_latest_run(client: TestClient) -> None:
    page = client.get(first_page(client))
    assert page.status_code == 200
    assert "12 of 365 accounts" in page.text
    assert "does not say" not in page.text or "Not who owns" not in page.text


def test_a_study_without_a_run_begins_with_a_place_to_drop_a_file(empty: Study) -> None:
    with client_of(empty) as client:
        assert client.get("/").headers["location"] == "/files"
        assert 'type="file"' in client.get("/files").text


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    from urllib.parse import urljoin

    start = first_page(client)
    waiting, seen = [start, "/files", "/runs"], set()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        answer = client.get(at)
        assert answer.status_code in (200, 303), at
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for link in re.findall(r'href="([^"#]+)"', answer.text):
            there = urljoin(f"http://{HOST}{at}", link).removeprefix(f"http://{HOST}")
            assert not there.startswith("http"), f"{at} leads out of the house: {link}"
            if not there.startswith(("/watch", "/lists", "/export")):
                waiting.append(there)
    assert len([one for one in seen if "/accounts/" in one]) == 12


@pytest.mark.parametrize(
    "path",
    [
        "/runs/../../etc/passwd",
        "/runs/%2e%2e/%2e%2e/pseudonym.key",
        "/runs/x/data/..%2f..%2fpseudonym.key",
        "/runs/x/index.html",
        "/static/..%2fapp.py",
        "/static/app.py",
    ],
)
def test_nothing_beside_the_pages_can_be_fetched(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_table_is_a_download_and_never_a_page(client: TestClient) -> None:
    run = first_page(client).split("/")[2]
    answer = client.get(f"/runs/{run}/data/accounts.csv")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_secret_of_the_pseudonyms_stands_on_no_page(client: TestClient, shelved: Study) -> None:
    assert shelved.pseudonym_key.hex() not in client.get(first_page(client)).text


def test_a_word_on_a_group_is_kept_and_shown_beneath_it(shelved: Study, tmp_path: Path) -> None:
    study = Study.open(shutil.copytree(shelved.folder, tmp_path / "own.study"))
    with client_of(study) as client:
        run = first_page(client).split("/")[2]
        said = {"run_id": run, "address": "groups/A.html", "answer": "unsure", "who": "ana", "why": "<b>look</b>"}
        answer = client.post("/judgements", data=said, headers=OWN)
        assert answer.headers["location"] == f"/runs/{run}/groups/A.html#said-by-people"
        page = client.get(f"/runs/{run}/groups/A.html").text
    assert "&lt;b&gt;look&lt;/b&gt;" in page
    assert "<b>look" not in page
    assert [one.answer for one in judgements(study, "group:A")] == ["unsure"]


def test_a_word_that_says_nothing_is_refused_in_words(shelved: Study, tmp_path: Path) -> None:
    study = Study.open(shutil.copytree(shelved.folder, tmp_path / "own.study"))
    with client_of(study) as client:
        run = first_page(client).split("/")[2]
        said = {"run_id": run, "address": "groups/A.html", "answer": "maybe", "who": "ana", "why": ""}
        answer = client.post("/judgements", data=said, headers=OWN)
    assert answer.status_code == 400
    assert "is no answer" in answer.text


def test_a_dropped_file_waits_under_a_plain_name_until_it_is_read(empty: Study) -> None:
    table = b"account_id,post_id,time,text\nana,1,2026-05-01T10:00:00Z,open the gate\n"
    with client_of(empty) as client:
        answer = client.post("/files", files={"file": ("../../<b>.csv", table)}, headers=OWN)
        place = answer.headers["location"]
        page = client.get(place)
        assert page.status_code == 200
        assert "This looks like" in page.text
        assert [one.name for one in (empty.folder / "inbox").iterdir()] == [place.rsplit("/", 1)[1]]
        client.post(f"{place}/forget", headers=OWN)
        assert not list((empty.folder / "inbox").iterdir())


def test_a_file_that_can_not_be_read_is_explained(empty: Study) -> None:
    with client_of(empty) as client:
        place = client.post("/files", files={"file": ("a.csv", b"")}, headers=OWN).headers["location"]
        answer = client.get(place)
    assert answer.status_code in (200, 400)
    assert "Traceback" not in answer.text


def test_nothing_to_analyse_is_said(empty: Study) -> None:
    with client_of(empty) as client:
        answer = client.post("/analyse", data={"seed": "0"}, headers=OWN)
    assert (answer.status_code, "nothing to analyse" in answer.text) == (400, True)


def test_a_seed_that_is_none_is_refused(shelved: Study) -> None:
    with client_of(shelved) as client:
        answer = client.post("/analyse", data={"seed": "-1"}, headers=OWN)
    assert (answer.status_code, "whole number" in answer.text) == (400, True)


def test_an_account_is_found_by_its_pseudonym_and_gets_its_page(client: TestClient) -> None:
    member = re.findall(r"accounts/(acct-\w+)\.html", client.get(first_page(client).replace("index", "groups/A")).text)[
        0
    ]
    answer = client.get("/account", params={"name": member.upper()})
    assert answer.headers["location"].endswith(f"/accounts/{member}.html")


def test_a_member_is_found_by_its_id_where_handles_are_shown(shelved: Study, tmp_path: Path) -> None:
    """Pages lie under pseudonyms whatever is shown: an id in an address would stay in the history of a browser."""
    study = Study.open(shutil.copytree(shelved.folder, tmp_path / "shown.study"))
    pipeline.detect(study, Parameters(campaign="#OpenGate", power=0, show_handles=True))
    pipeline.assess(study)
    pipeline.shelve(study)
    (group,) = [one for one in read_groups(study.latest_run()) if one.group_id == "A"]
    client = client_of(study)
    addresses = {client.get("/account", params={"name": one}).headers["location"] for one in group.account_ids}

    assert len(addresses) == len(group.account_ids)
    assert {client.get(one).status_code for one in addresses} == {200}


def test_an_account_outside_every_group_is_told_so(client: TestClient, shelved: Study) -> None:
    run = first_page(client).split("/")[2]
    table = (shelved.run_folder(run) / "pages" / "data" / "accounts.csv").read_text(encoding="utf-8").splitlines()
    outside = next(row.split(",")[0] for row in table[1:] if row.endswith(","))
    page = client.get("/account", params={"name": outside}).text
    assert "is in no reported group" in page
    assert "came nearest" in client.get("/account", params={"name": outside, "near": "1"}).text


def test_an_account_that_is_not_there_is_said_to_be_none(client: TestClient) -> None:
    answer = client.get("/account", params={"name": "nobody-at-all"})
    assert (answer.status_code, "No post is by the account" in answer.text) == (400, True)


def test_every_format_can_be_downloaded(client: TestClient) -> None:
    page = client.get("/export").text
    formats = re.findall(r'name="format" value="([\w-]+)"', page)
    assert {"stix", "misp"} <= set(formats)
    answer = client.post("/export", data={"format": "methods"}, headers=OWN)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert client.post("/export", data={"format": "../x"}, headers=OWN).status_code == 400
