"""Collections that one block of accounts dominates: organic collections are asked, or nothing is decided."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.detect.decision import times_at_least
from groundswell.detect.first_shares import first_shares
from groundswell.detect.groups import find_groups
from groundswell.detect.multiverse import group_null, multiverse
from groundswell.detect.scan import Setting, dominates
from groundswell.detect.speed import speed_of
from groundswell.detect.yardstick import FEW_PAIRS, tally, yardstick
from groundswell.model.group import Outcome
from tests.detect.crowds import campaign, crowd, shares

SMALL_CROWD = {"n_accounts": 60, "n_shares": 900}


def block(kind, pace_s=40.0):
    """Thirty of ninety accounts, on objects of their own."""
    return shares(crowd(**SMALL_CROWD) + campaign(size=30, n_objects=15, owned=True, pace_s=pace_s), kind)


def camps(kind):
    """Three groups of twelve, none of which is a quarter of all accounts, on objects of their own."""
    rows = crowd(**SMALL_CROWD)
    for number, name in enumerate("xyz"):
        rows += campaign(number, size=12, n_objects=15, owned=True, name=name)
    return shares(rows, kind)


def found(layer):
    return find_groups([layer], precision_s=1.0, windows_s=[60.0]).groups


def test_a_block_that_organic_collections_bear_out_is_reported_and_says_so():
    (group,) = found(block("hashtag"))

    assert group.outcome is Outcome.REPORTED
    assert group.strongest.by_reference


@pytest.mark.parametrize("kind", ["share", "url"])
def test_a_block_in_a_kind_without_reference_is_not_decided_on(kind):
    (group,) = found(block(kind))

    assert group.outcome is Outcome.NO_CONTROL
    assert group.group_id == "N1"
    assert len(group.account_ids) == 30


def test_copied_texts_within_ten_minutes_are_no_rarity_to_organic_collections():
    """Three of five pairs of equal texts stood within ten minutes of each other there: three times that can't be."""
    (group,) = find_groups([block("text", pace_s=500.0)], precision_s=1.0, windows_s=[600.0]).groups

    assert group.outcome is Outcome.NO_CONTROL


def test_groups_that_are_each_others_outsiders_are_one_block():
    assert [group.outcome for group in found(camps("url"))] == [Outcome.NO_CONTROL] * 3
    assert [group.strongest.by_reference for group in found(camps("hashtag"))] == [True] * 3


def test_a_campaign_in_a_crowd_is_its_own_affair():
    (group,) = found(shares(crowd() + campaign(owned=True), "hashtag"))

    assert group.outcome is Outcome.REPORTED
    assert not group.strongest.by_reference


def test_dominating_takes_both_a_quarter_of_the_accounts_and_most_of_what_they_share():
    log = first_shares(block("url"))
    members = log.numbers_of([f"x{n:03}" for n in range(30)])

    assert dominates(log, members)
    assert not dominates(log, members[:20])
    assert not dominates(log, log.numbers_of([f"c{n:04}" for n in range(30)]))


def test_the_settings_treat_a_block_as_the_scan_does():
    layer = block("hashtag")
    scan = find_groups([layer], precision_s=1.0, windows_s=[60.0])
    (one,) = multiverse([layer], scan)
    at_three = [cell.n_members for cell in one.cells if cell.null == group_null(3.0) and cell.min_objects == 2]

    assert at_three == [30]


def test_with_few_outsiders_sizes_are_drawn_towards_the_reference():
    strangers = [("ana", "u", 0.0), ("ben", "u", 9e4), ("cat", "u", 2e5)]
    log = first_shares(shares(campaign(size=12, n_objects=10, owned=True) + strangers, "hashtag"))
    whole = tally(log, speed_of(log), 60_000_000)
    label = np.where(np.isin(log.shares.account_ids.astype(str), ["ana", "ben", "cat"]), -1, 0)
    asked = yardstick(whole, label)

    assert whole.pairs.sum() > FEW_PAIRS
    assert asked.by_reference
    assert asked.near_share.max() <= whole.reference.max()


def test_the_least_effect_is_where_the_evidence_ends():
    log = first_shares(shares(crowd() + campaign()))
    members = log.numbers_of([f"x{n:03}" for n in range(10)])
    evidence = Setting.of(log, speed_of(log), window_s=60.0, theta=3.0).evidence(members)
    least = times_at_least(evidence, members, 3.6)

    assert least > 3
    assert evidence.asking(least).digits(members) >= 3.6
    assert evidence.asking(least * 1.02).digits(members) < 3.6
    assert times_at_least(evidence, members, evidence.digits(members)) == pytest.approx(3.0, rel=0.01)
    assert times_at_least(evidence, members, -1e9) == 1000.0


def test_every_reported_group_is_in_step_as_often_as_the_rule_asks():
    for theta in (3.0, 5.0):
        layer = shares(crowd() + campaign() + campaign(2, name="y", pace_s=500.0, n_objects=30))
        for group in find_groups([layer], precision_s=1.0, theta=theta).reported:
            assert group.strongest.times_at_least >= theta == group.strongest.theta
