"""Account history: what changed, what moved, what was made together, and what is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from groundswell.assess.wording import check
from groundswell.model.snapshot import Snapshot, Status
from groundswell.personas.history import changes, creation_batches, handle_reuse, later_gone

DAY = datetime(2024, 5, 1, tzinfo=UTC)


def seen(account, day, **more):
    return Snapshot(platform="made-up", account_id=account, seen_at=DAY + timedelta(days=day), **more)


def test_a_change_lies_between_the_two_snapshots_that_show_it():
    (one,) = changes([seen("ana", 9, handle="ana2"), seen("ana", 0, handle="ana"), seen("ana", 4, name="Ana")])

    assert (one.what, one.before, one.after) == ("handle", "ana", "ana2")
    assert (one.not_before, one.not_after) == (DAY, DAY + timedelta(days=9))


def test_what_was_not_seen_did_not_change():
    assert changes([seen("ana", 0, bio="x", status=Status.ACTIVE), seen("ana", 1)]) == ()


def test_one_account_with_two_names_and_one_name_with_two_accounts():
    found = handle_reuse(
        [
            seen("ana", 0, handle="harbour"),
            seen("ana", 2, handle="lantern"),
            seen("ben", 3, handle="@Harbour"),
            seen("cat", 1, handle="cat"),
        ]
    )

    assert found.many_names == (("made-up", "ana", ("harbour", "lantern")),)
    assert found.many_accounts == (("made-up", "harbour", ("ana", "ben")),)
    assert (found.n_accounts, found.n_handles) == (3, 3)


def over_years(rng, n):
    return [DAY - timedelta(days=float(days)) for days in rng.uniform(0, 2000, n)]


def test_accounts_made_on_one_day_are_a_batch():
    rng = np.random.default_rng(1)
    own = [(f"a{at}", when) for at, when in enumerate(over_years(rng, 100))]
    own += [(f"b{at}", DAY - timedelta(days=300, minutes=at)) for at in range(8)]
    (batch,) = creation_batches(own, over_years(rng, 3000))

    assert {f"b{at}" for at in range(8)} <= set(batch.account_ids)
    assert batch.expected < 1


def test_accounts_made_as_everybody_makes_them_are_none():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        own = [(f"a{at}", when) for at, when in enumerate(over_years(rng, 100))]

        assert creation_batches(own, over_years(rng, 3000)) == ()


def test_a_day_that_brought_everybody_is_no_batch():
    rng = np.random.default_rng(2)
    rush = [DAY - timedelta(days=float(days)) for days in rng.uniform(100, 130, 6000)]
    own = [(f"a{at}", when) for at, when in enumerate(rush[:60])]

    assert creation_batches(own, [*rush[60:], *over_years(rng, 100)]) == ()


def test_without_a_baseline_nothing_is_many():
    assert creation_batches([(f"a{at}", DAY) for at in range(9)], []) == ()


def test_gone_is_told_beside_matched_accounts_and_unknown_is_in_no_denominator():
    rows = [seen(f"a{at}", 0, status=Status.SUSPENDED if at < 3 else Status.ACTIVE) for at in range(14)]
    rows += [seen(f"m{at}", 0, status=Status.DELETED if at < 12 else Status.ACTIVE) for at in range(140)]
    found = later_gone([f"a{at}" for at in range(15)], [f"m{at}" for at in range(140)], rows)

    assert (found.gone, found.looked_at, found.matched_gone, found.matched_looked_at) == (3, 14, 12, 140)
    assert not found.tells_apart
    check(found.sentence)
    assert "do not" not in found.sentence
    check(later_gone([], [], []).sentence)


def test_an_account_that_came_back_is_not_gone():
    rows = [seen("ana", 0, status=Status.SUSPENDED), seen("ana", 5, status=Status.ACTIVE)]

    assert later_gone(["ana"], [], rows).gone == 0
