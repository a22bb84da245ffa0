"""together: what is too little in each kind of trace can be enough in all of them, and no post counts twice."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.detect.groups import find_groups
from groundswell.model.group import Outcome
from tests.detect.crowds import campaign, crowd, shares

KINDS = ("hashtag", "text", "url")
SIZE, N_OBJECTS, PACE_S = 8, 5, 400.0


def in_part(number, leader=None):
    """A few objects of one kind: the same accounts on other objects, at other moments, in each."""
    rows = campaign(seed=number, size=SIZE, n_objects=N_OBJECTS, turnout=0.75, pace_s=PACE_S, leader=leader)
    return [(account, thing, second + 3600.0 * number) for account, thing, second in rows]


def found(parts, **options):
    layers = [shares(crowd(number) + part, kind) for number, (kind, part) in enumerate(zip(KINDS, parts, strict=True))]
    return find_groups(layers, precision_s=1.0, windows_s=[60.0, 600.0], **options)


def test_a_campaign_split_over_kinds_is_reported_by_all_of_them_together():
    parts = [in_part(number) for number in range(3)]
    alone = [found([part if n == number else [] for n, part in enumerate(parts)]).reported for number in range(3)]
    (group,) = found(parts).reported

    assert alone == [(), (), ()]
    assert group.account_ids == tuple(f"x{n:03}" for n in range(SIZE))
    assert len(group.kinds) >= 2
    assert group.evidence_together >= found(parts).needed_digits > max(layer.evidence for layer in group.layers)


def test_one_post_that_leaves_three_traces_is_one_coincidence():
    """The same posts in each kind: no more evidence than in the first."""
    rows = crowd() + in_part(0)
    same = find_groups([shares(rows, kind) for kind in KINDS], precision_s=1.0, windows_s=[60.0, 600.0])

    assert same.reported == ()


def test_a_group_that_one_kind_reports_is_added_up_with_nothing():
    groups = found([campaign(), campaign(3), []]).reported

    assert [group.evidence_together for group in groups] == [None] * len(groups)
    assert groups


@pytest.mark.parametrize("seed", range(3))
def test_crowds_of_three_kinds_hold_no_group(seed):
    layers = [shares(crowd(3 * seed + number), kind) for number, kind in enumerate(KINDS)]

    assert find_groups(layers, precision_s=1.0).reported == ()


def test_those_who_follow_one_account_in_every_kind_are_not_reported():
    parts = [in_part(number, leader="star") for number in range(3)]

    assert all(group.outcome is not Outcome.REPORTED for group in found(parts).groups)


def test_the_order_of_kinds_does_not_matter():
    layers = [shares(crowd(n) + in_part(n), kind) for n, kind in enumerate(KINDS)]
    one, other = (
        find_groups(order, precision_s=1.0, windows_s=[60.0, 600.0]).groups for order in (layers, layers[::-1])
    )

    assert [group.account_ids for group in one] == [group.account_ids for group in other]
    assert np.allclose([g.evidence_together or 0.0 for g in one], [g.evidence_together or 0.0 for g in other])
