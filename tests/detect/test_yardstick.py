"""The yardstick: what chance gives, once the groups in question are left out."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.first_shares import first_shares
from groundswell.detect.speed import N_STRATA, speed_of
from groundswell.detect.yardstick import OUTSIDE, members_by_object, tally, trimmed_prior, yardstick
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from

WINDOW_US = 60_000_000


def from_pairs(log, stratum, window_us, label):
    """The yardstick from a list of all pairs of sharers that are not in one group."""
    near, pairs = np.zeros(log.n_objects), np.zeros(log.n_objects)
    together, apart = np.zeros((N_STRATA, N_STRATA)), defaultdict(float)
    account, thing, time_us = log.shares.account, log.shares.object, log.shares.time_us
    listed = [
        (i, j)
        for i, j in combinations(range(log.shares.n), 2)
        if thing[i] == thing[j] and not (label[account[i]] == label[account[j]] != OUTSIDE)
    ]
    for i, j in listed:
        pairs[thing[i]] += 1
        if time_us[j] - time_us[i] <= window_us:
            near[thing[i]] += 1
            together[stratum[i], stratum[j]] += 1
            together[stratum[j], stratum[i]] += 1
    overall = (near.sum() + 0.5) / (pairs.sum() + 1)
    size = np.minimum(np.floor(1.5 * np.log2(np.maximum(np.diff(log.start), 2))), 20)
    prior = np.array([(near[size == s].sum() + 20 * overall) / (pairs[size == s].sum() + 20) for s in size])
    near_share = (near + 10 * prior) / (pairs + 10)
    for i, j in listed:
        apart[stratum[i], stratum[j]] += near_share[thing[i]]
        apart[stratum[j], stratum[i]] += near_share[thing[i]]
    expected = np.array([[apart[a, b] for b in range(N_STRATA)] for a in range(N_STRATA)])
    return near_share, np.maximum((together + 2) / (expected + 2), 1)


@given(logs(), st.lists(st.integers(OUTSIDE, 3), min_size=5, max_size=5))
def test_members_are_counted_into_the_places_that_sorting_would_give_them(rows, labels):
    log = first_shares(shares_from(rows))
    label = np.array(labels[: log.n_accounts], np.int64)
    account, thing = log.shares.account, log.shares.object
    placed = [(thing[row], label[account[row]], row) for row in range(log.shares.n) if label[account[row]] != OUTSIDE]
    runs = sorted({(one, group) for one, group, _ in placed})

    found, objects, start = members_by_object(account, log.start, label, int(label.max(initial=OUTSIDE)) + 1)

    assert found.tolist() == [row for _, _, row in sorted(placed)]
    assert objects.tolist() == [one for one, _ in runs]
    assert [found[i:j].tolist() for i, j in pairwise(start)] == [
        sorted(row for one, group, row in placed if (one, group) == run) for run in runs
    ]


@given(logs(), st.lists(st.integers(OUTSIDE, 1), min_size=5, max_size=5), st.integers(0, 300))
def test_leaving_groups_out_is_counting_only_the_other_pairs(rows, labels, window_s):
    log = first_shares(shares_from(rows))
    speed = speed_of(log)
    label = np.array(labels[: log.n_accounts], np.int64)
    whole = tally(log, speed, window_s * 1_000_000)
    near_share, ratio = from_pairs(log, speed.stratum, window_s * 1_000_000, label)

    found = yardstick(whole, label)

    np.testing.assert_allclose(found.near_share, near_share, atol=1e-12)
    np.testing.assert_allclose(found.ratio, ratio, atol=1e-9)


def test_leaving_nobody_out_is_the_plain_yardstick():
    log = first_shares(shares(crowd()))
    whole = tally(log, speed_of(log), WINDOW_US)
    nobody = np.full(log.n_accounts, OUTSIDE)

    assert (yardstick(whole, nobody).near_share == yardstick(whole).near_share).all()


def test_an_owned_object_is_measured_by_others_of_its_size():
    log = first_shares(shares(crowd() + campaign(owned=True)))
    whole = tally(log, speed_of(log), WINDOW_US)
    label = np.full(log.n_accounts, OUTSIDE)
    label[log.numbers_of([f"x{n:03}" for n in range(10)])] = 0
    owned = [i for i, name in enumerate(log.shares.object_ids) if name.startswith("x-")]

    assert yardstick(whole).near_share[owned].min() > 0.5
    assert yardstick(whole, label).near_share[owned].max() < 0.05


def test_without_outsiders_chance_may_be_anything():
    log = first_shares(shares(campaign(owned=True)))
    whole = tally(log, speed_of(log), WINDOW_US)

    assert yardstick(whole, np.zeros(log.n_accounts, np.int64)).near_share == pytest.approx(0.5)


def test_a_quarter_of_owned_objects_does_not_raise_the_trimmed_prior():
    quiet = [(f"c{n}{a}", f"quiet{n}", 1000.0 * a) for n in range(9) for a in range(4)]
    noisy = [(f"c{n}{a}", f"noisy{n}", 1.0 * a) for n in range(3) for a in range(4)]
    log = first_shares(shares(quiet + noisy))
    prior = trimmed_prior(tally(log, speed_of(log), WINDOW_US))
    overall = (18 + 0.5) / (72 + 1)

    # Nine quiet objects of six pairs each stay, none of them near; the rest is trust in all objects.
    assert prior == pytest.approx((10 * overall / (54 + 20)) / 0.75)


def test_a_campaign_that_owns_most_objects_of_one_size_does_not_raise_the_trimmed_prior_there():
    owned = campaign(size=60, n_objects=30, turnout=0.95, owned=True)
    log = first_shares(shares(crowd() + owned))
    prior = trimmed_prior(tally(log, speed_of(log), WINDOW_US))
    own = [n for n, name in enumerate(log.shares.object_ids) if name.startswith("x-")]

    assert prior[own].max() < 0.1
