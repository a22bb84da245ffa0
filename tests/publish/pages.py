"""What a browser would make of a page: its elements, whether they close, what it would fetch."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset(("meta", "br", "link", "img", "input", "hr"))


class Page(HTMLParser):
    """A parsed page. Elements that don't close, or close twice, are in `unbalanced`."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """An element closes: it must be the last one opened."""
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Words, or the style sheet."""
        if self._open[-1:] != ["style"]:
            self._words.append(data)

    @property
    def text(self) -> str:
        """All that a reader reads, labels of drawings included."""
        labels = (attributes.get("aria-label") or "" for _, attributes in self.tags)
        return "\n".join([*self._words, *labels])

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.tags if name == tag]
