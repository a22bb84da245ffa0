"""near: finds just what comparing every two finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.personas.pictures.search import near


def slowly(left, right, radius):
    """Every pair by comparing every two; within one set each once."""
    return [
        (i, j, differ)
        for i in range(len(left))
        for j in range(len(right if right is not None else left))
        if (right is not None or i < j)
        and (differ := int(np.bitwise_count(left[i] ^ (right if right is not None else left)[j]).sum())) <= radius
    ]


def hashes(seed, n, words, flips):
    """Random hashes, each a few flipped bits away from one of five."""
    draw = np.random.default_rng(seed)
    made = draw.integers(0, 2**64, size=(5, words), dtype=np.uint64)[draw.integers(0, 5, n)]
    for _ in range(flips):
        at = draw.integers(0, 64 * words, n)
        made[np.arange(n), at // 64] ^= np.uint64(1) << (at % 64).astype(np.uint64)
    return made


@given(st.integers(0, 1000), st.sampled_from([1, 2, 4]), st.integers(0, 14), st.integers(0, 12))
def test_agrees_with_comparing_every_two(seed, words, radius, flips):
    left, right = hashes(seed, 30, words, flips), hashes(seed + 1, 20, words, flips)

    assert list(zip(*(column.tolist() for column in near(left, None, radius)), strict=True)) == slowly(
        left, None, radius
    )
    assert list(zip(*(column.tolist() for column in near(left, right, radius)), strict=True)) == slowly(
        left, right, radius
    )


def test_the_radius_includes_its_end_and_nothing_more():
    hashes = np.array([[0], [0b1111111111]], dtype=np.uint64)

    assert len(near(hashes, None, 10)[0]) == 1
    assert len(near(hashes, None, 9)[0]) == 0


def test_a_negative_radius_is_refused():
    with pytest.raises(ValueError, match="0 or more"):
        near(np.zeros((2, 1), dtype=np.uint64), None, -1)
