"""The page of a study that is being collected, in a browser: a number moves without a reload, and without a script.

collection.write(3) ──journal──► server ──event──► the page puts the new panels in place
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visit import Visit, visit
from tests.pipeline.test_live import Collection
from tests.web.test_live import served as serving

pytestmark = pytest.mark.slow

POSTS = re.compile(r"([\d,]+) posts, everybody collected")


@pytest.fixture
def collecting(tmp_path: Path) -> Iterator[tuple[Collection, str]]:
    """A study into which posts arrive, and the address of the app that shows it."""
    with closing(Collection(tmp_path / "gate.study")) as collection:
        collection.write(6)
        with serving(collection.study) as (_, port, token):
            yield collection, f"http://127.0.0.1:{port}/?token={token}"


def watch_page(way: Visit, address: str) -> Any:
    way.go(address.split("/?")[0] + "/watch")
    return way.page


def wait_for(page: Any, posts: int) -> None:
    page.locator(".scope span", has_text=f"{posts} posts, everybody collected").wait_for()


def test_a_number_moves_on_the_page_without_a_reload(chromium: Any, collecting: tuple[Collection, str]) -> None:
    collection, address = collecting
    with visit(chromium, address) as way:
        page = watch_page(way, address)
        wait_for(page, 6)
        page.evaluate("window.stayed = true")
        before = page.locator("#hashtags tbody tr").first.inner_text()
        collection.write(3)
        wait_for(page, 9)

        assert page.evaluate("window.stayed") is True
        assert page.locator("#hashtags tbody tr").first.inner_text() != before
        assert re.search(r"\d s behind", page.inner_text("#live"))
        assert way.complaints == []


def test_who_pauses_keeps_the_page_as_it_is_and_goes_on_when_asked(
    chromium: Any, collecting: tuple[Collection, str]
) -> None:
    collection, address = collecting
    with visit(chromium, address) as way:
        page = watch_page(way, address)
        wait_for(page, 6)
        pause = page.locator("#live button")
        pause.click()
        collection.write(3)
        state = address.split("/?")[0] + "/watch/state"
        while page.request.get(state).json()["posts"] != 9:
            page.wait_for_timeout(200)
        page.wait_for_timeout(1_500)
        assert POSTS.search(page.inner_text(".scope")).group(1) == "6"
        pause.click()
        page.evaluate("document.activeElement.blur()")
        collection.write(1)
        wait_for(page, 10)
        assert way.complaints == []


def test_without_a_script_the_page_is_whole_and_a_link_brings_the_next_number(
    chromium: Any, collecting: tuple[Collection, str]
) -> None:
    collection, address = collecting
    with visit(chromium, address, java_script_enabled=False) as way:
        page = watch_page(way, address)
        for _ in range(60):
            # Where nothing was counted yet the page comes again by itself; a link does it at once.
            if POSTS.search(page.inner_text(".scope")):
                break
            page.wait_for_timeout(500)
            page.get_by_role("link", name="Reload", exact=True).click()
        assert POSTS.search(page.inner_text(".scope")).group(1) == "6"
        assert page.locator("#hashtags tbody tr").count() > 0
        assert page.locator("#live button").count() == 0
        collection.write(3)
        for _ in range(60):
            page.wait_for_timeout(500)
            page.get_by_role("link", name="Reload", exact=True).click()
            if POSTS.search(page.inner_text(".scope")).group(1) == "9":
                break
        assert POSTS.search(page.inner_text(".scope")).group(1) == "9"
