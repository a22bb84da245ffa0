"""Corpora that were coded by hand, and small collections written in a test."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from groundswell.claims.document import Document
from groundswell.claims.provenance import Provenance, provenance
from groundswell.claims.read_documents import Reading, documents_of

FOLDER = Path(__file__).parent / "corpora"


def blocks(text: str) -> dict[str, bytes]:
    """The documents of a text, each beneath a line ``=== name``, as files."""
    found = {}
    for block in ("\n" + text.strip()).split("\n=== ")[1:]:
        name, _, rest = block.partition("\n")
        found[name.strip()] = rest.strip("\n").encode()
    return found


def reading(text: str) -> Reading:
    """Read documents that are drawn in a text."""
    return documents_of((f"{name}.md", content) for name, content in blocks(text).items())


def named(documents: tuple[Document, ...]) -> dict[str, str]:
    """The short name of each document, by id."""
    return {one.document_id: one.file.removesuffix(".md") for one in documents}


@cache
def coded(name: str) -> tuple[Provenance, dict[str, Any]]:
    """A corpus as the program reads it, and the truth."""
    truth = tomllib.loads((FOLDER / f"{name}.truth.toml").read_text(encoding="utf-8"))
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return provenance(reading(text), about=truth["about"], n_draws=400), truth


def traced(text: str, about: str = "#Gate", **options: Any) -> Provenance:
    """Trace documents that are drawn in a test."""
    return provenance(reading(text), about=about, n_draws=200, **options)


def edges(found: Provenance) -> set[tuple[str, str]]:
    """(who took it over, whom from), by short names."""
    names = named(found.traced.documents)
    return {(names[one.citing], names.get(one.cited, one.cited)) for one in found.traced.citations}
