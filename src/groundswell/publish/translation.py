"""A page in the reader's language, as far as its words are fixed: element by element, never what somebody wrote.

HTML in English, catalogue ──► HTML in which what is in the catalogue is translated and the rest is marked as English

Pages are stored once, in English, and translated when they are framed. An element with words of its own is translated
as a whole or stays English as a whole, so no sentence is half in one language, nor read in two directions. Posts,
names and what stands in a cell of a table are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from groundswell.publish.language import ENGLISH, all_words

TOKEN = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
LABEL = re.compile(r'(?<= aria-label=")[^"]*(?=")')
LETTERS = re.compile(r"[A-Za-z]{2}")
FIGURE = re.compile(r"\d(?:[\d,.]*\d)?|(?<=\b[Gg]roup )[A-Z]{1,3}\b")
"""A number, or the letter of a group: in the catalogue ``{}`` stands for it."""
BODY = re.compile(r"(?<=<body>)(.*)(?=</body>)", re.DOTALL)
TITLE = re.compile(r"(?<=<title>)(.*?)(?=</title>)", re.DOTALL)

KEPT = frozenset(["bdi", "blockquote", "svg", "time", "textarea", "pre", "script", "style", "option", "cite"])
"""In these stands what somebody wrote, or what is no running text."""
OWN = re.compile(r' (?:dir="auto"|lang=|class="[^"]*\bmono\b)')
"""What a tag says that keeps its content as it is."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass(slots=True)
class Element:
    """A tag, what is in it, and the tag that closes it; both tags are empty for the part as a whole."""

    opened: str = ""
    closed: str = ""
    content: list[Element | str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether its words are not ours to translate."""
        found = NAME.match(self.opened)
        return found is not None and (found.group(1).lower() in KEPT or OWN.search(self.opened) is not None)

    @property
    def speaks(self) -> bool:
        """Whether it has words of its own, beside those of the elements in it."""
        return any(isinstance(one, str) and LETTERS.search(one) for one in self.content)

    def texts(self) -> Iterator[str]:
        """Every text in it that is ours to translate."""
        for one in self.content:
            if isinstance(one, str):
                yield one
            elif not one.kept:
                yield from one.texts()


def translated(html: str, language: str) -> Markup:
    """The page or a part of it in a language; as it is in English and where nothing is known of the language.

    The HTML must be ours: every tag is closed, and attributes have their ``>`` escaped.
    """
    if language == ENGLISH or not all_words(language):
        return Markup(html)
    return Markup("".join(_said(_tree(html), Words(language))))


def translated_page(html: str, language: str) -> str:
    """A whole page in a language: what stands in its body, and the parts of its title."""
    if language == ENGLISH or not all_words(language):
        return html
    words = Words(language)
    html = TITLE.sub(lambda title: " · ".join(words.of(part) or part for part in title.group().split(" · ")), html)
    return BODY.sub(lambda body: translated(body.group(), language), html)


class Words:
    """The catalogue of a language, asked for texts as they stand on a page."""

    def __init__(self, language: str) -> None:
        """Ask the catalogue of a language that has one."""
        self._words = all_words(language)
        self._said = frozenset(self._words.values())

    def of(self, text: str) -> str | None:
        """The text in the language, its figures where the catalogue puts them; None where nobody translated it.

        What a template said in the language already is its own translation.
        """
        flat = " ".join(text.split())
        if flat in self._words:
            return self._words[flat]
        pattern = FIGURE.sub("{}", flat)
        if flat in self._said or pattern in self._said or not LETTERS.search(flat):
            return flat
        if pattern not in self._words:
            return None
        figures = iter(FIGURE.findall(flat))
        return re.sub(r"\{\}", lambda _: next(figures), self._words[pattern])


def _tree(html: str) -> Element:
    whole = Element()
    path = [whole]
    for piece in TOKEN.split(html):
        name = NAME.match(piece)
        if name is None or name.group(1).lower() in VOID or piece.endswith("/>"):
            path[-1].content.append(Element(opened=piece) if piece.startswith("<") else piece)
        elif piece.startswith("</"):
            if len(path) > 1:
                path.pop().closed = piece
        else:
            inside = Element(opened=piece)
            path[-1].content.append(inside)
            path.append(inside)
    return whole


def _said(element: Element, words: Words) -> Iterator[str]:
    """An element with everything in it translated that can be."""
    if element.kept:
        yield from _raw(element)
        return
    opened = LABEL.sub(lambda label: words.of(label.group()) or label.group(), element.opened)
    if element.speaks and None in map(words.of, element.texts()):
        # The part as a whole has no tag to be marked by.
        yield f'{opened[:-1]} lang="en" dir="ltr">' if opened else ""
        yield from (piece for one in element.content for piece in ([one] if isinstance(one, str) else _raw(one)))
    else:
        yield opened
        for one in element.content:
            yield from [_text(one, words)] if isinstance(one, str) else _said(one, words)
    yield element.closed


def _raw(element: Element) -> Iterator[str]:
    yield element.opened
    for one in element.content:
        yield from [one] if isinstance(one, str) else _raw(one)
    yield element.closed


def _text(text: str, words: Words) -> str:
    """A text in its translation, with the blanks around it."""
    said = words.of(text)
    if said is None or not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{said}{after}"
