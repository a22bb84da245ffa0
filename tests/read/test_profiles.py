"""Profiles: the last word on each account counts, wherever the ones before it lie."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.model.post import Account
from groundswell.read.profiles import Profiles
from tests.read.kept import plain_rows

WORDS = st.tuples(
    st.sampled_from("abcdé"), st.none() | st.integers(0, 2**63 - 1), st.sampled_from(("row", "cells", "put"))
)


def account_of(record):
    """No profile of those who have no followers."""
    if record["n"] == 0:
        return None
    moment = None if record["n"] is None else datetime(2024, 5, 1, microsecond=record["n"] % 10**6, tzinfo=UTC)
    return Account(platform="x", account_id=record["id"], name="ü", created_at=moment, followers=record["n"])


def listed(profiles):
    return [row for batch in profiles.batches() for row in plain_rows(batch)]


@given(st.lists(WORDS, max_size=40), st.integers(1, 5))
def test_the_last_word_counts_however_little_is_held_in_memory(words, most):
    """Against the slow twin: everything in memory."""
    with Profiles(account_of) as twin, Profiles(account_of, most=most) as profiles:
        for name, n, way in words:
            for one in (twin, profiles):
                if way == "row":
                    one.tell(("x", name), {"id": name, "n": n})
                elif way == "cells":
                    one.tell_cells(("id", "n"), [("x", name)], [[name, n]])
                elif account := account_of({"id": name, "n": n}):
                    one.put(account)
        expected = listed(twin)

        assert listed(profiles) == expected
        assert [row["account_id"] for row in expected] == sorted({row["account_id"] for row in expected})


def test_a_profile_counts_over_a_row_that_waits_for_longer():
    with Profiles(account_of) as profiles:
        profiles.tell(("x", "ana"), {"id": "ana", "n": 1})
        profiles.put(account_of({"id": "ana", "n": 2}))

        assert [row["followers"] for row in listed(profiles)] == [2]


def test_batches_are_no_larger_than_promised(monkeypatch):
    monkeypatch.setattr("groundswell.read.profiles.BATCH", 3)
    with Profiles(account_of, most=2) as profiles:
        for n in range(1, 8):
            profiles.tell(("x", f"a{n}"), {"id": f"a{n}", "n": n})

        assert [len(batch["name"]) for batch in profiles.batches()] == [3, 3, 1]


@pytest.mark.parametrize("trouble", [None, KeyboardInterrupt])
def test_nothing_stays_on_the_disk(trouble, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        with Profiles(account_of, most=1) as profiles:
            profiles.put(account_of({"id": "ana", "n": 1}))

            assert list(Path(tmp_path).rglob("*"))
            if trouble:
                raise trouble
    except KeyboardInterrupt:
        pass

    assert not list(Path(tmp_path).rglob("*"))
