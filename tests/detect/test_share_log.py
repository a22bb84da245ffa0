"""numbered_shares: any log of numbers in the order of the kernels, whatever order it came in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.share_log import numbered_shares

rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(-50, 50)), max_size=40)


def columns(listed):
    account, thing, time = (np.array([row[k] for row in listed]) for k in range(3))
    return account.astype(np.int32), thing.astype(np.int32), time.astype(np.int64)


@given(rows, st.booleans(), st.integers(1, 3))
def test_agrees_with_a_stable_sort(listed, in_time, threads):
    if in_time:
        listed = sorted(listed, key=lambda row: row[2])

    shares = numbered_shares("url", *columns(listed), threads=threads)

    expected = sorted(listed, key=lambda row: (row[1], row[2]))
    assert list(zip(shares.account.tolist(), shares.object.tolist(), shares.time_us.tolist(), strict=True)) == expected
    assert len(shares.account_ids) == max((row[0] + 1 for row in listed), default=0)


def test_a_log_with_a_hole_is_refused():
    account, thing, time = columns([(0, 0, 0), (1, 0, 5)])

    with pytest.raises(ValueError, match="2, 2 and 1 entries"):
        numbered_shares("url", account, thing, time[:1])


def test_negative_numbers_are_refused():
    with pytest.raises(ValueError, match="numbered from 0"):
        numbered_shares("url", *columns([(-1, 0, 0)]))
