"""matched_accounts: as busy and about as old, outside every group, and just those that comparing all gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.model.post import ACCOUNTS, POSTS, Account, Post
from groundswell.personas.matched import FOR_EACH, matched_accounts
from groundswell.read.batches import Batch, account_columns
from groundswell.read.times import microseconds

DAY = datetime(2024, 5, 1, tzinfo=UTC)


def load(engine, rows):
    """(account, posts, days of age or None) as tables."""
    batch = Batch("made-up")
    for account, n, _ in rows:
        for at in range(n):
            post = Post(platform="made-up", account_id=account, time=DAY, post_id=f"{account}-{at}")
            batch.add(post, post.post_id, microseconds(post.time), at + 1)
    engine.load(POSTS, batch.columns())
    accounts = [
        Account(platform="made-up", account_id=name, created_at=None if age is None else DAY - timedelta(days=age))
        for name, _, age in rows
    ]
    engine.load(ACCOUNTS, account_columns(accounts))


def test_a_matched_account_is_as_busy_and_about_as_old(engine):
    load(engine, [("ana", 4, 100), ("ben", 4, 90), ("cat", 9, 100), ("dan", 4, 600), ("eve", 3, None)])
    found = matched_accounts(engine, ["ana"], excluded=[], looked_at=["ana", "ben", "cat", "dan", "eve"])

    assert found == ("ben", "eve")


def test_members_and_accounts_nobody_looked_at_are_not_taken(engine):
    load(engine, [("ana", 2, 10), ("ben", 2, 10), ("cat", 2, 10), ("dan", 2, 10)])

    assert matched_accounts(engine, ["ana"], excluded=["ben"], looked_at=["ana", "ben", "cat"]) == ("cat",)


rows = st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(0, 900)), min_size=2, max_size=25)


@settings(max_examples=25)
@given(rows, st.integers(1, 4))
def test_agrees_with_comparing_every_two(drawn, n_members):
    listed = [(f"a{at:02}", n, age) for at, (n, age) in enumerate(drawn)]
    members = [name for name, _, _ in listed[:n_members]]
    with Duck() as engine:
        load(engine, listed)
        found = matched_accounts(engine, members, excluded=members, looked_at=[name for name, _, _ in listed])
    expected = set()
    for _, n, age in listed[:n_members]:
        near = [
            ((age is None or other_age is None), abs(np.log(m / n)), abs((other_age or 0) - (age or 0)), name)
            for name, m, other_age in listed[n_members:]
            if n / 2 <= m <= n * 2 and (age is None or other_age is None or abs(other_age - age) <= 365)
        ]
        # An unknown age can't order: the engine puts it last among equals, by name.
        near = [(unknown, round(pace, 9), 0 if unknown else gap, name) for unknown, pace, gap, name in near]
        expected |= {name for *_, name in sorted(near)[:FOR_EACH]}

    assert set(found) == expected
