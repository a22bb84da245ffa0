"""The catalogues: every word that a template marks has its translation, and none is left over."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from groundswell.publish.frame import Frame
from groundswell.publish.language import LANGUAGES, catalogue, direction, in_language
from groundswell.publish.page import page
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.store.judgements import ANSWERS
from groundswell.web.frames import PAGES
from tests.publish.editions import edition

MARKED = re.compile(r"""_\("([^"]+)"\)""")
TEMPLATES = Path(str(files("groundswell.publish") / "templates"))


@pytest.fixture
def marked(engine):
    """Everything that is given to `_`: in templates, names of pages, answers."""
    texts = [place.read_text(encoding="utf-8") for place in sorted(TEMPLATES.rglob("*.html"))]
    rows = {leaf.words for leaf in edition_pages(edition(engine)) if leaf.in_the_row}
    answers = {answer for answer in ANSWERS if answer != "withdrawn"}
    return {word for text in texts for word in MARKED.findall(text)} | rows | {words for words, _ in PAGES} | answers


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_marked_word_is_translated_and_no_other(marked, language):
    assert sorted(set(catalogue(language)) ^ marked) == []
    assert all(said.strip() for said in catalogue(language).values())


def test_what_nobody_translated_stays_english():
    assert in_language("8 of 98 accounts", "de") == "8 of 98 accounts"
    assert in_language("Files", "xx") == "Files"
    assert (direction("ar"), direction("xx")) == ("rtl", "ltr")


def test_a_translation_is_text_like_any_other(monkeypatch):
    monkeypatch.setattr("groundswell.publish.page.in_language", lambda words, language: "<b>")
    shown = page("web/sorry.html", frame=Frame(root="/", language="de"), version="0", heading="x", lines=[])
    assert "<b>" not in shown
