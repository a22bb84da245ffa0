"""Reading: one article in four formats is one article; hostile pages end as text; rows are counted."""

from __future__ import annotations

import csv
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims.document import Kind
from groundswell.claims.html_article import DEEPEST, read_page
from groundswell.claims.read_documents import documents_of, read_documents
from groundswell.claims.sentences import clauses, sentences
from groundswell.errors import UnreadableFile

PAGE = """<!doctype html><html><head><title>Quay | Gate</title>
<meta property="og:title" content="The gate"><meta property="og:site_name" content="Daily Quay">
<link rel="canonical" href="https://quay.example/1">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The gate",
 "datePublished": "2026-05-08T07:00:00Z", "author": [{"name": "Ana"}]}</script></head>
<body><nav><a href="https://quay.example/home">Home</a></nav>
<article><h1>The gate</h1><p>Bots drove #Gate, <a href="https://list.example/d">a list</a> shows.</p>
<script>document.write("#Gate")</script></article>
<section class="comments"><div class="comment" id="comment-1">See <a href="https://x.example/1">this</a></div>
<div class="comment">Me too</div></section><footer>Imprint</footer></body></html>"""

TEXT = """url: https://quay.example/1
publisher: Daily Quay
author: Ana
published: 2026-05-08T07:00:00Z
title: The gate

Bots drove #Gate, [a list](https://list.example/d) shows.

## Comments

See https://x.example/1

Me too
"""
FIELDS = {
    "url": "https://quay.example/1",
    "publisher": "Daily Quay",
    "author": "Ana",
    "published": "2026-05-08T07:00:00Z",
    "title": "The gate",
}
BODY = "Bots drove #Gate, a list shows."


def one(name, content):
    (found,) = documents_of([(name, content.encode())]).documents
    return found


def seen(document):
    told = document.url or document.canonical, document.publisher, document.author, document.published, document.title
    return told, document.text, [link.url for link in document.links]


def test_one_article_in_four_formats_is_one_article():
    page, text = one("a.html", PAGE), one("a.md", TEXT)
    line = one("a.jsonl", json.dumps({**FIELDS, "text": BODY, "links": ["https://list.example/d"]}))
    table = one(
        "a.csv",
        "url,publisher,author,published,title,text,links\n"
        + ",".join(FIELDS.values())
        + f',"{BODY}",https://list.example/d',
    )

    assert seen(page) == seen(text) == seen(line) == seen(table)
    assert page.text[page.links[0].start : page.links[0].end] == "a list"
    assert (page.n_replies, text.n_replies) == (2, 2)


def test_rows_are_documents_or_left_out_with_a_reason():
    rows = [{**FIELDS, "text": BODY}, {**FIELDS, "text": "again"}, {"url": "https://b.example/2"}, "no object"]
    found = documents_of([("a.json", json.dumps(rows).encode())])

    assert [left.reason for left in found.left_out] == [
        "the same address as a.json, row 1",
        "no text",
        "not an object with fields",
    ]
    assert found.n_rows == len(rows)


def test_unknown_is_unknown():
    found = one("a.txt", "Bots drove #Gate.")

    assert (found.published, found.publisher, found.url, found.kind) == (None, None, None, Kind.ARTICLE)


def test_an_unknown_kind_of_file_is_named_with_what_to_do(tmp_path):
    place = tmp_path / "a.pdf"
    place.write_bytes(b"%PDF")

    with pytest.raises(UnreadableFile, match="no file of articles") as caught:
        read_documents([place])

    assert "Save the page as HTML" in str(caught.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "<!" * 200_000,
        "<a " * 100_000,
        "<![CDATA[" * 50_000,
        "<?" * 200_000,
        "<div>" * 30_000 + "deep",
        "<p " + "a=" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script><p>text",
        "&#x" * 100_000,
        "</p>" * 50_000,
        "<comment" * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_page_ends_as_text_and_soon(hostile):
    start = time.process_time()
    page = read_page(hostile)

    assert "<script" not in page.text
    assert time.process_time() - start < 10


def test_what_stands_deeper_than_any_page_is_still_text():
    assert read_page("<div>" * (DEEPEST + 50) + "deep").text == "deep"


def test_scripts_menus_and_footers_are_no_text():
    page = read_page(PAGE)

    assert page.text == BODY
    assert [url for url, _, _ in page.links] == ["https://list.example/d"]


@given(st.text(alphabet="<>/ apdivscriptcomment=\"'&;#!-?x\n", max_size=200))
def test_any_markup_is_read_without_an_error_and_links_lie_in_the_text(markup):
    page = read_page(markup)

    assert all(0 <= a <= b <= len(page.text) for _, a, b in page.links)


@given(st.text(alphabet="ab.!? \n“”#A1;,—", max_size=120))
def test_sentences_and_clauses_lose_nothing_but_blanks(text):
    spans = sentences(text)
    outside = "".join(
        text[a:b] for a, b in zip([0, *(b for _, b in spans)], [*(a for a, _ in spans), len(text)], strict=True)
    )

    assert not outside.strip()
    for span in spans:
        inner = clauses(text, span)
        assert all(span[0] <= a < b <= span[1] for a, b in inner)
        assert inner == sorted(inner)


@pytest.mark.parametrize("table", ["url,text\nhttps://quay.example/1,The gate.\n", 'url,text\n"a\nb\x00\r'])
def test_the_limit_on_cells_is_put_back(table):
    usual = csv.field_size_limit()

    documents_of([("articles.csv", table.encode())])

    assert csv.field_size_limit() == usual
