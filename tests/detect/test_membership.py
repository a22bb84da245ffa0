"""why: what speaks for an account's place in a group, and what would take it out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from groundswell.detect.groups import find_groups
from groundswell.detect.membership import why
from groundswell.errors import WrongUse
from tests.detect.crowds import campaign, crowd, shares

LAYER = shares(crowd() + campaign())
(GROUP,) = find_groups([LAYER], precision_s=1.0).groups


def asked(account_id, layer=LAYER):
    return why(layer, GROUP, account_id, GROUP.strongest)


def without(posts):
    kept = ~np.isin(LAYER.post.astype(str), list(posts))
    return replace(LAYER, **{name: getattr(LAYER, name)[kept] for name in ("account", "object", "time_us", "post")})


def test_a_member_adds_evidence_and_gains_by_staying():
    found = asked("x003")

    assert found.inside
    assert found.n_others == 9
    assert found.evidence_with > found.evidence_without
    assert found.gain > 0


def test_its_meetings_name_both_posts_and_the_lag():
    found = asked("x003")
    when = {post: int(LAYER.time_us[row]) for row, post in enumerate(LAYER.post)}

    assert 8 <= len(found.meetings) <= found.n_shared
    for meeting in found.meetings:
        lags = [(when[post] - when[meeting.post_id]) / 1e6 for post in meeting.post_ids]
        assert meeting.lag_s == lags[0]
        assert max(map(abs, lags)) <= GROUP.strongest.window_s
        assert [abs(lag) for lag in lags] == sorted(abs(lag) for lag in lags)
        assert set(meeting.account_ids) < set(GROUP.account_ids)


def test_without_the_posts_it_hinges_on_it_drops_out():
    found = asked("x003")
    after = asked("x003", without(found.hinges_on))

    assert 0 < len(found.hinges_on) < found.n_shared + 1
    assert after.gain <= 0
    assert after.hinges_on == ()
    regrouped = find_groups([without(found.hinges_on)], precision_s=1.0).reported
    assert "x003" not in {account for group in regrouped for account in group.account_ids}


def test_without_all_but_one_of_them_it_stays():
    hinges_on = asked("x003").hinges_on

    assert asked("x003", without(hinges_on[1:])).gain > 0


def test_every_post_of_an_object_goes_when_the_account_shared_it_again():
    rows = crowd() + campaign()
    again = [(account, thing, second + 7.0) for account, thing, second in rows if account == "x003"]
    found = asked("x003", shares(rows + again))

    assert len(found.hinges_on) == 2 * len(asked("x003").hinges_on)


def test_an_outsider_would_add_nothing():
    found = asked("c0001")

    assert not found.inside
    assert found.n_others == 10
    assert found.gain <= 0
    assert found.hinges_on == ()


def test_those_that_came_closest_are_outside_and_in_order():
    hanger_on = [("late", thing, second + 20.0) for account, thing, second in campaign() if account == "x001"][:2]
    found = asked("x003", shares(crowd() + campaign() + hanger_on))

    assert found.closest[0].account_id == "late"
    assert not {outsider.account_id for outsider in found.closest} & set(GROUP.account_ids)
    assert [o.gain for o in found.closest] == sorted((o.gain for o in found.closest), reverse=True)


def test_an_account_that_is_not_there_is_told_so():
    with pytest.raises(WrongUse, match="'nobody' is not in the traces of kind 'url'"):
        asked("nobody")
