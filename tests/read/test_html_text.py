"""HTML from strangers: words and links come out, markup never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.read.html_text import words_and_links


def test_paragraphs_and_breaks_become_lines():
    assert words_and_links("<p>one<br>two</p><p>three</p>")[0] == "one\ntwo\nthree"


@pytest.mark.parametrize(
    "html", ["<script>x()</script>", "<style>p{}</style>", "<svg><text>x</text></svg>", "<iframe>x</iframe>"]
)
def test_what_stands_in_other_elements_is_dropped(html):
    assert words_and_links(f"a{html}b")[0] == "ab"


def test_links_are_kept_and_those_a_server_makes_are_not():
    html = (
        '<a href="https://example.org/a">x</a><a class="mention hashtag" href="https://example.social/tags/b">#b</a>'
        '<a href="javascript:alert(1)">y</a><a href="https://example.org/a">again</a>'
    )

    assert words_and_links(html)[1] == ("https://example.org/a",)


def test_entities_are_words():
    assert words_and_links("a &amp; b &lt;c&gt;")[0] == "a & b <c>"


@given(st.text(alphabet='<>/ap"= scrit!-&;', max_size=60))
def test_anything_is_words(html):
    words, links = words_and_links(html)

    assert isinstance(words, str)
    assert all(link.startswith("http") for link in links)


def test_markup_that_no_post_has_is_taken_for_words():
    """A hundred thousand tags that never close took the parser more than a minute."""
    words, links = words_and_links("<a href='" * 100_000)

    assert words.startswith("<a href='<a href='")
    assert links == ()
