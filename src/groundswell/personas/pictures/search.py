"""Near hashes among very many: every two within a number of differing bits, found without comparing every two.

    n hashes × m hashes, radius r ──► pairs (i, j) and their distance

A hash is cut into 16-bit pieces. If two hashes differ in r bits or fewer, then in at least one piece they differ in
few: with r + 1 bits dealt out over the pieces, some piece has fewer differing bits than it was dealt. So for each
piece, hashes lie in 65,536 buckets by its value, and only buckets whose values differ in that few bits are compared,
bucket against bucket, while both are in the processor's nearest memory. Exact: nothing within r is missed.

Norouzi, Punjani & Fleet (2014), doi:10.1109/TPAMI.2013.231, with their queries turned into a join.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.personas.pictures.hashes import Bits

Places = np.ndarray[Any, np.dtype[np.int64]]

PIECE = 16
VALUES = 1 << PIECE


def near(left: Bits, right: Bits | None, radius: int) -> tuple[Places, Places, Places]:
    """Every pair of hashes that differ in at most `radius` bits.

    Parameters
    ----------
    left, right
        Shape (n, words) each. Without `right`, the pairs within `left` are found, each once and with i < j.
    radius
        Bits, 0 or more. The cost grows steeply once a piece is dealt more than three: radius 11 for 64 bits.

    Returns
    -------
    i, j, distance
        Sorted by i, then j.

    Notes
    -----
    Time of 10⁶ against themselves at 64 bits and radius 10: see benchmarks/pictures.py.
    """
    if radius < 0:
        raise ValueError(f"the radius must be 0 or more, got {radius}")
    alone = right is None
    first = np.ascontiguousarray(left, dtype=np.uint64)
    second = first if right is None else np.ascontiguousarray(right, dtype=np.uint64)
    n_pieces = first.shape[1] * (64 // PIECE)
    dealt = np.array([(radius + 1) // n_pieces + (p < (radius + 1) % n_pieces) for p in range(n_pieces)]) - 1
    found: list[Places] = []
    for piece in range(n_pieces):
        if dealt[piece] < 0:
            break  # nothing was dealt to this piece or to any later one
        masks = _within(int(dealt[piece]))
        order_a, starts_a = _buckets(first, piece)
        order_b, starts_b = (order_a, starts_a) if alone else _buckets(second, piece)
        a, b = np.ascontiguousarray(first[order_a]), np.ascontiguousarray(second[order_b])
        found.append(
            _joined(a, order_a, starts_a, b, order_b, starts_b, masks, piece, dealt.astype(np.int64), radius, alone)
        )
    pairs = np.concatenate(found) if found else np.empty((0, 3), dtype=np.int64)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1], pairs[:, 2]


def distances(left: Bits, right: Bits) -> Places:
    """Differing bits of each two hashes in the same row."""
    return np.asarray(np.bitwise_count(left ^ right).sum(axis=-1), dtype=np.int64)


def _within(radius: int) -> Places:
    """All 16-bit values with at most `radius` bits set."""
    values = np.arange(VALUES, dtype=np.int64)
    return values[np.bitwise_count(values) <= radius]


def _buckets(words: Bits, piece: int) -> tuple[Places, Places]:
    """The places of the hashes in the order of one piece's value, and where each value starts."""
    values = ((words[:, piece // 4] >> np.uint64(PIECE * (piece % 4))) & np.uint64(VALUES - 1)).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=VALUES))]).astype(np.int64)
    return np.argsort(values, kind="stable").astype(np.int64), starts


@compiled
def _joined(
    a: Bits,
    order_a: Places,
    starts_a: Places,
    b: Bits,
    order_b: Places,
    starts_b: Places,
    masks: Places,
    piece: int,
    dealt: Places,
    radius: int,
    alone: bool,
) -> Places:
    """(i, j, distance) of the pairs that this piece is the first to find."""
    n_words = a.shape[1]
    found = np.empty((1024, 3), dtype=np.int64)
    n = 0
    for value in range(starts_a.size - 1):
        if starts_a[value] == starts_a[value + 1]:
            continue
        for mask in masks:
            other = value ^ mask
            if alone and other < value:
                continue
            for i in range(starts_a[value], starts_a[value + 1]):
                start = i + 1 if alone and other == value else starts_b[other]
                for j in range(start, starts_b[other + 1]):
                    differ = 0
                    for word in range(n_words):
                        x = a[i, word] ^ b[j, word]
                        x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
                        x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
                        x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                        differ += int((x * np.uint64(0x0101010101010101)) >> np.uint64(56))
                    if differ > radius:
                        continue
                    earlier = False
                    for before in range(piece):
                        shift = np.uint64(16 * (before % 4))
                        x = ((a[i, before // 4] ^ b[j, before // 4]) >> shift) & np.uint64(0xFFFF)
                        bits = 0
                        while x:
                            x &= x - np.uint64(1)
                            bits += 1
                        if bits <= dealt[before]:
                            earlier = True
                            break
                    if earlier:
                        continue
                    if n == found.shape[0]:
                        larger = np.empty((2 * n, 3), dtype=np.int64)
                        larger[:n] = found
                        found = larger
                    at, with_ = order_a[i], order_b[j]
                    if alone and with_ < at:
                        at, with_ = with_, at
                    found[n, 0] = at
                    found[n, 1] = with_
                    found[n, 2] = differ
                    n += 1
    return found[:n]
