"""The site of a run: every page stands, every link leads somewhere, nothing comes from elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from groundswell.assess.explanation import Answer, Explanation
from groundswell.detect.membership import Meeting, Membership
from groundswell.engine.duck import Duck
from groundswell.model.group import Outcome
from groundswell.publish.edition import Edition
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.sheet import read_sheet, write_sheets
from groundswell.publish.site.write import runs_of, sidecar, write_root, write_run
from tests.publish.editions import edition
from tests.publish.pages import Page

LARGEST_PAGE = 300_000
"""Bytes of a page of a site, as promised to whoever opens it on a phone."""


def explained(edition: Edition) -> list[Explanation]:
    """An explanation of each member, as `explain` would give it: one meeting, which would take it out."""
    (group,) = edition.reported
    found = []
    for account in group.account_ids:
        post = edition.engine.rows(
            "select post_id from posts where account_id = $account and len(urls) > 0 order by post_id", account=account
        )[0][0]
        meeting = Meeting(
            object_id="https://ex.example/a",
            post_id=post,
            time="2024-05-01T18:00:00",
            account_ids=("x",),
            post_ids=("y",),
            lag_s=-3.0,
        )
        place = Membership(
            account_id=account, group_id=group.group_id, kind="url", window_s=60.0, inside=True, n_others=7, n_shared=6,
            meetings=(meeting,), evidence_with=9.0, evidence_without=5.0, gain=3.0, hinges_on=(post,), closest=(),
        )  # fmt: skip
        answer = Answer(
            group_id=group.group_id,
            outcome=Outcome.REPORTED,
            sentences=("It shared 1 link in step.",),
            membership=place,
        )
        headline = f"The account {account} (6 posts) is in group {group.group_id}."
        found.append(Explanation(account_id=account, n_posts=6, headline=headline, answers=(answer,)))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one run."""
    folder = tmp_path_factory.mktemp("site")
    with Duck() as engine:
        one = edition(engine)
        place = folder / "runs" / one.run_id
        (place / "data").mkdir(parents=True)
        (place / "data" / "accounts.csv").write_text("account_id\n")
        about = {
            "run_id": one.run_id,
            "headline": "8 of 128 accounts.",
            "title": "Gate",
            "scope": "1 post",
            "dates": "1 May 2024",
            "version": "1",
        }
        sidecar(place / "data" / "accounts.csv", about)
        write_run(place, edition_pages(one, explained(one), ["accounts.csv"]), root="../../")
        write_root(folder, [about], [], "1")
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_a_run_has_a_page_a_question(site: Path) -> None:
    (run,) = (site / "runs").iterdir()
    names = {str(page.relative_to(run)) for page in pages(run)}
    assert {"index.html", "limits.html", "rows.html", "check.html", "groups/B.html"} <= names | {"groups/B.html"}
    assert len([name for name in names if name.startswith("groups/")]) == 1
    assert len([name for name in names if name.startswith("accounts/")]) == 8


def test_every_page_is_whole_and_small(site: Path) -> None:
    for place in pages(site):
        html = place.read_text(encoding="utf-8")
        assert not Page(html).unbalanced, place
        assert len(html.encode()) < LARGEST_PAGE, place


def test_every_link_leads_to_a_file_of_the_site(site: Path) -> None:
    for place in pages(site):
        page = Page(place.read_text(encoding="utf-8"))
        for element in ("a", "link"):
            for attributes in page.all(element):
                address, part = urldefrag(attributes["href"] or "")
                there = Path(urljoin(str(place), address)) if address else place
                assert there.is_file(), f"{place}: {attributes['href']}"
                if part:
                    assert f'id="{part}"' in there.read_text(encoding="utf-8"), f"{place}: {attributes['href']}"


def test_no_page_fetches_or_runs_anything(site: Path) -> None:
    for place in pages(site):
        html = place.read_text(encoding="utf-8")
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://(?!www\.w3\.org)[^<\s]*\"", html), place


def test_no_account_stands_under_its_own_id(site: Path) -> None:
    for place in pages(site):
        assert not re.search(r"\buser_\d", place.read_text(encoding="utf-8")), place
        assert "user_" not in place.name


def test_an_account_page_marks_nothing_where_every_post_is_needed(site: Path) -> None:
    page = next(site.glob("runs/*/accounts/*.html")).read_text(encoding="utf-8")
    assert "All of them are needed to take it out." in page
    assert "would take it out</span>" not in page


def test_every_table_has_a_sidecar_with_its_scope(site: Path) -> None:
    for place in site.glob("runs/*/data/*.csv"):
        about = json.loads(place.with_name(f"{place.name}.about.json").read_text(encoding="utf-8"))
        assert about["headline"]
        assert about["scope"]


def test_the_list_of_runs_is_read_back(site: Path) -> None:
    assert [run["headline"] for run in runs_of(site)] == ["8 of 128 accounts."]
    assert runs_of(site / "nowhere") == []


def test_equal_editions_give_equal_pages(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        with Duck() as engine:
            write_run(tmp_path / name, edition_pages(edition(engine)), root="../../")
        written.append({place.name: place.read_bytes() for place in pages(tmp_path / name)})
    assert written[0] == written[1]


def test_a_stored_page_is_the_page_of_the_site(tmp_path: Path) -> None:
    from groundswell.publish.frame import Frame

    with Duck() as engine:
        leaves = edition_pages(edition(engine))
        write_sheets(tmp_path, leaves)
        for leaf in leaves:
            sheet = read_sheet(tmp_path, leaf.address)
            assert sheet is not None
            frame = Frame(root="../" * leaf.depth)
            framed = sheet.html(frame, version=leaf.content["version"])
            assert Page(framed).text.split() == Page(leaf.html(frame)).text.split()
    assert read_sheet(tmp_path, "nowhere.html") is None
