"""set_aside: what was not reported is told with its reason, and accuses nobody."""

from __future__ import annotations

import pytest

from groundswell.assess.scope import scope_of
from groundswell.assess.set_aside import set_aside
from groundswell.assess.wording import check
from groundswell.model.group import Lead, Outcome
from tests.assess.runs import crowd, group, in_step, layer, write_run


@pytest.fixture
def scope(engine):
    return scope_of(write_run(engine, [*in_step(), *crowd()]), precision_s=1, min_objects=2)


def test_quick_followers_of_one_account_are_told_as_such(scope):
    fans = group(
        ("ana", "ben", "cat"), outcome=Outcome.QUICK_FOLLOWERS, leads=(Lead(account_id="ana", occasions=5, of=6),)
    )

    note = set_aside(fans, scope)

    assert note.sentence.startswith("3 of 25 accounts are quick followers of one account: they shared the same links")
    assert "it went first on 5 of 6 occasions" in note.sentence
    assert (note.kind, note.account_ids) == ("quick followers", ("ana", "ben", "cat"))
    check(note.sentence)


def test_followers_of_several_accounts_are_not_told_as_followers_of_one(scope):
    fans = group(outcome=Outcome.QUICK_FOLLOWERS, leads=(Lead(account_id="ana", occasions=2, of=6),))

    assert "followers of a few accounts" in set_aside(fans, scope).sentence


def test_too_few_occasions_are_counted(scope):
    thin = group(
        ("ana", "ben", "cat"), layer(n_occasions=3, n_days=2, kind="repost"), outcome=Outcome.TOO_FEW_OCCASIONS
    )

    note = set_aside(thin, scope)

    assert "reposted the same posts within 60 seconds of each other, on 3 occasions over 2 days" in note.sentence
    check(note.sentence)


def test_a_group_without_control_is_told_that_the_data_cannot_tell(scope):
    block = group(("ana", "ben", "cat"), layer(n_occasions=12), outcome=Outcome.NO_CONTROL)

    note = set_aside(block, scope)

    assert "on 12 occasions" in note.sentence
    assert note.sentence.endswith("these data cannot tell.")
    assert note.kind == "no control"
    check(note.sentence)


def test_a_follow_list_says_who_follows_the_first(scope):
    lead = Lead(account_id="ana", occasions=5, of=6, n_followers=0, n_listed=2)
    led = group(("ana", "ben", "cat"), outcome=Outcome.QUICK_FOLLOWERS, leads=(lead,))

    note = set_aside(led, scope)

    assert note.sentence.endswith(
        "By the follow list, 0 of 2 accounts among the others follow the one that went first."
    )
    check(note.sentence)


def test_shares_after_followed_accounts_are_told_with_their_whole(scope):
    readers = group(("ana", "ben", "cat"), layer(n_in_step=40, n_prompted=31), outcome=Outcome.SAME_SOURCES)

    note = set_aside(readers, scope)

    assert "but 31 of 40 shares of theirs in step came soon after an account that the sharer follows" in note.sentence
    assert note.kind == "same sources"
    check(note.sentence)
