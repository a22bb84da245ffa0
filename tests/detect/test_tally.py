"""near_pairs and expected_pairs: counted without ever putting a pair down, and still the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.speed import N_STRATA
from groundswell.detect.tally import expected_pairs, near_pairs

# Few strata and many rows, so that windows hold more rows than there are strata: the kernels then count differently.
runs_of_rows = st.lists(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, N_STRATA - 1)), max_size=3 * N_STRATA), max_size=4
)


def laid_out(runs):
    rows = [row for run in runs for row in sorted(run)]
    start = np.cumsum([0, *map(len, runs)]).astype(np.int64)
    return start, np.array([r[0] for r in rows], np.int64), np.array([r[1] for r in rows], np.uint8)


@given(runs_of_rows, st.integers(0, 60))
def test_near_pairs_agree_with_comparing_every_two_rows(runs, window):
    start, time, stratum = laid_out(runs)
    near = np.zeros(len(runs), int)
    by_strata = np.zeros((N_STRATA, N_STRATA), int)
    for run in range(len(runs)):
        for i in range(start[run], start[run + 1]):
            for j in range(start[run], i):
                if abs(time[i] - time[j]) <= window:
                    near[run] += 1
                    by_strata[stratum[i], stratum[j]] += 1
                    by_strata[stratum[j], stratum[i]] += 1

    found_near, found_by_strata = near_pairs(start, time, stratum, window)

    assert found_near.tolist() == near.tolist()
    assert found_by_strata.tolist() == by_strata.tolist()


@given(runs_of_rows, st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_expected_pairs_agree_with_comparing_every_two_rows(runs, weights):
    start, _, stratum = laid_out(runs)
    weight = np.array(weights[: len(runs)])
    expected = np.zeros((N_STRATA, N_STRATA))
    for run in range(len(runs)):
        for i in range(start[run], start[run + 1]):
            for j in range(start[run], start[run + 1]):
                if i != j:
                    expected[stratum[i], stratum[j]] += weight[run]

    np.testing.assert_allclose(expected_pairs(start, stratum, weight), expected, atol=1e-9)
