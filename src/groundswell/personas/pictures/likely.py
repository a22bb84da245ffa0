"""Which pictures may share a part? A vote of alike corners, so that not every two pictures are laid side by side.

    Features of n pictures ──► Index ──► for one picture, the few others whose corners answer most often

Some bits of a corner make a key; corners with the same key lie together. Two versions of one corner share a key of
20 bits in about one table of ten, unrelated ones in few. Indyk & Motwani (1998), doi:10.1145/276698.276876.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
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
    """The corners of many pictures, by their keys. About 40 bytes a corner, 16 KB a picture."""

    def __init__(self, pictures: Sequence[Features]) -> None:
        self.n = len(pictures)
        bits = [one.bits for one in pictures] or [np.empty((0, 4), dtype=np.uint64)]
        owner = np.repeat(np.arange(self.n, dtype=np.int32), [len(one) for one in pictures])
        self._starts, self._owners = _dealt(_keys(np.concatenate(bits), _places()), owner, KEY_BITS)

    def likely(self, picture: Features, most: int) -> Numbers:
        """The pictures that answer to two or more corners of this one, most answers first, `most` of them at most."""
        votes = np.zeros(self.n, dtype=np.int64)
        _vote(votes, self._owners, self._starts, _keys(picture.bits, _places()), CROWDED)
        answered = np.flatnonzero(votes >= 2)
        return np.asarray(answered[np.lexsort((answered, -votes[answered]))][:most])


@cache
def _places() -> Numbers:
    """Shape (tables, bits of a key): which of a corner's 256 bits make its key, drawn once and for all."""
    draw = np.random.default_rng(SEED + 1)
    return np.array([draw.permutation(256)[:KEY_BITS] for _ in range(TABLES)], dtype=np.int64)


@compiled
def _keys(bits: Bits, places: Numbers) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Shape (tables, corners)."""
    keys = np.zeros((places.shape[0], bits.shape[0]), dtype=np.int32)
    for corner in range(bits.shape[0]):
        for table in range(places.shape[0]):
            key = 0
            for at in range(places.shape[1]):
                place = places[table, at]
                key |= int((bits[corner, place // 64] >> np.uint64(place % 64)) & np.uint64(1)) << at
            keys[table, corner] = key
    return keys


@compiled
def _dealt(keys: Any, owner: Any, key_bits: int) -> Any:
    """For each table the owners of the corners in the order of their keys, and where each key starts."""
    n_tables, n = keys.shape
    starts = np.zeros((n_tables, (1 << key_bits) + 1), dtype=np.int32)
    owners = np.empty((n_tables, n), dtype=np.int32)
    for table in range(n_tables):
        starts[table, 1:] = np.cumsum(np.bincount(keys[table], minlength=1 << key_bits))
        free = starts[table, :-1].copy()
        for corner in range(n):
            key = keys[table, corner]
            owners[table, free[key]] = owner[corner]
            free[key] += 1
    return starts, owners


@compiled
def _vote(votes: Numbers, owners: Any, starts: Any, keys: Any, crowded: int) -> None:
    """A vote for the owner of each corner under each key."""
    for table in range(keys.shape[0]):
        for corner in range(keys.shape[1]):
            first, last = starts[table, keys[table, corner]], starts[table, keys[table, corner] + 1]
            if last - first > crowded:
                continue
            for entry in range(first, last):
                votes[owners[table, entry]] += 1
