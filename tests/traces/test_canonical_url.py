"""canonical_url: what is one page and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.traces.canonical_url import canonical_url


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://news.example/a", "news.example/a"),
        ("HTTP://WWW.News.Example:80//a/", "news.example/a"),
        ("news.example/a?b=1&a=2", "news.example/a?a=2&b=1"),
        ("https://news.example/a?fbclid=1&utm_campaign=x", "news.example/a"),
        ("https://social.example/story?story_fbid=1&id=2", "social.example/story?id=2&story_fbid=1"),
        ("https://youtu.be/abc", "youtube.com/watch?v=abc"),
        ("https://m.youtube.com/watch?v=abc&t=5s", "youtube.com/watch?v=abc"),
        ("https://twitter.com/ana/status/12/photo/1", "x.com/i/status/12"),
        ("http://twitter.com/#!/ana/status/12", "x.com/i/status/12"),
        ("https://x.com/search?q=gate&s=20", "x.com/search?q=gate"),
        ("https://news.example:8443/a", "news.example:8443/a"),
    ],
)
def test_one_page_has_one_form(url, form):
    assert canonical_url(url) == form


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "https://news.example",
        "https://news.example/?utm_source=x",
        "javascript:alert(1)",
        "ftp://a.example/b",
        "https://[broken",
        "https://a.example:port/b",
        "localhost/a",
        "https://a.example/" + "x" * 5000,
    ],
)
def test_what_names_no_page_is_none(url):
    assert canonical_url(url) is None


@given(st.text(max_size=60))
def test_any_text_gives_a_form_that_is_its_own_form_or_none(text):
    form = canonical_url(text)

    assert form is None or canonical_url(form) == form
