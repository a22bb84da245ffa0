"""The words and links in HTML that strangers wrote. Nothing of the markup gets through."""

from __future__ import annotations

from html.parser import HTMLParser

KEPT = frozenset(
    (
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "i",
        "ins",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
    )
)
"""Elements whose words count. What stands in any other, such as a script, is dropped with it."""

BREAKS = frozenset(
    (
        "br",
        "p",
        "li",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
    )
)
VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    )
)
NOT_SHARED = frozenset(("mention", "hashtag"))
"""Classes of links that a server makes of handles and tags."""


LONGEST_MARKUP, MOST_TAGS = 1 << 16, 1_000
"""Characters and tags of a post. Beyond either its markup is words: no post has so much, and where tags never close the
parser looks through the rest of the text once for each."""


def words_and_links(html: str) -> tuple[str, tuple[str, ...]]:
    """The text with line breaks, and the web addresses it links to.

    >>> words_and_links('<p>Look: <a href="https://example.org/a">here</a></p><script>x()</script>')
    ('Look: here', ('https://example.org/a',))
    """
    if len(html) > LONGEST_MARKUP or html.count("<") > MOST_TAGS:
        html = html.replace("<", "&lt;")
    parser = _Words()
    parser.feed(html)
    parser.close()
    return "".join(parser.words).strip(), tuple(dict.fromkeys(parser.links))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self._dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KEPT:
            if tag not in VOID:
                self._dropped.append(tag)
            return
        if self._dropped:
            return
        if tag in BREAKS and self.words:
            self.words.append("\n")
        if tag == "a":
            told = {name: value or "" for name, value in attrs}
            link = told.get("href", "")
            if link.startswith(("https://", "http://")) and not NOT_SHARED & set(told.get("class", "").split()):
                self.links.append(link)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._dropped:
            while self._dropped.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.words.append(data)
