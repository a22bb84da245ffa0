"""FirstShares: whose row is whose."""

from __future__ import annotations

from hypothesis import given

from groundswell.detect.first_shares import first_shares
from tests.detect.logs import as_rows, logs, shares_from


def test_only_the_first_share_of_an_object_counts():
    log = first_shares(shares_from(as_rows([("ana", "u", 50), ("ana", "u", 10), ("ben", "u", 30)])))

    assert log.shares.post.tolist() == ["p00001", "p00002"]


def test_accounts_with_two_objects_that_others_shared_too_could_be_chosen():
    rows = [("ana", "u", 1), ("ana", "v", 2), ("ben", "u", 3), ("ben", "u", 4), ("cat", "v", 5), ("cat", "own", 6)]
    log = first_shares(shares_from(as_rows(rows)))

    assert log.n_eligible == 1
    assert log.n_active == 2


@given(logs())
def test_nobody_who_could_be_chosen_is_missed(rows):
    log = first_shares(shares_from(rows))
    sharers = {thing: {account for account, other, *_ in rows if other == thing} for _, thing, *_ in rows}
    shared = {account: {thing for other, thing, *_ in rows if other == account} for account, *_ in rows}

    assert log.n_active == sum(len(things) >= 2 for things in shared.values())
    assert log.n_eligible == sum(sum(len(sharers[thing]) >= 2 for thing in things) >= 2 for things in shared.values())


def test_accounts_that_shared_nothing_have_no_number():
    log = first_shares(shares_from(as_rows([("ben", "u", 1), ("dan", "u", 2)])))

    assert log.numbers_of(["eve", "dan", "ana", "ben"]).tolist() == [0, 1]
    assert log.numbers_of([]).tolist() == []


@given(logs())
def test_each_account_and_each_object_has_just_its_rows(rows):
    log = first_shares(shares_from(rows))
    account, thing = log.shares.account, log.shares.object

    for i in range(log.n_accounts):
        assert log.rows_of([i]).tolist() == [row for row in range(log.shares.n) if account[row] == i]
    for i in range(log.n_objects):
        assert list(range(log.start[i], log.start[i + 1])) == [row for row in range(log.shares.n) if thing[row] == i]
