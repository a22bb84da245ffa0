"""Passages that stand word for word in two documents: twelve words or more, in the earlier one first.

    texts ──► every run of twelve words, hashed ──► equal hashes ──► passages (document, holder, span, words)

Hashes are sorted, never compared in pairs, so the time grows with the words and not with their square. A run of words
that many documents hold gives each of them one passage from the first that had it, not one from every other.
"""

from __future__ import annotations

import re
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
    also: frozenset[int]
    """Others that have its first twelve words too."""


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
    groups = _groups(tokens)
    when = [(one.published.timestamp() if one.published else np.inf, i) for i, one in enumerate(documents)]
    found: list[Passage] = []
    for i, runs in enumerate(groups):
        for holder, first, last, others in _runs(i, runs, documents, when):
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
                        also=others,
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


def _groups(tokens: Sequence[tuple[list[str], list[Span]]]) -> list[list[tuple[int, tuple[int, ...]]]]:
    """For each document, (place of a run of words, all documents that have it), where there are two or more."""
    codes: dict[str, int] = {}
    numbered = [np.array([codes.setdefault(word, len(codes)) for word in words], np.uint64) for words, _ in tokens]
    hashes, owners, places = [], [], []
    for i, numbers in enumerate(numbered):
        n = numbers.size - SHINGLE + 1
        if n > 0:
            hashes.append(_rolling(numbers, n))
            owners.append(np.full(n, i, np.int64))
            places.append(np.arange(n, dtype=np.int64))
    groups: list[list[tuple[int, tuple[int, ...]]]] = [[] for _ in tokens]
    if not hashes:
        return groups
    key, owner, place = np.concatenate(hashes), np.concatenate(owners), np.concatenate(places)
    order = np.lexsort((place, owner, key))
    key, owner, place = key[order], owner[order], place[order]
    edges = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1], [True])))
    sizes = np.diff(edges)
    for start, size in zip(edges[:-1][sizes > 1], sizes[sizes > 1], strict=True):
        held = owner[start : start + size]
        if held[0] == held[-1]:
            continue
        others = tuple(np.unique(held).tolist())
        for i, at in zip(held.tolist(), place[start : start + size].tolist(), strict=True):
            groups[i].append((at, others))
    for runs in groups:
        runs.sort()
    return groups


def _rolling(numbers: Ints, n: int) -> Ints:
    """A hash of each run of twelve words: 64 bits, well mixed."""
    total = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(SHINGLE):
            mixed = (numbers[k : k + n] + np.uint64(k + 1)) * np.uint64(_MULTIPLIER)
            mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
            total = (total ^ mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return total ^ total >> np.uint64(31)


def _runs(
    i: int,
    runs: list[tuple[int, tuple[int, ...]]],
    documents: Sequence[Document],
    when: Sequence[tuple[float, int]],
) -> list[tuple[int, int, int, frozenset[int]]]:
    """(holder, first place, last place, others that have it): neighbouring runs from one holder are one."""
    joined: list[tuple[int, int, int, frozenset[int]]] = []
    for at, others in runs:
        earlier = [j for j in others if when[j] < when[i] and not _same_house(documents[i], documents[j])]
        if not earlier:
            continue
        holder = min(earlier, key=lambda j: when[j])
        if joined and joined[-1][0] == holder and at <= joined[-1][2] + SHINGLE:
            first, rest = joined[-1][1], joined[-1][3] | frozenset(others)
            joined[-1] = (holder, first, max(joined[-1][2], at), rest)
        else:
            joined.append((holder, at, at, frozenset(others)))
    return joined


def _same_house(a: Document, b: Document) -> bool:
    return a.publisher is not None and a.publisher == b.publisher
