"""decide: reported, a note, or nothing."""

from __future__ import annotations

import math

import pytest

from groundswell.detect.decision import Rule, decide, needed_digits
from groundswell.detect.first_shares import first_shares
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from groundswell.model.group import Outcome
from tests.detect.crowds import DAY, campaign, crowd, shares


def decided(planted, size=10, precision_s=1.0, needed=3.6):
    log = first_shares(shares(crowd() + planted))
    members = log.numbers_of([f"x{n:03}" for n in range(size)])
    evidence = Setting.of(log, speed_of(log), window_s=60.0, theta=3.0).evidence(members)
    return decide(evidence, members, Rule(needed=needed, precision_s=precision_s, seed=0))


def on_one_day(rows):
    return [(account, thing, 1.5 * DAY + (second % 1000)) for account, thing, second in rows]


def test_a_campaign_without_a_leader_is_reported():
    decision = decided(campaign())

    assert decision.outcome is Outcome.REPORTED
    assert decision.layer.n_occasions == 12


def test_a_campaign_behind_one_account_is_quick_followers():
    assert decided(campaign(leader="star")).outcome is Outcome.QUICK_FOLLOWERS


def test_a_few_occasions_are_too_few_unless_the_evidence_is_overwhelming():
    thin = campaign(4, size=6, n_objects=4, turnout=0.8)
    digits = decided(thin, size=6).layer.evidence

    assert decided(thin, size=6, needed=digits - 1).outcome is Outcome.TOO_FEW_OCCASIONS
    assert decided(thin, size=6, needed=digits - 4).outcome is Outcome.REPORTED


def test_less_evidence_than_needed_is_nothing():
    digits = decided(campaign()).layer.evidence

    assert decided(campaign(), needed=digits + 0.01) is None


def test_everything_on_one_day_is_nothing():
    planted = campaign(owned=True)
    one_day = [
        (account, thing, 5 * DAY + 3600.0 + int(thing[-3:]) * 600 + second % 50) for account, thing, second in planted
    ]

    assert decided(planted) is not None
    assert decided(one_day) is None


def test_two_occasions_are_nothing():
    assert decided(campaign(size=30, n_objects=2, turnout=1.0), size=30, needed=0.0) is None


def test_five_members_that_nobody_leads_are_reported_whatever_is_left_without_the_most_frequent_first():
    small = decided(campaign(3, size=5, n_objects=10, turnout=1.0), size=5)

    assert small.layer.evidence_without_leaders < small.layer.evidence
    assert small.outcome is Outcome.REPORTED


def test_five_members_behind_one_of_them_are_quick_followers():
    led = [
        (account, thing, second if account == "x002" else second + 60.0)
        for account, thing, second in campaign(3, size=5, n_objects=10, turnout=1.0, pace_s=40.0)
    ]

    assert decided(led, size=5).outcome is Outcome.QUICK_FOLLOWERS


def test_a_clock_of_whole_minutes_tells_nothing_of_seconds():
    assert decided(campaign(), precision_s=60.0).layer.second_of_minute is None
    assert decided(campaign(), precision_s=1.0).layer.second_of_minute is not None


def test_a_schedule_starts_at_one_second_of_the_minute():
    on_the_minute = [(account, thing, second - second % 60 + 1.0) for account, thing, second in campaign(pace_s=0.0)]

    assert decided(on_the_minute).layer.second_of_minute == pytest.approx(1.0)
    assert decided(campaign()).layer.second_of_minute < 0.7


def test_figures_of_a_group_that_owns_its_objects():
    layer = decided(campaign(owned=True, turnout=1.0)).layer

    assert layer.turnout == layer.own_audience == 1.0
    assert layer.n_objects == layer.n_occasions == 12
    assert layer.median_spread_s < 50
    assert layer.times_chance > 5


def test_every_kind_and_window_that_is_tried_has_its_price():
    assert needed_digits(0.001, 4) == pytest.approx(3 + math.log10(4))
