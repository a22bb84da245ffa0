"""room: large or small, an array like any other."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.engine.room import LARGE_BYTES, room


@pytest.mark.parametrize("n", [0, 1, LARGE_BYTES // 8 - 1, LARGE_BYTES // 8, LARGE_BYTES])
@pytest.mark.parametrize("kind", [np.int32, np.uint32, np.int64])
def test_there_is_room_for_as_many_numbers_as_were_asked_for(n, kind):
    array = room(n, kind)

    assert (array.dtype, array.shape) == (np.dtype(kind), (n,))
    array[:] = 7
    assert (array == 7).all()


def test_the_room_outlives_what_made_it_and_is_given_back_with_the_last_who_looks():
    part = room(LARGE_BYTES, np.int32)[-1:]
    part[0] = 41

    assert int(part[0]) + 1 == 42
