"""A reply in the app: it stands on the page of the group, of its accounts and on the summary, and names nobody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from groundswell import pipeline
from groundswell.store.disputes import disputes
from groundswell.store.run_folder import read_groups
from groundswell.store.study import Study
from tests.web.conftest import HOST, client_of

OWN = {"origin": f"http://{HOST}"}
WHY = "We are one office. <b>Look</b>"


@pytest.fixture
def study(shelved: Study, tmp_path: Path) -> Study:
    return Study.open(shutil.copytree(shelved.folder, tmp_path / "own.study"))


@pytest.fixture
def own(study: Study) -> Iterator[TestClient]:
    with client_of(study) as client:
        yield client
        client.app.state.jobs.stop()


def run_of(client: TestClient) -> str:
    return client.get("/").headers["location"].split("/")[2]


def as_read(html: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"<[^>]*>", "", html)


def test_a_reply_contests_a_group_on_every_page_that_speaks_of_it(study: Study, own: TestClient) -> None:
    run = run_of(own)
    before = own.get(f"/runs/{run}/groups/A.html").text
    said = {"run_id": run, "address": "groups/A.html", "who": "ana", "why": WHY, "context": ""}
    answer = own.post("/disputes", data=said, headers=OWN)
    page = own.get(f"/runs/{run}/groups/A.html").text
    member = re.findall(r"accounts/acct-\w+\.html", page)[0]

    assert "Nobody has replied yet." in before
    assert "Group A: contested" not in as_read(before)
    assert answer.headers["location"] == f"/runs/{run}/groups/A.html#disputes"
    for address in ("groups/A.html", "index.html", member):
        assert "Group A: contested" in as_read(own.get(f"/runs/{run}/{address}").text), address
    assert "We are one office. &lt;b&gt;Look&lt;/b&gt;" in page
    assert "<b>Look" not in page
    assert [(one.group_id, one.who) for one in disputes(study)] == [("A", "ana")]


def test_a_reply_on_an_accounts_page_is_about_that_account_and_shows_no_handle(study: Study, own: TestClient) -> None:
    run = run_of(own)
    member = re.findall(r"accounts/acct-\w+\.html", own.get(f"/runs/{run}/groups/A.html").text)[0]
    folder = study.latest_run()
    assert folder is not None
    account = read_groups(folder)[0].account_ids[0]
    said = {"run_id": run, "address": member, "who": "ben", "why": f"The account {account} was lent to us."}
    own.post("/disputes", data=said, headers=OWN)
    page = own.get(f"/runs/{run}/{member}").text

    assert "was lent to us" in page
    assert account not in page
    assert [one.group_id for one in disputes(study)] == [None]
    assert "about one account" in own.get(f"/runs/{run}/groups/A.html").text


@pytest.mark.parametrize(
    ("said", "code"),
    [({"why": ""}, 400), ({"who": " "}, 400), ({"address": "index.html"}, 400), ({"address": "groups/Z.html"}, 404)],
)
def test_a_reply_that_can_not_be_entered_is_refused(
    study: Study, own: TestClient, said: dict[str, str], code: int
) -> None:
    whole = {"run_id": run_of(own), "address": "groups/A.html", "who": "ana", "why": "No.", **said}
    assert own.post("/disputes", data=whole, headers=OWN).status_code == code
    assert disputes(study) == ()


def test_claims_get_a_page_in_the_app_without_a_new_run(study: Study, own: TestClient, tmp_path: Path) -> None:
    run = run_of(own)
    article = tmp_path / "quay.md"
    article.write_text(
        "publisher: Daily Quay\npublished: 2026-05-20T00:00:00Z\nurl: https://quay.example/1\n\n"
        "Bots drove #OpenGate, the Harbour Post reported.\n"
    )
    assert own.get(f"/runs/{run}/claims.html").status_code == 404
    pipeline.claims(study.folder, [article], about="#OpenGate")
    pipeline.shelve(study)
    page = own.get(f"/runs/{run}/claims.html").text

    assert "Who quoted whom" in page
    assert re.search(r'href="claims.html" aria-current="page"', page)
    assert "claims.html" in own.get(f"/runs/{run}/index.html").text


def test_a_reply_reaches_the_tables_and_the_figures_for_programs(study: Study, own: TestClient) -> None:
    run = run_of(own)
    said = {"run_id": run, "address": "groups/A.html", "who": "ana", "why": WHY, "context": ""}
    assert "contested" not in own.get(f"/api/runs/{run}/findings").text
    assert own.post("/disputes", data=said, headers=OWN).status_code == 303
    jobs = own.app.state.jobs
    while jobs.state.running:
        jobs.wait_for_change(jobs.state.changed, 1.0)
    assert jobs.state.error is None
    assert "contested" in own.get(f"/api/runs/{run}/findings").text
    assert "contested" in own.get(f"/runs/{run}/data/findings.json").text
