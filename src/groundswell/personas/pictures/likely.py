"""Which pictures may share a part? A vote of alike corners, so that not every two pictures are laid side by side.

    Features of n pictures ──► Index ──► for one picture, the few others whose corners answer most often

Some bits of a corner make a key; corners with the same key lie together. Two versions of one corner share a key of
20 bits in about one table of ten, unrelated ones in few. Indyk & Motwani (1998), doi:10.1145/276698.276876.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.personas.pictures.features import SEED, Features
from groundswell.personas.pictures.hashes import Bits

KEY_BITS = 20
TABLES = 10
CROWDED = 400
"""Corners under one key beyond which the key says nothing: sky, print, the noise of saving."""

Numbers = np.ndarray[Any, np.dtype[np.int64]]


class Index:
    """The corners of many pictures, by their keys. About 80 bytes a corner, 30 KB a picture."""

    def __init__(self, pictures: Sequence[Features]) -> None:
        self.n = len(pictures)
        bits = [one.bits for one in pictures] or [np.empty((0, 4), dtype=np.uint64)]
        owner = np.repeat(np.arange(self.n, dtype=np.int32), [len(one) for one in pictures])
        self._keys, self._owners = [], []
        for keys in _keys(np.concatenate(bits)):
            order = np.argsort(keys, kind="stable")
            self._keys.append(keys[order])
            self._owners.append(owner[order])

    def likely(self, picture: Features, most: int) -> Numbers:
        """The pictures that answer to two or more corners of this one, most answers first, `most` of them at most."""
        votes = np.zeros(self.n, dtype=np.int64)
        for table, keys in enumerate(_keys(picture.bits)):
            first = np.searchsorted(self._keys[table], keys, side="left")
            last = np.searchsorted(self._keys[table], keys, side="right")
            _vote(votes, self._owners[table], first, last, CROWDED)
        best = np.lexsort((np.arange(self.n), -votes))[:most]
        return np.asarray(best[votes[best] >= 2])


def _keys(bits: Bits) -> list[np.ndarray[Any, np.dtype[np.uint32]]]:
    """One key a corner and table, of bits drawn once and for all."""
    draw = np.random.default_rng(SEED + 1)
    unpacked = np.unpackbits(np.ascontiguousarray(bits).view(np.uint8), axis=1, bitorder="little")
    weights = np.uint32(1) << np.arange(KEY_BITS, dtype=np.uint32)
    chosen = [draw.permutation(256)[:KEY_BITS] for _ in range(TABLES)]
    return [unpacked[:, places].astype(np.uint32) @ weights for places in chosen]


@compiled
def _vote(
    votes: Numbers, owners: np.ndarray[Any, np.dtype[np.int32]], first: Numbers, last: Numbers, crowded: int
) -> None:
    """A vote for the owner of each corner under each key."""
    for corner in range(first.size):
        if last[corner] - first[corner] > crowded:
            continue
        for entry in range(first[corner], last[corner]):
            votes[owners[entry]] += 1
