"""likely: who answers most, counted the slow way too."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.personas.pictures import likely
from groundswell.personas.pictures.features import SEED, Features
from groundswell.personas.pictures.likely import KEY_BITS, TABLES, Index


def of_bits(bits):
    """Features of which only the bits matter."""
    n = len(bits)
    return Features(np.zeros((n, 2), np.float32), np.ones(n, np.float32), np.asarray(bits, np.uint64).reshape(n, 4))


def shared_keys(one, other):
    """In how many tables two corners have the same key, bit by bit."""
    draw = np.random.default_rng(SEED + 1)
    bits = [[bool(int(words[p // 64]) >> p % 64 & 1) for p in range(256)] for words in (one, other)]
    chosen = [draw.permutation(256)[:KEY_BITS] for _ in range(TABLES)]
    return sum(all(bits[0][p] == bits[1][p] for p in places) for places in chosen)


words = st.sampled_from([0, 1, 1 << 63, (1 << 64) - 1, 0xF0F0_F0F0_F0F0_F0F0])
corner = st.tuples(words, words, words, words)
pictures = st.lists(st.lists(corner, max_size=4), min_size=1, max_size=6)


@settings(max_examples=15)
@given(pictures, st.lists(corner, max_size=4), st.integers(1, 5))
def test_the_votes_are_those_of_comparing_every_two_corners(held, asked, most):
    votes = [sum(shared_keys(one, other) for one in asked for other in corners) for corners in held]
    expected = sorted((at for at, n in enumerate(votes) if n >= 2), key=lambda at: (-votes[at], at))[:most]

    assert Index([of_bits(corners) for corners in held]).likely(of_bits(asked), most).tolist() == expected


def test_a_key_of_very_many_corners_says_nothing(monkeypatch):
    monkeypatch.setattr(likely, "CROWDED", 3)
    crowd = [of_bits([(7, 7, 7, 7)]) for _ in range(4)]

    assert Index(crowd[:3]).likely(crowd[0], 9).tolist() == [0, 1, 2]
    assert Index(crowd).likely(crowd[0], 9).tolist() == []
