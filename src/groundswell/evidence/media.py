"""What a page shows besides its text: the pictures, films, sounds and style sheets that it names.

HTML ──► addresses, in the order they stand, each once
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

MOST_MEDIA = 100

SOURCES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
}
SHOWN_BY = frozenset({"stylesheet", "icon"})
PREVIEWS = frozenset({"og:image", "og:video", "og:audio", "twitter:image"})


def media_of(html: str, url: str) -> tuple[str, ...]:
    """Addresses of what a page shows.

    >>> media_of('<img src="/a.png"><img src="/a.png#x"><video poster="b.jpg">', "https://example.org/post/1")
    ('https://example.org/a.png', 'https://example.org/post/b.jpg')
    """
    parser = _Media(url)
    parser.feed(html)
    return tuple(parser.found)


class _Media(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self._base = url
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value for name, value in attrs if value}
        if tag == "base" and "href" in told:
            self._base = _joined(self._base, told["href"]) or self._base
        for name in SOURCES.get(tag, ()):
            if value := told.get(name):
                # The first of several sizes; which one a browser takes depends on its screen.
                self._take(value.split()[0] if name == "srcset" else value)
        if tag == "link" and SHOWN_BY & set(told.get("rel", "").lower().split()):
            self._take(told.get("href"))
        if tag == "meta" and (told.get("property") or told.get("name")) in PREVIEWS:
            self._take(told.get("content"))

    def _take(self, address: str | None) -> None:
        if address and (whole := _joined(self._base, address)) and whole.startswith(("http://", "https://")):
            self.found[urldefrag(whole).url] = None


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return None
