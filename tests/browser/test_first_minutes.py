"""From an empty study to an export, as somebody does it who has never seen the program, in a real browser."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.browser.crowd import write_crowd
from tests.browser.visit import Visit, analyse, visit

pytestmark = pytest.mark.slow

LARGEST_FIRST_PAGE = 200_000
"""Bytes of the first page with its style and script, not packed."""

SIZES = {"phone": (390, 844), "laptop": (1280, 800), "wide": (1920, 1080)}
LOOKS = (
    ("phone", "light", "ltr"),
    ("phone", "dark", "rtl"),
    ("laptop", "light", "rtl"),
    ("laptop", "dark", "ltr"),
    ("wide", "light", "ltr"),
)

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def walked(chromium: Any, served: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """The app after a hostile file was dropped and analysed: its address, the run's, and what the work's page said."""
    file = write_crowd(tmp_path_factory.mktemp("crowd") / "<b>own.csv")
    with visit(chromium, served) as way:
        assert way.page.url.endswith("/files")
        said = analyse(way.page, file)
        assert way.complaints == []
        return served, way.page.url.removesuffix("/index.html"), said


@pytest.fixture
def laptop(chromium: Any, walked: tuple[str, str, str]) -> Iterator[Visit]:
    """A visit to the analysed study, with nothing to complain of at its end."""
    with visit(chromium, walked[0], viewport={"width": 1280, "height": 800}) as way:
        yield way
        assert way.complaints == []


def pages(run: str) -> list[str]:
    """Addresses below the run or from the root of one page of each kind."""
    below = ["index", "campaign", "map", "groups/A", "limits", "rows", "check"]
    return [*(f"{run}/{one}.html" for one in below), *(run.split("/runs/")[0] + f"/{one}" for one in OWN)]


OWN = (
    *("files", "runs", "account", "export", "progress", "watch", "lists", "setting"),
    "watch/item?kind=hashtag&name=gate",
)


def test_a_dropped_file_becomes_a_group_an_account_a_judgement_and_an_export(laptop, walked):
    page = laptop.page
    assert "Time left" in walked[2]
    assert "8 of 98 accounts" in page.inner_text("h1")
    page.get_by_role("link", name=re.compile("The posts, the members")).click()
    page.wait_for_url("**/groups/A.html")
    assert page.locator("figure.fig svg[role=img]").count() > 0
    page.get_by_text("Table of this figure").first.click()
    assert page.locator("details[open] tbody tr").count() > 0
    page.locator("a[href*='accounts/']").first.click()
    page.wait_for_url("**/accounts/*.html")
    assert "Being here is no accusation" in page.inner_text("main")
    said = page.locator("#said-by-people")
    said.locator("input[value=unsure]").check()
    said.locator("input[name=who]").fill("ana")
    said.locator("textarea[name=why]").fill("<script>window.ran = 7</script>")
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_url("**#said-by-people")
    assert "window.ran = 7" in said.inner_text()
    page.get_by_role("link", name="Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download brief", exact=True).click()
    assert "8 of 98 accounts" in Path(download.value.path()).read_text(encoding="utf-8")


def test_the_map_opens_a_group_and_leads_to_the_page_of_a_member(laptop, walked):
    page = laptop.page
    laptop.go(f"{walked[1]}/map.html")
    said = page.locator("#open [data-part=said]")
    page.get_by_role("button", name=re.compile("^Group A, 8")).click()
    assert "Open: Group A, 8 accounts" in said.inner_text()
    assert page.locator("#open canvas").count() > 0
    page.get_by_text("Table of the accounts that are open").click()
    assert page.locator("#open tbody tr").count() == 8
    page.locator("#open tbody a").first.click()
    page.wait_for_url("**/accounts/*.html")


def test_the_open_map_leaves_as_a_picture_with_its_marks_and_its_scope(laptop, walked, tmp_path):
    page = laptop.page
    laptop.go(f"{walked[1]}/map.html")
    page.get_by_role("button", name="Open all").click()
    with page.expect_download() as download:
        page.locator("#open .tools").get_by_text("SVG").click()
    download.value.save_as(tmp_path / "map.svg")
    root = ElementTree.parse(tmp_path / "map.svg").getroot()
    assert len([one for one in root.iter() if one.tag.endswith("circle") and one.get("r") is not None]) >= 8
    assert "912 posts · 98 accounts" in (root.findtext("{http://www.w3.org/2000/svg}metadata") or "")


def test_a_list_is_started_filled_from_a_group_and_watched(laptop, walked):
    page = laptop.page
    page.get_by_role("link", name="Lists", exact=True).click()
    form = page.locator("form[action='/lists']")
    form.locator("input[name=name]").fill("gate")
    form.locator("textarea[name=rule]").fill("shared the links within seconds")
    form.locator("input[name=who]").fill("ana")
    form.get_by_role("button", name="Start it").click()
    add = page.locator("form[action='/lists/members']")
    add.locator("input[name=who]").fill("ana")
    add.get_by_role("button", name="Add them").click()
    page.get_by_role("link", name="Watch gate:found").click()
    page.wait_for_url("**/watch?list=gate*")
    assert "precision unknown" in page.inner_text("main")
    page.locator("#hashtags tbody a").first.click()
    page.wait_for_url("**/watch/item?*")
    assert "Did the list lead or trail?" in page.inner_text("main")


@pytest.mark.parametrize(("size", "scheme", "direction"), LOOKS)
def test_every_page_fits_shuts_nobody_out_and_runs_nothing(chromium, walked, axe, size, scheme, direction):
    served, run, _ = walked
    width, height = SIZES[size]
    wrong: dict[str, Any] = {}
    with visit(chromium, served, viewport={"width": width, "height": height}, color_scheme=scheme) as way:
        page = way.page
        way.go(f"{run}/groups/A.html")
        account = page.locator("a[href*='accounts/']").first.evaluate("link => link.href")
        for address in [*pages(run), account]:
            assert way.go(address) == 200
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            if (across := page.evaluate("document.documentElement.scrollWidth")) > width:
                wrong[f"{address} scrolls sideways"] = across
            if (ran := page.evaluate("window.ran ?? window.parent.ran ?? null")) is not None:
                wrong[f"{address} ran a script"] = ran
            page.evaluate(axe)
            found = page.evaluate("rules => axe.run(document, rules)", RULES)
            for one in found["violations"]:
                wrong[f"{address} {one['id']}"] = [node["html"][:160] for node in one["nodes"][:3]]
        assert (wrong, way.complaints) == ({}, [])


def test_the_policy_stops_a_script_and_no_page_of_ours_broke_it(chromium, walked):
    served, run, _ = walked
    with visit(chromium, served) as way:
        reports = run.split("/runs/")[0] + "/csp"
        way.go(reports)
        assert json.loads(way.page.inner_text("body"))["reports"] == []
        way.go(f"{run}/index.html")
        way.page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 8'}))"
        )
        assert way.page.evaluate("window.ran ?? null") is None
        assert any("Content Security Policy" in one for one in way.complaints)


def test_the_first_page_is_light(chromium, walked):
    answers: list[Any] = []
    with visit(chromium, walked[0]) as way:
        way.page.on("response", lambda answer: answers.append(answer))  # a built-in is no handler
        way.page.reload(wait_until="load")
        way.page.wait_for_timeout(500)
        sizes = {one.url: len(one.body()) for one in answers if one.status == 200}
        assert {address.rsplit("/", 1)[1] for address in sizes} >= {"index.html", "groundswell.css", "groundswell.js"}
        assert sum(sizes.values()) < LARGEST_FIRST_PAGE
        assert {urlsplit(one.url).netloc for one in answers} == {urlsplit(walked[0]).netloc}


def test_a_copied_sentence_says_what_it_is_a_part_of(laptop, walked):
    page, run = laptop.page, walked[1].rsplit("/", 1)[1]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: this sentence, with what it is a part of").first.click()
    page.get_by_role("button", name="Copy").first.filter(has_text="Copied").wait_for()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.startswith("8 of 98 accounts acted together")
    assert re.search(rf"Of: 912 posts · 98 accounts · .*\ngroundswell [\d.]+, run {run}\.\n$", said)


def test_what_the_data_do_not_support_can_not_be_copied_as_if_they_did(laptop):
    assert laptop.page.locator(".no .say").count() > 0
    assert laptop.page.locator(".no .copy").count() == 0


def test_a_figure_carries_its_scope_in_the_picture_and_in_its_metadata(laptop, walked, tmp_path):
    page, run = laptop.page, walked[1].rsplit("/", 1)[1]
    tools = page.locator("figure.fig .tools").first
    for words in ("SVG", "PNG"):
        with page.expect_download() as download:
            tools.get_by_text(words).click()
        download.value.save_as(tmp_path / words)
    root = ElementTree.parse(tmp_path / "SVG").getroot()
    drawn = " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    about = json.loads(root.findtext("{http://www.w3.org/2000/svg}metadata") or "")
    for said in (drawn, json.dumps(about, ensure_ascii=False)):
        assert "912 posts · 98 accounts" in said
        assert re.search(rf"groundswell [\d.]+, run {run}", said)
    assert not [one.tag for one in root.iter() if one.tag.endswith(("script", "foreignObject", "image"))]
    with Image.open(tmp_path / "PNG") as picture:
        assert "912 posts · 98 accounts" in picture.text["Description"]
        assert run in picture.text["Source"]
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 20


def test_a_table_is_put_in_order_with_the_keyboard(laptop, walked):
    page = laptop.page
    laptop.go(f"{walked[1]}/groups/A.html")
    table = page.locator("table", has=page.locator("caption", has_text="Members of group A"))
    head = table.get_by_role("columnheader", name="Posts")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    posts = [int(cell.replace(",", "")) for cell in table.locator("tbody tr td:nth-child(2)").all_inner_texts()]
    assert posts == sorted(posts)


def test_buttons_and_figures_speak_the_language_of_the_page(laptop, walked):
    page = laptop.page
    page.context.add_cookies([{"name": "groundswell-language", "value": "de", "url": walked[0].split("/?")[0]}])
    laptop.go(f"{walked[1]}/map.html")
    page.get_by_role("button", name="Alle öffnen").click()
    assert "Offen: Gruppe A, 8 Konten." in page.locator("#open [data-part=said]").inner_text()
    page.get_by_role("button", name="Kopieren: diesen Satz").first.wait_for()
    laptop.go(walked[1].split("/runs/")[0] + "/watch")
    head = page.locator("#hours").get_by_role("columnheader", name="Anteil an den Beiträgen")
    head.get_by_role("button").click()
    shares = page.locator("#hours tbody tr td:last-child").all_inner_texts()
    parts = [float(share.replace("\u00a0", " ").removesuffix(" %").replace(",", ".")) for share in shares]
    assert parts == sorted(parts, reverse=True)
    assert any("," in share for share in shares)


def test_a_figure_of_the_panels_carries_its_stretch_and_its_version(laptop, walked, tmp_path):
    page = laptop.page
    laptop.go(walked[1].split("/runs/")[0] + "/watch/item?kind=hashtag&name=gate")
    with page.expect_download() as download:
        page.locator("figure.fig .tools").first.get_by_text("SVG").click()
    assert download.value.suggested_filename.startswith("watch-")
    download.value.save_as(tmp_path / "item.svg")
    about = json.loads(ElementTree.parse(tmp_path / "item.svg").findtext("{http://www.w3.org/2000/svg}metadata") or "")
    assert re.search(r"^until .*everybody collected", about["scope"])
    assert re.fullmatch(r"groundswell [\d.]+", about["Source"])


def test_without_scripts_every_page_says_the_same(chromium, walked):
    served, run, _ = walked
    with visit(chromium, served, java_script_enabled=False) as way:
        for address in pages(run):
            assert way.go(address) == 200
            assert way.page.locator("h1").count() == 1
        assert way.page.locator(".copy, .tools, .sort").count() == 0
