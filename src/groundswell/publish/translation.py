"""A page in the reader's language, as far as its words are fixed: element by element, never what somebody wrote.

HTML in English, catalogue ──► HTML in which what is in the catalogue is translated and the rest is marked as English

Pages are stored once, in English, and translated when they are framed. An element with words of its own is translated
as a whole or stays English as a whole, so no sentence is half in one language, nor read in two directions. Posts and
names are left alone, in cells and drawings too: columns of figures (``n``) and of our own words (``w``) are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from markupsafe import Markup, escape

from groundswell.publish.language import ENGLISH, all_words, direction
from groundswell.publish.numerals import DATED, FIGURE, figures

TOKEN = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
LABEL = re.compile(r'(?<= aria-label=")[^"]*(?=")')
LETTERS = re.compile(r"[A-Za-z]{2}")
BODY = re.compile(r"(?<=<body>)(.*)(?=</body>)", re.DOTALL)
TITLE = re.compile(r"(?<=<title>)(.*?)(?=</title>)", re.DOTALL)

KEPT = frozenset(["bdi", "blockquote", "textarea", "pre", "script", "style", "option", "cite"])
"""In these stands what somebody wrote, or what is no running text."""
OURS = re.compile(r'<(?:t[dh]|span|h3)\b[^>]* class="[nw]"')
"""A cell of our figures or words, or words of ours around a name; a ``bdi`` in it is only there for the direction."""
MARK = ' class="w"'
"""How templates mark our own words in a cell. Only a translation asks for it: a page in English goes without."""
DRAWN = re.compile(r"<(?:svg|g|text|tspan|title|desc)\b")
"""Elements of a drawing: they have a language, and no ``dir``."""
OWN = re.compile(r' (?:dir="auto"|lang=|class="[^"]*\bmono\b)')
"""What a tag says that keeps its content as it is."""
SEAMS: Mapping[str, Mapping[str, str]] = {" · ": {}, ": ": {}, ", ": {"ar": "، "}, " and ": {"de": " und ", "ar": " و"}}
"""What joins parts that are known by themselves, and what joins them in other languages."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass(slots=True)
class Element:
    """A tag, what is in it, and the tag that closes it; both tags are empty for the part as a whole."""

    opened: str = ""
    closed: str = ""
    content: list[Element | str] = field(default_factory=list)
    kept: bool = False
    """Whether its words are not ours to translate."""

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
        return html.replace(MARK, "")
    words = Words(language)
    html = TITLE.sub(lambda title: " · ".join(words.of(part) or part for part in title.group().split(" · ")), html)
    return BODY.sub(lambda body: translated(body.group(), language), html)


def said_in(text: str, language: str) -> str:
    """A short text of ours in a language, such as a length of time; as it is where nobody translated it."""
    return text if language == ENGLISH else Words(language).of(text) or text


class Words:
    """The catalogue of a language, asked for texts as they stand on a page."""

    def __init__(self, language: str) -> None:
        """Ask the catalogue of a language that has one."""
        self._language = language
        self._words = all_words(language)
        self._said = frozenset(self._words.values())

    def of(self, text: str) -> str | None:
        """The text in the language, its figures where the catalogue puts them; None where nobody translated it.

        What a template said in the language already is its own translation, and a figure needs none.
        """
        flat = " ".join(text.split())
        if flat in self._words:
            return self._words[flat]
        for figure in (FIGURE, DATED):
            pattern = figure.sub("{}", flat)
            if flat in self._said or pattern in self._said:
                return flat
            if pattern in self._words:
                written = [figures(found.group(), self._language) for found in figure.finditer(flat)]
                return self._words[pattern].format(*written)
        if not LETTERS.search(DATED.sub("", flat)):
            return figures(text, self._language)
        return self._parts(flat)

    def isolated(self, text: str, opened: str) -> str:
        """A text of a drawing, which runs from left to right, kept in one piece where the language does not."""
        drawn = direction(self._language) == "rtl" and DRAWN.match(opened) and text.strip()
        return f"\u2068{text}\u2069" if drawn else text

    def _parts(self, flat: str) -> str | None:
        """What is put together of known parts, such as «links, texts» or «posts: 0 of 64 settings»."""
        for seam in SEAMS:
            if seam in flat:
                said = [self.of(part) for part in flat.split(seam)]
                return None if None in said else SEAMS[seam].get(self._language, seam).join(map(str, said))
        return None


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
            inside = Element(opened=piece, kept=_kept(piece, path[-1]))
            path[-1].content.append(inside)
            path.append(inside)
    return whole


def _kept(opened: str, around: Element) -> bool:
    found = NAME.match(opened)
    name = found.group(1).lower() if found else ""
    if name == "bdi" and OURS.match(around.opened):
        return False
    return name in KEPT or OWN.search(opened) is not None


def _said(element: Element, words: Words) -> Iterator[str]:
    """An element with everything in it translated that can be."""
    if element.kept:
        yield from _raw(element)
        return
    opened = LABEL.sub(lambda label: _text(label.group(), words), element.opened)
    label = LABEL.search(element.opened)
    if label and words.of(unescape(label.group())) is None and DRAWN.match(opened):
        # A drawing is read aloud as its label; what is written in it stands beside that.
        opened = f'{opened[:-1]} lang="en">'
    if element.speaks and None in map(words.of, map(unescape, element.texts())):
        # The part as a whole has no tag to be marked by.
        marks = ' lang="en"' if DRAWN.match(opened) else ' lang="en" dir="ltr"'
        yield f"{opened[:-1]}{marks}>" if opened else ""
        yield from (piece for one in element.content for piece in ([one] if isinstance(one, str) else _raw(one)))
    else:
        yield opened
        for one in element.content:
            yield from [words.isolated(_text(one, words), opened)] if isinstance(one, str) else _said(one, words)
    yield element.closed


def _raw(element: Element) -> Iterator[str]:
    yield element.opened
    for one in element.content:
        yield from [one] if isinstance(one, str) else _raw(one)
    yield element.closed


def _text(text: str, words: Words) -> str:
    """A text in its translation, with the blanks around it; as it is where it has none."""
    plain = unescape(text)
    said = words.of(plain)
    if said is None or said == plain or not text.strip():
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{escape(said.strip())}{after}"
