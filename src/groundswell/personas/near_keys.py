"""Words within a letter or two of one another, found without comparing every two.

    keys, wanted ──► (key, wanted)          pairs no more edits apart than the wanted word's length allows

Two words that are k edits apart have a form in common that is made by taking k letters out of each (the symmetric
delete of Garbe's SymSpell; the idea is Mor and Fraenkel's, 1982, doi:10.1145/358728.358752). The forms of the wanted
words lie in a sorted table of hashes with a bitmap before it, so that a word that is near nothing costs some eighty
looks at a bit. What hashes find is compared letter by letter: nothing comes out on a hash alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.engine.compiled import compiled

ONE_EDIT_FROM, TWO_EDITS_FROM = 6, 11
"""Letters that a word must have for one edit, and for two, to be near. In shorter words an edit makes another name."""

LONGEST = 64
"""Longer words are compared with this many of their letters."""

BITS = 25
BASE = np.uint64(0x9E3779B97F4A7C15)


def edits_allowed(n_letters: int) -> int:
    """How many edits still leave a word of that length near."""
    return (n_letters >= ONE_EDIT_FROM) + (n_letters >= TWO_EDITS_FROM)


def near_keys(keys: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places in `keys` and `wanted` whose words are equal or near, sorted.

    An edit is a letter added, taken out or exchanged, or two neighbours swapped. How many are allowed depends on the
    wanted word's length: see `edits_allowed`.
    """
    if not keys or not wanted:
        return []
    table, owner = _forms(*_encoded(wanted), ONE_EDIT_FROM, TWO_EDITS_FROM)
    order = np.argsort(table, kind="stable")
    table, owner = table[order], owner[order]
    found = _lookup(*_encoded(keys), table, owner, _bitmap(table, BITS), BITS, ONE_EDIT_FROM, TWO_EDITS_FROM)
    pairs = np.unique(found[0] << 32 | found[1])
    listed = ((int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs)
    return [
        (key, want)
        for key, want in listed
        if distance(keys[key][:LONGEST], wanted[want][:LONGEST], edits_allowed(min(len(wanted[want]), LONGEST)))
        is not None
    ]


def distance(a: str, b: str, most: int) -> int | None:
    """Edits between two words (added, taken out, exchanged, neighbours swapped), or None if more than `most`.

    >>> distance("lantern", "lanetrn", 1), distance("lantern", "lante", 1)
    (1, None)
    """
    if abs(len(a) - len(b)) > most:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1] if row[-1] <= most else None


def _encoded(words: Sequence[str]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Code points of all words in a row, and where each word begins."""
    cut = [word[:LONGEST] for word in words]
    codes = np.frombuffer("".join(cut).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    start = np.zeros(len(cut) + 1, np.int64)
    np.cumsum([len(word) for word in cut], out=start[1:])
    return codes, start


@compiled
def _taken_out(codes: Any, first: int, n: int, most: int, power: Any, prefix: Any, out: Any) -> int:
    """Hashes of the word with up to `most` letters taken out, into `out`; how many there are."""
    base = np.uint64(0x9E3779B97F4A7C15)
    prefix[0] = np.uint64(n) * np.uint64(0)
    for i in range(n):
        prefix[i + 1] = prefix[i] * base + codes[first + i] + np.uint64(1)
    out[0] = prefix[n]
    count = 1
    if most >= 1:
        for i in range(n):
            out[count] = prefix[i] * power[n - i - 1] + prefix[n] - prefix[i + 1] * power[n - i - 1]
            count += 1
    if most >= 2:
        for i in range(n):
            for j in range(i + 1, n):
                middle = prefix[j] - prefix[i + 1] * power[j - i - 1]
                behind = prefix[n] - prefix[j + 1] * power[n - j - 1]
                out[count] = prefix[i] * power[n - i - 2] + middle * power[n - j - 1] + behind
                count += 1
    return count


@compiled
def _powers(n: int) -> Any:
    power = np.ones(n, np.uint64)
    for i in range(1, n):
        power[i] = power[i - 1] * np.uint64(0x9E3779B97F4A7C15)
    return power


@compiled
def _forms(codes: Any, start: Any, one_from: int, two_from: int) -> Any:
    """All hashes of all words, and the word each belongs to."""
    power, prefix = _powers(80), np.empty(80, np.uint64)
    out = np.empty(1 + 64 + 64 * 63 // 2, np.uint64)
    total = 0
    for word in range(start.size - 1):
        n = start[word + 1] - start[word]
        total += 1 + (n if n >= one_from else 0) + (n * (n - 1) // 2 if n >= two_from else 0)
    table, owner = np.empty(total, np.uint64), np.empty(total, np.int64)
    filled = 0
    for word in range(start.size - 1):
        n = start[word + 1] - start[word]
        most = (1 if n >= one_from else 0) + (1 if n >= two_from else 0)
        count = _taken_out(codes, start[word], n, most, power, prefix, out)
        for k in range(count):
            table[filled], owner[filled] = out[k], word
            filled += 1
    return table, owner


@compiled
def _bitmap(table: Any, bits: int) -> Any:
    """A bit for each hash that is there."""
    seen = np.zeros(1 << (bits - 3), np.uint8)
    shift = np.uint64(64 - bits)
    for k in range(table.size):
        place = np.int64((table[k] * np.uint64(0xD6E8FEB86659FD93)) >> shift)
        seen[place >> 3] |= np.uint8(1 << (place & 7))
    return seen


@compiled
def _lookup(codes: Any, start: Any, table: Any, owner: Any, seen: Any, bits: int, one_from: int, two_from: int) -> Any:
    """Pairs (key, wanted) with a hash in common; a pair may come more than once."""
    power, prefix = _powers(80), np.empty(80, np.uint64)
    out = np.empty(1 + 64 + 64 * 63 // 2, np.uint64)
    found = np.empty((2, 1024), np.int64)
    n_found = 0
    shift = np.uint64(64 - bits)
    for word in range(start.size - 1):
        n = start[word + 1] - start[word]
        # A word of ten letters is within two edits of one of eleven after one letter is taken out; one of five is
        # within one edit of one of six as it is.
        most = (1 if n >= one_from else 0) + (1 if n >= two_from else 0)
        count = _taken_out(codes, start[word], n, most, power, prefix, out)
        for k in range(count):
            place = np.int64((out[k] * np.uint64(0xD6E8FEB86659FD93)) >> shift)
            if not seen[place >> 3] & np.uint8(1 << (place & 7)):
                continue
            at = np.searchsorted(table, out[k])
            while at < table.size and table[at] == out[k]:
                if n_found == found.shape[1]:
                    larger = np.empty((2, 2 * n_found), np.int64)
                    for i in range(n_found):
                        larger[0, i], larger[1, i] = found[0, i], found[1, i]
                    found = larger
                found[0, n_found], found[1, n_found] = word, owner[at]
                n_found += 1
                at += 1
    return found[:, :n_found]
