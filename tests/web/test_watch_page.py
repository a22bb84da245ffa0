"""Panels and lists in the browser: the whole beside every rank, and lists that answer for themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

from starlette.testclient import TestClient

from groundswell.store.study import Study
from tests.web.conftest import HOST, client_of

OWN = {"origin": f"http://{HOST}"}


def test_everybody_s_panels_stand_on_one_page(client: TestClient) -> None:
    page = client.get("/watch").text
    assert "#opengate" in page
    assert "the most used hashtag of what was collected" in page
    assert client.get("/api/watch").json()["panels"]["hashtags"]["rows"][0]["rank"] == 1


def test_a_list_of_a_group_is_watched_with_its_share_and_its_precision(shelved: Study, tmp_path: Path) -> None:
    study = Study.open(shutil.copytree(shelved.folder, tmp_path / "own.study"))
    with client_of(study) as client:
        started = {"name": "gate", "rule": "posted them", "who": "ana"}
        assert client.post("/lists", data=started, headers=OWN).status_code == 303
        added = {"list": "gate", "group": "A", "who": "ana"}
        assert client.post("/lists/members", data=added, headers=OWN).status_code == 303
        lists = client.get("/lists").text
        page = client.get("/watch", params={"list": "gate:found"}).text
    assert "Precision unknown" in lists
    assert "member of group A" in lists
    assert "of the list’s 12 accounts" in page
    assert "Nothing here says that the list made it rise." in page
    assert "precision unknown" in page


def test_a_member_needs_somebody_who_answers_for_it(shelved: Study, tmp_path: Path) -> None:
    study = Study.open(shutil.copytree(shelved.folder, tmp_path / "own.study"))
    with client_of(study) as client:
        answer = client.post("/lists", data={"name": "gate", "rule": "x", "who": " "}, headers=OWN)
    assert (answer.status_code, "answers for it" in answer.text) == (400, True)


def test_hours_that_are_none_are_refused_in_words(client: TestClient) -> None:
    for hours in ("many", "-1", "0", "nan", "1e9"):
        answer = client.get("/watch", params={"hours": hours})
        assert answer.status_code == 400, hours
        assert "hours" in answer.text


def test_a_list_that_is_not_there_is_said_to_be_none(client: TestClient) -> None:
    assert "There is no list" in client.get("/watch", params={"list": "nowhere"}).text
