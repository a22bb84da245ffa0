"""The figures for programs, as the OpenAPI document promises them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from groundswell.store.study import Study
from groundswell.watch.lists import add_members, make_list, member
from groundswell.web.api import ENDPOINTS
from groundswell.web.api_document import document
from tests.web.conftest import client_of


@pytest.fixture(scope="module")
def filled(shelved: Study, tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A copy of the study with a list, so that no answer is empty."""
    study = Study.open(shutil.copytree(shelved.folder, tmp_path_factory.mktemp("filled") / "own.study"))
    make_list(study, "gate", rule="posted the links", who="ana")
    add_members(study, "gate", [member("ben", reason="posted six", source="the log", who="ana")])
    return study


def placed(client: TestClient, path: str) -> str:
    """The path with things in it that are there."""
    run_id = client.get("/api/runs").json()[0]["run_id"]
    groups = client.get(f"/api/runs/{run_id}/groups").json()["groups"]
    there = {"run_id": run_id, "group_id": groups[0]["group_id"], "account": groups[0]["account_ids"][0]}
    return path.format(**there, name="gate")


def test_the_document_names_every_endpoint_and_nothing_else(client: TestClient) -> None:
    assert set(client.get("/openapi.json").json()["paths"]) == {*(one.path for one in ENDPOINTS), "/api/job"}


@pytest.mark.parametrize("path", sorted(document()["paths"]))
def test_every_endpoint_answers_in_the_shape_that_was_promised(filled: Study, path: str) -> None:
    promised = document()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    with client_of(filled) as client:
        answer = client.get(placed(client, path))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()
    Draft202012Validator(promised).validate(answer.json())


@pytest.mark.parametrize("run_id", ["nowhere", "..", "%2e%2e", "a" * 500, "latest", "%00", "ü"])
@pytest.mark.parametrize("below", ["groups", "groups/A", "groups/A/links", "accounts/ana", "ledger"])
def test_a_run_that_is_not_there_is_a_plain_no(client: TestClient, run_id: str, below: str) -> None:
    assert client.get(f"/api/runs/{run_id}/{below}").status_code == 404


def test_links_come_in_parts_that_make_the_whole_table(client: TestClient, shelved: Study) -> None:
    run_id = client.get("/api/runs").json()[0]["run_id"]
    found: list[dict[str, Any]] = []
    offset: int | None = 0
    while offset is not None:
        asked = {"limit": 7, "offset": offset}
        part = client.get(f"/api/runs/{run_id}/groups/A/links", params=asked).json()
        found, offset = [*found, *part["links"]], part["next_offset"]
    table = Path(shelved.run_folder(run_id) / "pages" / "data" / "edges.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["group_id"] == "A"]

    assert len(found) > 7
    assert [(one["account_a"], one["n_objects"]) for one in found] == [
        (row["account_a"], int(row["n_objects"])) for row in rows
    ]


@pytest.mark.parametrize(("name", "value"), [("limit", "0"), ("limit", "1e3"), ("limit", "1001"), ("offset", "-1")])
def test_numbers_that_are_none_are_refused_in_words(client: TestClient, name: str, value: str) -> None:
    run_id = client.get("/api/runs").json()[0]["run_id"]
    answer = client.get(f"/api/runs/{run_id}/groups/A/links", params={name: value})
    assert answer.status_code == 400
    assert name in answer.json()["error"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_the_ends_of_the_calendar_break_nothing(client: TestClient, at: str) -> None:
    assert client.get("/api/watch", params={"at": at, "hours": 8784}).status_code in (200, 400)


def test_nothing_can_be_changed_through_it(client: TestClient) -> None:
    for path in ("/api/runs", "/api/watch", "/api/judgements"):
        answer = client.post(path, headers={"authorization": "Bearer open-sesame"})
        assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


def test_the_document_says_how_to_come_in() -> None:
    assert document()["security"] == [{"token": []}]


@pytest.mark.parametrize(
    "path", ["/api/runs?hour=3", "/api/watch?hour=3", "/api/job?x=", "/api/watch?hours=3&hours=4", "/api/watch?at="]
)
def test_a_misspelt_question_gets_no_answer_to_another_one(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400
