"""The words, links and particulars of a page that strangers wrote. Nothing in it is run, and nothing is fetched.

    bytes of HTML ──► Page        title, address, publisher, author, times, text with the places of its links

What stands under a heading of comments is counted and left out: replies are no sources. Scripts, menus, forms and
footers are no text. Pages declare themselves in schema.org, Open Graph and <meta>; the first that tells is believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

MOST_TEXT = 400_000
"""Characters of text kept; a long book has more, an article never."""
MOST_LINKS = 5_000
DEEPEST = 400
"""Elements inside one another; deeper ones count as text of the last."""

DROPPED = frozenset(
    [
        "script",
        "style",
        "nav",
        "aside",
        "footer",
        "form",
        "noscript",
        "svg",
        "template",
        "iframe",
        "button",
        "select",
        "option",
        "textarea",
        "object",
        "canvas",
        "video",
        "audio",
        "math",
        "head",
    ]
)
BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "main",
        "figure",
        "figcaption",
        "td",
        "th",
        "dt",
        "dd",
        "dl",
        "hr",
    ]
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param"]
)
COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|replies|commentlist|comment-list)(?:$|[\s_-])", re.I)
ONE_COMMENT = re.compile(r"^(?:comment|reply)(?:[-_ ]?\d+)?$", re.I)
TIMES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "og:published_time",
)
CHANGED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified")
_UNCLOSED = re.compile(r"<(?![a-zA-Z/][^<>]*+>)")
DATA_TYPES = frozenset(("Dataset", "DataCatalog", "DataDownload"))


@dataclass(slots=True)
class Page:
    """What a page says, and what it says of itself."""

    title: str = ""
    text: str = ""
    links: list[tuple[str, int, int]] = field(default_factory=list)
    """(address, first character, after the last)."""
    url: str | None = None
    canonical: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    is_dataset: bool = False
    n_replies: int = 0


def read_page(html: str) -> Page:
    """Read one page; of broken markup as much as can be told.

    >>> page = read_page('<h1>Gate</h1><p>See <a href="https://a.example/x">here</a>.</p><script>x()</script>')
    >>> page.title, page.text, page.links
    ('Gate', 'See here.', [('https://a.example/x', 4, 8)])
    """
    parser = _Reading()
    # An unclosed tag or declaration makes the parser look to the end of the file, once for each: a page of them would
    # take hours. What opens no whole tag is text.
    parser.feed(_UNCLOSED.sub("&lt;", _without_comments(html)))
    parser.close()
    return parser.page()


def _without_comments(html: str) -> str:
    """Markup comments and declarations out, in one pass."""
    parts, at = [], 0
    while (start := html.find("<!", at)) >= 0:
        parts.append(html[at:start])
        close = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(close, start + 2)
        if end < 0:
            return "".join(parts)
        at = end + len(close)
    parts.append(html[at:])
    return "".join(parts)


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._page = Page()
        self._meta: dict[str, str] = {}
        self._declared: list[str] = []
        self._open: list[str] = []
        self._silent = 0
        """How deep inside something that is no text; 0 is text."""
        self._replies_from = 0
        self._whole: list[str] = []
        self._length = 0
        self._article: tuple[int, int] | None = None
        self._article_from: int | None = None
        self._link: tuple[str, int] | None = None
        self._heading: list[str] | None = None
        self._title: list[str] | None = None
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._particulars(tag, told)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(tag)
            marks = f"{told.get('id', '')} {told.get('class', '')}"
            if self._replies_from and self._is_one_reply(told):
                self._page.n_replies += 1
            if self._silent:
                return
            if COMMENTS.search(marks) or told.get("itemtype", "").endswith("/Comment"):
                self._silent = self._replies_from = len(self._open)
                if self._is_one_reply(told):
                    self._page.n_replies += 1
            elif tag in DROPPED and tag != "head":
                self._silent = len(self._open)
        if self._silent:
            return
        if tag in BREAKS:
            self._add("\n")
        if tag in ("article", "main") and self._article_from is None and self._article is None:
            self._article_from = self._length
        if tag == "a" and told.get("href", "").startswith(("https://", "http://")):
            self._link = (told["href"][:4_000], self._length)
        if tag == "h1" and self._heading is None:
            self._heading = []

    @staticmethod
    def _is_one_reply(told: Mapping[str, str]) -> bool:
        marks = [told.get("id", ""), *told.get("class", "").split()]
        return any(ONE_COMMENT.match(mark) for mark in marks) or told.get("itemtype", "").endswith("/Comment")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "script"):
            self._close_particular(tag)
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            if self._silent > len(self._open):
                self._silent = 0
            if self._replies_from > len(self._open):
                self._replies_from = 0
            if closed == tag:
                break
        if self._silent:
            return
        if tag == "a" and self._link and len(self._page.links) < MOST_LINKS:
            self._page.links.append((self._link[0], self._link[1], self._length))
            self._link = None
        if tag in ("article", "main") and self._article_from is not None:
            self._article, self._article_from = (self._article_from, self._length), None
        if tag in BREAKS:
            self._add("\n")

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data[:1_000])
        if self._script is not None:
            self._script.append(data[:200_000])
        if self._silent or "head" in self._open or "title" in self._open:
            return
        if self._heading is not None and self._open and self._open[-1] == "h1":
            self._heading.append(data)
            return
        self._add(re.sub(r"\s+", " ", data))

    def _add(self, words: str) -> None:
        if self._length >= MOST_TEXT:
            return
        last = self._whole[-1][-1:] if self._whole else "\n"
        if last in " \n":
            words = words.lstrip(" ") if words != "\n" else words
        if not words or (words == "\n" and last == "\n"):
            return
        self._whole.append(words)
        self._length += len(words)

    def _particulars(self, tag: str, told: Mapping[str, str]) -> None:
        if tag == "meta":
            name = (told.get("property") or told.get("name") or told.get("itemprop") or "").lower()
            if name and len(self._meta) < 500:
                self._meta.setdefault(name, told.get("content", "").strip()[:2_000])
        elif tag == "link" and "canonical" in told.get("rel", "").lower().split():
            self._page.canonical = self._page.canonical or told.get("href", "")[:4_000] or None
        elif tag == "time" and told.get("datetime"):
            self._meta.setdefault("time", told["datetime"][:100])
        elif tag == "title" and self._title is None:
            self._title = []
        elif tag == "script" and told.get("type", "").lower() == "application/ld+json":
            self._script = []

    def _close_particular(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            if len(self._declared) < 20:
                self._declared.append("".join(self._script))
            self._script = None
        if tag == "title" and self._title is not None and "title" not in self._meta:
            self._meta["title"] = " ".join("".join(self._title).split())
            self._title = []

    def page(self) -> Page:
        page, meta = self._page, self._meta
        if self._article_from is not None:
            self._article = (self._article_from, self._length)
        whole = "".join(self._whole)
        start, end = self._article or (0, len(whole))
        body = whole[start:end]
        lead = len(body) - len(body.lstrip())
        page.text = body.strip()
        first = start + lead
        page.links = [
            (url, a - first, min(b, first + len(page.text)) - first)
            for url, a, b in page.links
            if first <= a and a < first + len(page.text)
        ]
        self._declare()
        heading = " ".join("".join(self._heading or ()).split())
        page.title = meta.get("og:title") or heading or page.title or meta.get("title", "")
        page.url = meta.get("og:url") or page.url
        page.publisher = page.publisher or meta.get("og:site_name") or meta.get("publisher") or None
        page.author = page.author or meta.get("author") or None
        page.published = page.published or _first(meta, TIMES) or meta.get("time")
        page.modified = page.modified or _first(meta, CHANGED)
        return page

    def _declare(self) -> None:
        page = self._page
        for record in _records(self._declared):
            page.title = page.title or _text(record.get("headline"))
            page.publisher = page.publisher or _text(record.get("publisher")) or None
            page.author = page.author or _text(record.get("author")) or None
            page.published = page.published or _text(record.get("datePublished")) or None
            page.modified = page.modified or _text(record.get("dateModified")) or None
            kinds = record.get("@type")
            page.is_dataset |= bool(DATA_TYPES & set(kinds if isinstance(kinds, list) else [str(kinds)]))


def _records(declared: list[str]) -> Iterator[Mapping[str, Any]]:
    """Every schema.org record that is an article, a data set or untyped; broken ones are no error."""
    for text in declared:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        several = found if isinstance(found, list) else [found]
        for one in several[:50]:
            graph = one.get("@graph") if isinstance(one, dict) else None
            for record in graph[:50] if isinstance(graph, list) else [one]:
                if isinstance(record, dict) and ("headline" in record or _is_data(record)):
                    yield record


def _is_data(record: Mapping[str, Any]) -> bool:
    return str(record.get("@type")) in DATA_TYPES


def _text(value: Any) -> str:
    """A name, whether it stands alone, in a record or in a list of them."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("name"))
    return " ".join(value.split())[:500] if isinstance(value, str) else ""


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)
