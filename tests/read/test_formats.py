"""The page of formats says what the readers say."""

from __future__ import annotations

from pathlib import Path

from groundswell.read.formats import page

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_in_the_docs_is_the_one_the_readers_make():
    assert (DOCS / "formats.md").read_text(encoding="utf-8") == page()
