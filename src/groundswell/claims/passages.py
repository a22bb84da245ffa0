"""Passages that stand word for word in two documents: twelve words or more, in the earlier one first.

    texts ──► every run of twelve words, hashed ──► equal hashes ──► passages (document, holder, span, words)

Hashes are sorted, never compared in pairs, so the time grows with the words and not with their square. A run of words
that many documents hold gives each of them one passage from the first that had it, not one from every other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.claims.document import Document, Kind
from groundswell.claims.sentences import Span

SHINGLE = 12
"""Words; shorter runs are set phrases as often as copies."""

_WORD = re.compile(r"\w+(?:[’']\w+)*")
_MULTIPLIER = 0x9E3779B97F4A7C15
Ints: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Run: TypeAlias = tuple[int, int, int, tuple[int, ...]]
"""(holder, first place, last place, all that have the first words)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that `document` has after `holder` had them."""

    document: int
    holder: int
    """Places in the list of documents; the holder is the earliest that has the first words of the passage."""
    start: int
    end: int
    """In the text of `document`."""
    n_words: int
    part: float
    """Of the words of `document`, 0 to 1."""
    having: tuple[int, ...]
    """All that have its first twelve words, sorted: a tuple that its copies share."""

    def is_in(self, document: int) -> bool:
        """Whether a document has its first twelve words, too."""
        at = bisect_left(self.having, document)
        return at < len(self.having) and self.having[at] == document


def passages(documents: Sequence[Document], *, least: int = SHINGLE) -> list[Passage]:
    """Every passage that a document took over, in the order of documents and places.

    Parameters
    ----------
    documents
        Undated ones and threads of replies neither give nor take, nor do two of one publisher.
    least
        Words of a passage; fewer than twelve are raised to it.

    Returns
    -------
    list of n passages
        None overlaps another of the same document and holder.
    """
    tokens = [_tokens(one) for one in documents]
    found: list[Passage] = []
    for i, runs in enumerate(_runs(tokens, documents)):
        for holder, first, last, having in runs:
            n_words = last - first + SHINGLE
            if n_words >= least:
                found.append(
                    Passage(
                        document=i,
                        holder=holder,
                        start=tokens[i][1][first][0],
                        end=tokens[i][1][last + SHINGLE - 1][1],
                        n_words=n_words,
                        part=n_words / len(tokens[i][1]),
                        having=having,
                    )
                )
    return found


def _tokens(document: Document) -> tuple[list[str], list[Span]]:
    if document.kind is Kind.COMMENTS or document.published is None:
        return [], []
    words, spans = [], []
    # The title is no passage: a wire's headline is printed above whatever was made of its story.
    for found in _WORD.finditer(document.text, len(document.title)):
        words.append(found[0].casefold())
        spans.append(found.span())
    return words, spans


def _runs(tokens: Sequence[tuple[list[str], list[Span]]], documents: Sequence[Document]) -> list[list[Run]]:
    """For each document what it took over: neighbouring runs of words from one holder are one."""
    found: list[list[Run]] = [[] for _ in tokens]
    owner, place, starts, sizes = _equal(tokens)
    when = [(one.published.timestamp() if one.published else np.inf, i) for i, one in enumerate(documents)]
    taken: list[list[Run]] = [[] for _ in tokens]
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        held, at = owner[start : start + size].tolist(), place[start : start + size].tolist()
        if held[0] == held[-1]:
            continue
        having = tuple(dict.fromkeys(held))
        # The earliest, and for its own house the earliest of another: nobody else can be a holder.
        first = min(having, key=when.__getitem__)
        others = {j for j in having if not _same_house(documents[j], documents[first])}
        second = min((j for j in others if j != first), key=when.__getitem__, default=None)
        for i, run in zip(held, at, strict=True):
            holder = first if i in others else second
            if holder is not None and when[holder] < when[i]:
                taken[i].append((holder, run, run, having))
    for i, runs in enumerate(taken):
        for holder, run, _, having in sorted(runs, key=lambda one: one[1]):
            if found[i] and found[i][-1][0] == holder and run <= found[i][-1][2] + SHINGLE:
                found[i][-1] = (holder, found[i][-1][1], run, found[i][-1][3])
            else:
                found[i].append((holder, run, run, having))
    return found


def _equal(tokens: Sequence[tuple[list[str], list[Span]]]) -> tuple[Ints, Ints, Ints, Ints]:
    """Runs of twelve words sorted by what they say: whose, where, and where equal ones begin and how many they are."""
    codes: dict[str, int] = {}
    numbered = [np.array([codes.setdefault(word, len(codes)) for word in words], np.uint64) for words, _ in tokens]
    long_enough = [(i, numbers) for i, numbers in enumerate(numbered) if numbers.size >= SHINGLE]
    if not long_enough:
        none = np.empty(0, np.int64)
        return none, none, none, none
    counts = [numbers.size - SHINGLE + 1 for _, numbers in long_enough]
    key = np.concatenate([_rolling(numbers, n) for (_, numbers), n in zip(long_enough, counts, strict=True)])
    owner = np.repeat(np.array([i for i, _ in long_enough], np.int64), counts)
    place = np.concatenate([np.arange(n, dtype=np.int64) for n in counts])
    order = np.lexsort((place, owner, key))
    key, owner, place = key[order], owner[order], place[order]
    edges = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1], [True])))
    sizes = np.diff(edges)
    return owner, place, edges[:-1][sizes > 1], sizes[sizes > 1]


def _rolling(numbers: Ints, n: int) -> Ints:
    """A hash of each run of twelve words: 64 bits, well mixed."""
    total = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(SHINGLE):
            mixed = (numbers[k : k + n] + np.uint64(k + 1)) * np.uint64(_MULTIPLIER)
            mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
            total = (total ^ mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return total ^ total >> np.uint64(31)


def _same_house(a: Document, b: Document) -> bool:
    return a.publisher is not None and a.publisher == b.publisher
