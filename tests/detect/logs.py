"""Small random share logs, full of ties and repeats, for the tests of the kernels."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from hypothesis import strategies as st

from groundswell.detect.shares import Shares
from groundswell.model.table import text_column

MIDNIGHT = datetime(2024, 5, 1)


@st.composite
def logs(draw, max_size=30):
    """Rows (account, object, post, time): five accounts, five objects, whole seconds within five minutes."""
    row = st.tuples(st.sampled_from("abcde"), st.sampled_from("uvwxy"), st.integers(0, 300))
    return as_rows(draw(st.lists(row, max_size=max_size)))


def as_rows(listed):
    """Rows of (account, object, second of the day), with posts numbered in that order."""
    return [
        (account, thing, f"p{n:05}", MIDNIGHT + timedelta(seconds=second))
        for n, (account, thing, second) in enumerate(listed)
    ]


def shares_from(rows) -> Shares:
    """The rows as the kernels read them, without a detour through an engine."""
    account_ids = sorted({row[0] for row in rows})
    object_ids = sorted({row[1] for row in rows})
    microsecond = timedelta(microseconds=1)
    epoch = datetime(1970, 1, 1)
    ordered = sorted(
        (object_ids.index(thing), (time - epoch) // microsecond, account_ids.index(account), post)
        for account, thing, post, time in rows
    )
    columns = list(zip(*ordered, strict=True)) or [(), (), (), ()]
    return Shares(
        kind="url",
        account=np.array(columns[2], dtype=np.int32),
        object=np.array(columns[0], dtype=np.int32),
        time_us=np.array(columns[1], dtype=np.int64),
        post=text_column(columns[3]),
        account_ids=text_column(account_ids),
        object_ids=text_column(object_ids),
    )
