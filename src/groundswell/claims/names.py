"""Names of sources in a text: those of the collection wherever they stand, others where a verb makes them a source.

«…, the Daily Quay reported»  ──►  Mention(name="daily quay", reported=True)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from groundswell.claims import lexicon
from groundswell.claims.document import Document, Kind
from groundswell.claims.sentences import Span

_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_NAME = r"(?:[A-Z][\w’'&-]+(?:\s+(?:of|for|and|the)\s+(?=[A-Z]))?\s*){1,5}"
ACCORDING = re.compile(rf"(?<!\w)(?:[Aa]ccording\s+to|[Pp]er|[Cc]iting|[Dd]ata\s+from)\s+(?:the\s+)?({_NAME})")
SAYS = re.compile(
    r"(?:^|(?<=[\s“\"(]))((?:[A-Z][\w’'&-]+\s+){1,4}[A-Z][\w’'&-]+),?\s+(?:(?:who|which|a|an|the)\s[^,.;]{1,60},\s+)?"
    r"(?:said|says|told|reported|wrote|found|claimed)(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a text."""

    name: str
    """As `folded` writes it."""
    start: int
    end: int
    reported: bool
    """Whether a word in the sentence makes it a source."""
    known: bool
    """Whether the collection holds something by it."""


def folded(name: str) -> str:
    """One form for the ways to write a name.

    >>> folded("The Daily  Quay"), folded("Mill Lane Residents' Association")
    ('daily quay', 'mill lane residents’ association')
    """
    return " ".join(_ARTICLE.sub("", name.strip()).replace("'", "’").split()).casefold()


class Names:
    """The names of all who published something in the collection, looked up word by word."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take the publishers; a thread of replies publishes nothing."""
        self._by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        known: dict[tuple[str, ...], str] = {}
        for document in documents:
            if document.publisher and document.kind is not Kind.COMMENTS:
                name = folded(document.publisher)
                if len(name) >= 3 and (words := tuple(found[0] for found in _WORD.finditer(name))):
                    known.setdefault(words, name)
        self._known = known
        for words in sorted(known, key=lambda each: (-len(each), each)):
            self._by_first[words[0]].append(words)

    def mentions(self, text: str, span: Span) -> Iterator[Mention]:
        """The names in one sentence, in their order; the longest name counts where several begin.

        A name is written with a capital: «the beacon on the hill» names no newspaper.
        """
        reported = bool(lexicon.REPORTED.search(text, *span))
        taken: list[Span] = []
        tokens = [(found[0].replace("'", "’"), *found.span()) for found in _WORD.finditer(text, *span)]
        at = 0
        while at < len(tokens):
            word = tokens[at][0]
            length = self._at(tokens, at) if word[:1].isupper() or word[:1].isdigit() else 0
            if length:
                start, end = tokens[at][1], tokens[at + length - 1][2]
                name = self._known[tuple(_bare(token[0]) for token in tokens[at : at + length])]
                taken.append((start, end))
                yield Mention(name=name, start=start, end=end, reported=reported, known=True)
            at += max(length, 1)
        for pattern in (ACCORDING, SAYS):
            for found in pattern.finditer(text, *span):
                start, end = found.start(1), found.start(1) + len(found[1].rstrip())
                if all(end <= a or b <= start for a, b in taken):
                    taken.append((start, end))
                    yield Mention(name=folded(text[start:end]), start=start, end=end, reported=True, known=False)

    def _at(self, tokens: list[tuple[str, int, int]], at: int) -> int:
        """How many words of a known name stand here; 0 for none."""
        for words in self._by_first.get(_bare(tokens[at][0]), ()):
            here = tokens[at : at + len(words)]
            if len(here) == len(words) and all(
                _bare(token[0]) == word for token, word in zip(here, words, strict=True)
            ):
                return len(words)
        return 0


def _bare(word: str) -> str:
    """A word of a name without the genitive."""
    return word.casefold().removesuffix("’s")
