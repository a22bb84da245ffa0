"""No page of the app or of a site keeps words of its own in English: what is fixed stands in every catalogue.

Templates ──taken apart──► texts between two tags, heads of tables, labels ──► each is known in each language

A figure, a name or what somebody measured comes from the study and stays as it is; it stands in an element of its own,
so that the words around it can be translated.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

import groundswell.traces
from groundswell.engine.engine import Engine
from groundswell.model.finding import Verdict
from groundswell.model.plugins import found
from groundswell.publish.frame import Frame
from groundswell.publish.language import LANGUAGES, catalogue
from groundswell.publish.numerals import figures
from groundswell.publish.page import verdict_words
from groundswell.publish.redaction import Redaction
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.sheet import sheet_of
from groundswell.publish.translation import Words
from groundswell.publish.watch_page import THINGS, watch_content
from groundswell.watch.panel import panels
from groundswell.watch.panels.weekdays import DAYS
from groundswell.watch.span import Span
from groundswell.watch.watch import watch
from tests.publish.editions import edition
from tests.watch.crowds import END, crowd

OTHERS = [code for code in LANGUAGES if code != "en"]
TEMPLATES = Path(str(files("groundswell.publish"))) / "templates"
IN_ENGLISH = {
    "brief.html": "the brief is a file for an English desk",
    "report.html": "the report is one file, written once",
    "ledger.html": "a file beside the report",
    "inspection.html": "what `inspect --page` writes; the app shows it marked as English",
    "demo_index.html": "the demo's first page",
    "worksheet.html": "a sheet that people fill in, in the words of ICD 203",
}
"""Pages that are neither the app's nor a site's."""

ISLANDS = Path(__file__).parents[2] / "web" / "src"
ISLAND = re.compile(r'\bsaid\((?:[^"()]*\? )?"([^"]+)"(?: : "([^"]+)")?')

STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
UNTOLD = re.compile(r"\{% block (?:head|policy|title) %\}.*?\{% endblock %\}", re.DOTALL)
THEIRS = re.compile(
    r"<(style|script|option|svg|textarea|time|bdi)\b.*?</\1>"
    r'|<([a-z0-9]+) [^>]*(?:class="[^"]*mono[^"]*"|lang="en")[^>]*>.*?</\2>',
    re.DOTALL,
)
CAPTION = re.compile(r', "([A-Z][^"]+)"(?=[,)])')
HEAD, SAID, LABEL = (
    re.compile(r'\("([^"]+)", [01]\)'),
    re.compile(r'\b_\("([^"]+)"\)'),
    re.compile(r'aria-label="([^"{]+)"'),
)
TAG, BREAK = re.compile(r"<[^>]*>"), "\x01"
LETTERS = re.compile(r"[A-Za-z]{2}")
ENGLISH_CELL = re.compile(r'<t[dh] [^>]*class="[nw]"><bdi lang="en"[^>]*>(.*?)</bdi>|<text [^>]*lang="en">(.*?)</text>')
"""Cells of our columns, and words of drawings, that a page marks as English."""


def whole(tag: re.Match[str]) -> str:
    """A tag without what is said in it only sometimes."""
    return tag.group().replace(BREAK, "")


def fixed_texts(source: str) -> set[str]:
    """Every text of a template that is the program's own, an expression in it as a number."""
    found = {text for pattern in (HEAD, CAPTION, SAID, LABEL) for text in pattern.findall(source)}
    bare = STATEMENT.sub(BREAK, UNTOLD.sub("", source))
    for text in re.split(rf"<[^>]*>|{BREAK}", TAG.sub(whole, THEIRS.sub("<>", EXPRESSION.sub("8", bare)))):
        found.add(" ".join(text.split()))
    return {text for text in found if LETTERS.search(text)}


def test_a_text_is_taken_from_between_its_tags() -> None:
    written = '<p{% if n %} class="n"{% endif %}>Seen {{ n }} times by <bdi>{{ who }}</bdi>'
    written += "{% if more %}, or more{% endif %}.</p>"
    assert fixed_texts(written + '{{ table([("Place", 0)], rows, "Places") }}') == {
        *("Seen 8 times by", ", or more", "Place", "Places"),
    }


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("template", [str(place.relative_to(TEMPLATES)) for place in sorted(TEMPLATES.rglob("*.html"))])
def test_no_page_of_the_app_or_a_site_has_untranslated_words(template: str, language: str) -> None:
    if Path(template).name in IN_ENGLISH:
        assert not template.startswith(("web/", "site/"))
        return
    words = Words(language)
    assert [
        text for text in fixed_texts((TEMPLATES / template).read_text(encoding="utf-8")) if words.of(text) is None
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_panel_speaks_every_language(language: str) -> None:
    words = Words(language)
    said = [text for panel in panels() for text in (panel.title, panel.question, panel.caption)]
    log = crowd([(f"a{n % 40}", n % 47, ["gate", f"t{n % 5}"]) for n in range(600)])
    redaction = Redaction([], b"key", shown=False)
    for ids in (None, [f"a{n}" for n in range(8)]):
        found = watch(log, Span(END, 48.0), list_name="x" if ids else None, account_ids=ids)
        told = watch_content(found, redaction, version="0")["panels"]
        said += [name for panel in told for name, _ in panel.get("head", ())]
    assert [text for text in [*said, *THINGS.values()] if words.of(text) is None] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_cell_and_no_drawing_of_ours_stays_english(engine: Engine, language: str) -> None:
    """Columns of figures and words, and what is written in drawings; names stand in columns of their own."""
    one = edition(engine)
    left: set[tuple[str, str]] = set()
    for leaf in edition_pages(one):
        html = sheet_of(leaf).html(Frame(root="", language=language), version="0")
        left |= {(leaf.address, cell or drawn) for cell, drawn in ENGLISH_CELL.findall(html)}
    measured = {share.basis for share in one.assessment.shares}
    assert {text for _, text in left} <= measured


@pytest.mark.parametrize("language", OTHERS)
def test_every_kind_of_trace_weekday_and_verdict_is_known(language: str) -> None:
    words = Words(language)
    kinds = [trace.words.many for trace in found(groundswell.traces, "TRACE")]
    verdicts = [verdict_words(one) for one in Verdict]
    assert [text for text in [*kinds, *verdicts, *DAYS.values()] if words.of(text) in (None, text)] == []


@pytest.mark.parametrize("part", ["cells", "islands"])
def test_the_catalogues_say_the_same_in_every_language(part: str) -> None:
    keys = {language: set(catalogue(f"{part}.{language}")) for language in OTHERS}
    assert len({frozenset(known) for known in keys.values()}) == 1
    for language in OTHERS:
        for text, said in catalogue(f"{part}.{language}").items():
            assert text.count("{}") == said.count("{}"), text


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_islands_is_translated_and_no_other(language: str) -> None:
    source = "".join(place.read_text(encoding="utf-8") for place in sorted(ISLANDS.glob("*.ts")))
    said = {words for both in ISLAND.findall(source) for words in both if words}
    assert said == set(catalogue(f"islands.{language}"))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_every_figure_and_no_more(language: str) -> None:
    words = Words(language)
    said = words.of("Shown: 20 of 1,234.") or ""
    assert re.findall(r"\d[\d,.]*\d", said) == ["20", figures("1,234", language)]
    assert words.of("Why is it in group AB?") == (words.of("Why is it in group C?") or "").replace("C", "AB")
    assert words.of("Nobody has ever written this.") is None
