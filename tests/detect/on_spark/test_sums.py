"""sums: what is added up and multiplied in parts comes out as numpy's and BLAS's own, to the last bit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.on_spark.sums import TILE, rows_times, stretches, summed


@given(st.integers(0, 20_000), st.integers(1, 3000), st.integers(0, 2**32))
def test_stretches_add_up_as_numpy_adds_the_whole(n, most, seed):
    numbers = np.random.default_rng(seed).random(n) ** 3
    parts = [np.sum(numbers[start:end]) for start, end in stretches(n, most)]

    assert summed(parts, n, most) == np.sum(numbers)


@given(st.integers(0, 20_000), st.integers(1, 3000))
def test_stretches_are_the_whole_in_order(n, most):
    found = stretches(n, most)

    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == n


@given(st.integers(2, 400), st.integers(1, 300), st.integers(0, 2**32))
def test_rows_of_a_product_are_those_of_the_whole_table(n_rows, n_chosen, seed):
    random = np.random.default_rng(seed)
    table, square = random.random((n_rows, 24)) * 1e-3, random.random((24, 24))
    chosen = random.integers(0, n_rows, n_chosen)
    before_end = n_rows - n_rows % TILE
    at_end = np.where(chosen >= before_end, chosen - before_end, -1)

    found = rows_times(table[chosen], at_end, n_rows, square)

    assert np.array_equal(found, (table @ square)[chosen])
