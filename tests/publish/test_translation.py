"""Pages in other languages: what is fixed is translated as a whole, and what somebody wrote is never touched."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.publish.frame import Frame
from groundswell.publish.language import LANGUAGES, catalogue
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.sheet import sheet_of
from groundswell.publish.translation import translated, translated_page
from tests.publish.editions import edition, rewrite
from tests.publish.pages import Page

OTHERS = [code for code in LANGUAGES if code != "en"]
SOURCE = Path(str(files("groundswell")))


def test_an_element_is_translated_whole_or_stays_english_whole():
    assert translated("<h2>The groups</h2>", "de") == "<h2>Die Gruppen</h2>"
    assert translated("<p><b>Dot:</b> the share of 12.</p>", "de") == (
        '<p lang="en" dir="ltr"><b>Dot:</b> the share of 12.</p>'
    )
    assert translated("<span><b>12</b> posts</span>", "de") == "<span><b>12</b> Beiträge</span>"


@pytest.mark.parametrize(
    "written",
    [
        '<blockquote dir="auto">The groups</blockquote>',
        "<td><bdi>The groups</bdi></td>",
        '<span class="mono">run</span>',
        '<p lang="en">The groups</p>',
        '<svg><text lang="">Posts</text></svg>',
        '<svg><text class="mono small">posts</text></svg>',
        '<td class="w"><a href="x"><bdi>posts</bdi></a></td>',
        "<td><bdi>1,269</bdi></td>",
    ],
)
def test_what_somebody_wrote_or_drew_is_left_alone(written):
    assert translated(written, "de") == written


@pytest.mark.parametrize(
    ("written", "german"),
    [
        ('<td class="n"><bdi>1,269</bdi></td>', '<td class="n"><bdi>1.269</bdi></td>'),
        ('<td class="n"><bdi>0.27 % of 184,000</bdi></td>', '<td class="n"><bdi>0,27 % von 184.000</bdi></td>'),
        ('<th scope="row" class="w"><bdi>Monday</bdi></th>', '<th scope="row" class="w"><bdi>Montag</bdi></th>'),
        ('<td class="w"><bdi>links, texts</bdi></td>', '<td class="w"><bdi>Links, Texte</bdi></td>'),
        ('<td class="w"><bdi>1 May 23:18</bdi></td>', '<td class="w"><bdi>1. Mai 23:18</bdi></td>'),
        ('<td class="w"><bdi>up to 5.2 h</bdi></td>', '<td class="w"><bdi>bis 5,2\u00a0h</bdi></td>'),
        (
            "<p>Two days can&#39;t show a week: look at a longer stretch.</p>",
            "<p>Zwei Tage zeigen keine Woche: Sehen Sie einen längeren Zeitraum an.</p>",
        ),
        (
            '<svg role="img" aria-label="The groups"><text>2 May</text></svg>',
            '<svg role="img" aria-label="Die Gruppen"><text>2. Mai</text></svg>',
        ),
        (
            '<td class="w"><bdi>nobody said this</bdi></td>',
            '<td class="w"><bdi lang="en" dir="ltr">nobody said this</bdi></td>',
        ),
        (
            '<svg role="img" aria-label="A dot at 3."><text>with them</text></svg>',
            '<svg role="img" aria-label="A dot at 3." lang="en"><text>mit ihnen</text></svg>',
        ),
    ],
)
def test_our_own_cells_and_drawings_speak_the_language(written, german):
    assert translated(written, "de") == german


def test_a_page_in_english_goes_without_the_marks_that_only_a_translation_reads():
    marked = '<body><td class="w"><bdi>posts</bdi></td><td>class="w"</td></body>'

    assert translated_page(marked, "en") == '<body><td><bdi>posts</bdi></td><td>class="w"</td></body>'
    assert "Beiträge" in translated_page(marked, "de")


def test_a_hashtag_in_an_arabic_cell_keeps_its_own_direction():
    assert "\u2068#OpenGate\u2069" in translated('<td class="w"><bdi>posts with #OpenGate</bdi></td>', "ar")


def test_a_label_is_translated_where_it_is_fixed():
    assert translated('<div aria-label="The groups">1</div>', "ar") == '<div aria-label="المجموعات">1</div>'


@pytest.mark.parametrize("language", ["en", "xx"])
def test_english_and_unknown_languages_change_nothing(language):
    assert translated("<h2>The groups</h2>", language) == "<h2>The groups</h2>"


inner = st.recursive(
    st.sampled_from(["The groups", "Posts", "12 of 98 accounts", " ", "<br>", "<i/>"]),
    lambda parts: st.tuples(st.sampled_from(["p", "b", "div", "bdi", "span"]), st.lists(parts, max_size=3)).map(
        lambda told: f"<{told[0]}>{''.join(told[1])}</{told[0]}>"
    ),
    max_leaves=12,
)


@given(inner)
def test_nothing_is_lost_or_added_but_translations_and_marks(html):
    made = translated(html, "de")
    back = made.replace(' lang="en" dir="ltr"', "").replace("Die Gruppen", "The groups").replace("Beiträge", "Posts")
    back = back.replace("12 von 98 Konten", "12 of 98 accounts")

    assert back == html


@pytest.mark.parametrize("language", OTHERS)
def test_every_translated_text_stands_in_the_program_and_in_every_language(language):
    said = " ".join(" ".join(place.read_text(encoding="utf-8").split()) for place in [
        *SOURCE.rglob("*.html"), *SOURCE.rglob("*.py"),
    ])  # fmt: skip
    words = catalogue(f"pages.{language}")
    # In the catalogue {} is a number: one that a template writes out, or fills in.
    pattern = re.sub(r"\{\{.*?\}\}|\d(?:[\d,.]*\d)?", "{}", said).lower()

    assert [text for text in words if text.lower() not in said.lower() and text.lower() not in pattern] == []
    assert set(words) == set(catalogue("pages.de"))
    assert all(value.strip() for value in words.values())


@pytest.mark.parametrize("language", OTHERS)
def test_the_pages_of_a_run_are_whole_in_every_language(engine, language):
    one = edition(engine)
    rewrite(engine, "The groups")
    for leaf in edition_pages(one):
        html = sheet_of(leaf).html(Frame(root="", language=language), version="0")
        assert Page(html).unbalanced == [], leaf.address
        if leaf.address.startswith("groups/"):
            assert '<blockquote dir="auto">The groups</blockquote>' in html
            assert not re.search(r"<h3>Who are the members\?", html)
