"""Words that mean harm, carried through a run: no file that leaves the house runs one, breaks on one or loses one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from groundswell.engine.duck import Duck
from groundswell.model.run import Parameters
from groundswell.pipeline import export_as, open_study, publish_site, run
from groundswell.publish.exports.catalogue import exports
from groundswell.publish.exports.spreadsheet import FORMULA, plain
from tests.browser.crowd import HARM, write_crowd

HARMLESS = {"", "http", "https", "mailto", "data"}
"""Schemes that an address on a page may have."""

FORMATS = [one for one in exports() if one.suffix != ".pdf"]
"""The brief as PDF is the HTML brief, printed."""


class Page(HTMLParser):
    """Collects what a page would do by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.does: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        told = dict(attrs)
        inert = tag != "script" or told.get("type") == "application/ld+json" or self._is_ours(told.get("src"))
        if not inert or tag in {"iframe", "object", "embed", "base", "form"}:
            self.does.append(f"<{tag} {told}>")
        self.does += [f"{name} on <{tag}>" for name in told if name.startswith("on") or name == "srcdoc"]
        self.does += [
            f"{name}={told[name]!r}"
            for name in ("href", "src", "action", "xlink:href")
            if name in told and urlsplit(told[name] or "").scheme not in HARMLESS
        ]
        if (told.get("src") or "").startswith("data:text"):
            self.does.append(f"src={told['src']!r}")

    @staticmethod
    def _is_ours(src: str | None) -> bool:
        return src is not None and not urlsplit(src).scheme and not src.startswith("//")


def done_by(html: str) -> list[str]:
    """What a page would do by itself, by the elements and attributes that do things."""
    page = Page()
    page.feed(html)
    page.close()
    return page.does


@pytest.fixture(scope="module", params=[False, True], ids=["pseudonyms", "handles"])
def out(request, tmp_path_factory) -> Path:
    """A run on the file whose every word means harm."""
    folder = tmp_path_factory.mktemp("harm")
    crowd = write_crowd(folder / "crowd.csv")
    crowd.write_text(crowd.read_text(encoding="utf-8").replace("m4javascript", "=m4javascript"), encoding="utf-8")
    run([folder / "crowd.csv"], folder / "out", Parameters(power=0, campaign="#gate", show_handles=request.param))
    return folder / "out"


def files_of(folder: Path, suffix: str) -> Iterator[tuple[str, str]]:
    """Name and text of each file with the suffix."""
    for path in sorted(folder.rglob(f"*{suffix}")):
        if "study" not in path.relative_to(folder).parts:
            yield path.name, path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("harm", ["<script>x</script>", '<a href="javascript:x">', '<b onclick="x">', "<iframe>"])
def test_the_watchman_sees_harm(harm):
    assert done_by(harm) != []


def test_no_page_of_the_run_or_of_the_site_does_anything(out, tmp_path):
    publish_site(open_study(out), tmp_path / "site")

    pages = [*files_of(out, ".html"), *files_of(tmp_path / "site", ".html")]

    assert len(pages) > 10
    assert {name: found for name, html in pages if (found := done_by(html))} == {}


@pytest.mark.parametrize("export", FORMATS, ids=lambda one: one.name)
def test_every_export_is_whole_and_inert(out, tmp_path, export):
    place = tmp_path / f"out{export.suffix}"
    files = export_as(open_study(out), export.name, place)

    assert files
    for path in files:
        if path.suffix == ".html":
            assert done_by(path.read_text(encoding="utf-8")) == []
        elif path.suffix in {".json", ".jsonld"}:
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix in {".gexf", ".graphml", ".xml", ".svg"}:
            ElementTree.fromstring(path.read_bytes())
        elif path.suffix == ".csv":
            rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
            assert {len(row) for row in rows} == {len(rows[0])}, path.name
        elif path.suffix == ".parquet":
            with Duck() as engine:
                engine.rows("select * from read_parquet($path)", path=str(path))
        else:
            path.read_text(encoding="utf-8")


def test_a_spreadsheet_is_given_no_formula_and_its_marks_come_off(out, tmp_path):
    export_as(open_study(out), "csv", tmp_path / "plain")
    export_as(open_study(out), "spreadsheet", tmp_path / "guarded")

    n_marked = 0
    for path in sorted((tmp_path / "plain").glob("*.csv")):
        as_it_is = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        guarded_text = (tmp_path / "guarded" / path.name).read_text(encoding="utf-8-sig")
        guarded = list(csv.reader(io.StringIO(guarded_text, newline="")))
        for row, guarded_row in zip(as_it_is, guarded, strict=True):
            for cell, guarded_cell in zip(row, guarded_row, strict=True):
                if guarded_cell != cell:
                    n_marked += 1
                    assert plain(guarded_cell) == cell
                elif FORMULA.match(cell):
                    float(cell)  # a negative number is no formula
    with_handles = json.loads((out / "run.json").read_text(encoding="utf-8"))["parameters"]["show_handles"]
    assert (n_marked > 0) == with_handles, "a pseudonym is no formula; the account that begins with = is one"


def test_the_words_themselves_are_kept_to_the_letter(out):
    with Duck() as engine:
        open_study(out).open_tables(engine)
        texts = {text for (text,) in engine.rows("select text from posts")}

    assert all(any(harm in text for text in texts) for harm in HARM)
