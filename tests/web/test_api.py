"""The figures for programs, as the OpenAPI document promises them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from groundswell.web.views.api import ENDPOINTS, document


def test_the_document_names_every_endpoint_and_nothing_else(client: TestClient) -> None:
    assert set(client.get("/openapi.json").json()["paths"]) == {one.path for one in ENDPOINTS}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.path)
def test_every_endpoint_answers_with_json(client: TestClient, endpoint) -> None:
    run_id = client.get("/api/runs").json()[0]["run_id"]
    answer = client.get(endpoint.path.replace("{run_id}", run_id))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()


@pytest.mark.parametrize("run_id", ["nowhere", "..", "%2e%2e", "a" * 500, "latest", "%00", "ü"])
def test_a_run_that_is_not_there_is_a_plain_no(client: TestClient, run_id: str) -> None:
    assert client.get(f"/api/runs/{run_id}/groups").status_code == 404


def test_the_document_says_how_to_come_in() -> None:
    assert document()["security"] == [{"token": []}]
