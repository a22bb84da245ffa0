"""captured_pages: what a page said when it was kept, read back, and traced like any other article."""

from __future__ import annotations

import json

import pytest

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.evidence.capture import capture
from groundswell.evidence.captured_pages import captured_pages
from tests.evidence.conftest import HAND, LOOPBACK

ARTICLE = (
    "<html><head><title>Bots drove it</title></head><body><article>"
    "<p>Bots drove #OpenGate, the Harbour Post reported.</p></article></body></html>"
)


def test_a_captured_page_is_read_back_as_it_was_also_behind_a_redirect(study, web):
    web.html("/b", ARTICLE)
    web.redirect("/a", "/b")
    made = capture(study, f"{web.url}/a", HAND, LOOPBACK)
    other = capture(study, f"{web.url}/post/1", HAND, LOOPBACK)

    found = [(page.capture, page.url, "Post 1" in page.html) for page in captured_pages(study)]

    assert found == [(made.capture, f"{web.url}/b", False), (other.capture, f"{web.url}/post/1", True)]


def test_captures_are_articles_of_the_claims_and_are_taken_in_once(study, web):
    web.html("/b", ARTICLE)
    capture(study, f"{web.url}/b", HAND, LOOPBACK, media=False)
    for _ in range(2):
        made = pipeline.claims(study.folder, captures=True, about="#OpenGate")

    assert [one.url for one in made.found.traced.documents] == [f"{web.url}/b"]
    assert len(json.loads((study.folder / "claims" / "documents.json").read_text())["files"]) == 1


def test_a_study_without_captures_is_told_so(study):
    with pytest.raises(WrongUse, match="No capture"):
        pipeline.claims(study.folder, captures=True, about="#OpenGate")
