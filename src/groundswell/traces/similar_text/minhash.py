"""Which texts may be alike: MinHash signatures in bands.

    Encoded ──► Proposed          pairs of texts that agree in a band, few of them false, hardly any missing

Two sets agree in the smallest of all their hash values just as often as their Jaccard index says (Broder 1997,
doi:10.1109/SEQUEN.1997.666900). Twenty bands of four such values each: two texts of Jaccard 0.7 agree in some band
with probability 0.996, two of 0.2 with 0.03. A second look at all eighty values drops most of the false pairs before
anything is compared exactly.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from groundswell.engine.compiled import compiled
from groundswell.traces.similar_text.encoded import Encoded

BANDS, ROWS = 20, 4
VALUES = BANDS * ROWS

LINKS_A_TEXT = 20
"""A text in a crowded band is linked with so many that follow it there. A text copied by thousands would otherwise
make millions of pairs; what is left out is found again inside the cluster (`pairs`)."""

MOST_LINKED = 60_000_000
"""Links in all bands together, a minute of comparing. Past it bands are left out, the last first: half a million texts
after one template make as many, and each is linked with twenty others by the first band alone."""

SCANNED = 1000
"""Texts after it in a band that a text is held against. Common words alone fill bands when texts are many: with the
first twenty only, a twentieth of the copies among a million texts was lost."""

SLACK = 0.2
"""Agreement may fall this far below the index asked for: four standard deviations of eighty values at 0.7."""

SEED = 20_240_501
"""Of the hash functions. Fixed: equal texts give equal answers."""


class Proposed(NamedTuple):
    """Pairs of texts that may be alike."""

    a: np.ndarray[Any, Any]
    b: np.ndarray[Any, Any]
    n_links: int
    """Links in all bands together; a pair may be linked in several."""
    n_left_out: int
    """Of these, the links in bands that were left out."""


def candidates(texts: Encoded, least: float, threads: int | None = None) -> Proposed:
    """Pairs a < b that may have a Jaccard index of `least` or more, none twice, sorted.

    Texts shorter than a shingle are in no pair. The answer does not depend on how many threads work at once; all cores
    do by default.
    """
    threads = threads or os.cpu_count() or 1
    functions = _functions()
    n_agreeing = int(np.floor((least - SLACK) * VALUES))
    with ThreadPoolExecutor(threads) as pool:
        cuts = np.linspace(0, texts.n, threads + 1).astype(np.int64)

        def signed(first: int, last: int) -> Any:
            with np.errstate(over="ignore"):  # hashes wrap around, and only plain Python would speak of it
                return _signed(texts.codes, texts.start[first : last + 1], *functions)

        parts = pool.map(signed, cuts[:-1], cuts[1:])
        keys_of, low_of = zip(*parts, strict=True)
        keys, low = np.concatenate(keys_of, axis=1), np.concatenate(low_of)

        def linked(band: int) -> np.ndarray[Any, Any]:
            order = np.argsort(keys[band], kind="stable")
            return np.asarray(_linked(keys[band], order, low, n_agreeing, LINKS_A_TEXT, SCANNED))

        pairs = np.empty(0, np.int64)
        n = n_left_out = 0
        # United every few bands: a crowd's pairs come from all of them, and would fill the memory.
        for band in range(0, BANDS, threads):
            waiting: list[np.ndarray[Any, Any]] = []
            for found in pool.map(linked, range(band, min(band + threads, BANDS))):
                n += len(found)
                if n <= MOST_LINKED or not len(pairs) + len(waiting):
                    waiting.append(found)
                else:
                    n_left_out += len(found)
            pairs = _distinct([pairs, *waiting])
    return Proposed(pairs >> 32, pairs & 0xFFFFFFFF, n, n_left_out)


def _distinct(parts: list[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Every number of these once, sorted; `np.unique` fills a table of hashes first, which takes longer."""
    numbers = np.concatenate(parts)
    numbers.sort()
    first = np.ones(numbers.size, np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


def _functions() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rng = np.random.default_rng(SEED)
    odd = rng.integers(1, 1 << 32, VALUES, dtype=np.uint64).astype(np.uint32) | np.uint32(1)
    return odd, rng.integers(0, 1 << 32, VALUES, dtype=np.uint64).astype(np.uint32)


@compiled
def _signed(codes: Any, start: Any, odd: Any, plus: Any) -> Any:
    """A key a band and text, 0 for texts too short; and the low byte of each of the values."""
    n = start.size - 1
    keys = np.zeros((20, n), np.uint64)
    low = np.zeros((n, 80), np.uint8)
    least = np.empty(80, np.uint32)
    for text in range(n):
        first, last = start[text], start[text + 1]
        if last - first < 4:
            continue
        for k in range(80):
            least[k] = np.uint32(0xFFFFFFFF)
        gram = np.uint64(codes[first]) << np.uint64(32)
        gram |= np.uint64(codes[first + 1]) << np.uint64(16)
        gram |= np.uint64(codes[first + 2])
        for i in range(first + 3, last):
            gram = gram << np.uint64(16) | np.uint64(codes[i])
            # 64 bits in, 32 well mixed bits out (the finaliser of SplitMix64).
            mixed = (gram ^ gram >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
            x = np.uint32(mixed >> np.uint64(32))
            for k in range(80):
                value = np.uint32(np.uint32(odd[k] * x) + plus[k])
                least[k] = min(least[k], value)
        for band in range(20):
            key = np.uint64(0x9E3779B97F4A7C15)
            for row in range(4):
                key = (key ^ np.uint64(least[4 * band + row])) * np.uint64(0xD6E8FEB86659FD93)
                key ^= key >> np.uint64(32)
            keys[band, text] = key | np.uint64(1)
        for k in range(80):
            low[text, k] = np.uint8(least[k] >> np.uint32(24))
    return keys, low


@compiled
def _linked(key: Any, order: Any, low: Any, n_agreeing: int, most: int, scanned: int) -> Any:
    """Pairs a << 32 | b that agree in this band and in enough values; a pair may come from several bands."""
    pairs = np.empty(1 << 12, np.int64)
    n = 0
    for i in range(order.size):
        if key[order[i]] == 0:
            continue
        linked = 0
        for j in range(i + 1, min(i + 1 + scanned, order.size)):
            if linked == most or key[order[j]] != key[order[i]]:
                break
            a, b = min(order[i], order[j]), max(order[i], order[j])
            agreeing = 0
            for k in range(80):
                agreeing += low[a, k] == low[b, k]
            if agreeing < n_agreeing:
                continue
            linked += 1
            if n == pairs.size:
                larger = np.empty(2 * n, np.int64)
                for k in range(n):
                    larger[k] = pairs[k]
                pairs = larger
            pairs[n] = a << 32 | b
            n += 1
    return pairs[:n]
