"""Overflow: the same columns in memory and in files, and no file left."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.engine.overflow import Overflow

pieces = st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=5), min_size=1, max_size=6)


@given(pieces, st.none() | st.integers(0, 60))
def test_pieces_come_back_as_one_wherever_they_lay(listed, most_bytes):
    table = Overflow(2, most_bytes=most_bytes)
    for piece in listed:
        table.add((np.array(piece, np.int32), np.array(piece, np.int64)))

    narrow, wide = table.columns()
    flat = [number for piece in listed for number in piece]
    assert (narrow.tolist(), wide.tolist()) == (flat, flat)
    assert (narrow.dtype, wide.dtype) == (np.int32, np.int64)


def test_the_files_have_no_names(tmp_path):
    table = Overflow(1, most_bytes=0, folder=tmp_path)
    table.add((np.arange(1000),))

    assert list(tmp_path.iterdir()) == []
    assert table.columns()[0].sum() == 499_500
