"""refine: strangers leave, the missing come back, and the balance never falls."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.bets import runs
from groundswell.detect.first_shares import first_shares
from groundswell.detect.refine import bystanders, gains_of_joining, gains_of_leaving, objects_met, refine
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from

PLANTED = shares(crowd() + campaign())
LOG = first_shares(PLANTED)
MEMBERS = LOG.numbers_of([f"x{n:03}" for n in range(10)])
EVIDENCE = Setting.of(LOG, speed_of(LOG), window_s=60.0, theta=3.0).evidence(MEMBERS)


def test_a_stranger_is_dropped():
    stranger = LOG.numbers_of(["c0007"])

    assert refine(EVIDENCE, np.union1d(MEMBERS, stranger)).tolist() == MEMBERS.tolist()


def test_missing_members_are_added():
    assert refine(EVIDENCE, MEMBERS[3:]).tolist() == MEMBERS.tolist()


def test_a_complete_group_stays_as_it_is():
    assert refine(EVIDENCE, MEMBERS).tolist() == MEMBERS.tolist()


def test_three_members_are_not_made_fewer():
    assert len(refine(EVIDENCE, LOG.numbers_of(["c0001", "c0002", "c0003"]))) >= 3


def test_each_member_gains_by_staying_and_no_bystander_by_joining():
    assert gains_of_leaving(EVIDENCE, MEMBERS).max() < 0
    nearby = bystanders(EVIDENCE, MEMBERS)
    assert not len(nearby) or gains_of_joining(EVIDENCE, MEMBERS, nearby).max() <= 0


@given(st.sets(st.integers(0, LOG.n_accounts - 1), min_size=3, max_size=14), st.sets(st.sampled_from(MEMBERS.tolist())))
def test_the_balance_never_falls(strangers, some):
    start = np.array(sorted(strangers | some))

    assert EVIDENCE.balance(refine(EVIDENCE, start)) >= EVIDENCE.balance(start) - 1e-9


@given(logs(max_size=60), st.sets(st.sampled_from("abcde"), min_size=1), st.integers(0, 200))
def test_meetings_agree_with_comparing_every_two_shares(rows, members, window_s):
    log = first_shares(shares_from(rows))
    numbers = log.numbers_of(members)
    evidence = Setting.of(log, speed_of(log), window_s=float(window_s), theta=3.0).evidence(numbers)
    of_members = log.rows_of(numbers)
    account, thing, time_us = log.shares.account, log.shares.object, log.shares.time_us
    met = [
        len(
            {
                thing[row]
                for row in log.rows_of([i])
                for other in of_members
                if thing[other] == thing[row] and abs(time_us[other] - time_us[row]) <= window_s * 1_000_000
            }
        )
        for i in range(log.n_accounts)
    ]

    begin = runs(thing, of_members)

    assert objects_met(evidence.scene, account, of_members, begin, log.n_accounts).tolist() == met
