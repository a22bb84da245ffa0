"""The timing null: its tails are exact, its bounds bound, and permuting times gives what it says."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from groundswell.detect.chance import (
    at_least,
    at_least_bound,
    meeting_chance,
    meets_at_all,
    poisson_at_least,
)
from groundswell.detect.links import links
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import pairs_within
from tests.detect.logs import as_rows, shares_from

MINUTE = timedelta(seconds=60)
ROOM = np.empty(500)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def enumerated(chance, least):
    """P(T >= least) by adding up every way it can happen."""
    total = 0.0
    for outcome in product([0, 1], repeat=len(chance)):
        if sum(outcome) >= least:
            total += np.prod([p if hit else 1 - p for p, hit in zip(chance, outcome, strict=True)])
    return total


@given(chances, st.integers(1, 9))
def test_the_tail_is_what_adding_up_every_outcome_gives(chance, least):
    tail = at_least(np.array(chance), least, ROOM)

    assert tail == pytest.approx(enumerated(chance, least), rel=1e-9, abs=1e-300)


def test_a_tail_of_one_in_ten_to_the_85_keeps_its_digits():
    assert at_least(np.full(60, 1e-5), 20, ROOM) == pytest.approx(binom.sf(19, 60, 1e-5), rel=1e-9)
    assert at_least(np.full(60, 1e-5), 20, ROOM) < 1e-80


def test_a_poisson_tail_keeps_its_digits_too():
    exact = sum(poisson.pmf(k, 1e-4) for k in range(12, 40))

    assert poisson_at_least(1e-4, 12) == pytest.approx(exact, rel=1e-9)


@given(chances, st.integers(1, 9))
def test_the_bound_is_never_below_the_tail(chance, least):
    bound = float(at_least_bound(sum(chance), least))

    assert bound >= enumerated(chance, least) * (1 - 1e-9)


def test_the_bound_is_not_idle():
    assert at_least_bound(2.0, 12) < 1e-5


def test_two_single_shares_meet_with_the_chance_of_a_pair_of_shares():
    assert meets_at_all(0.25, 1) == pytest.approx(0.25)
    assert meets_at_all(0.25, 2) == pytest.approx(1 - 0.75**2)
    assert meets_at_all(1.0, 3) == 1.0


def world(seed, accounts=60, objects=40, per_object=12, days=0.02):
    """Accounts drawn and timed independently; objects overlap enough for chance meetings to be common."""
    rng = np.random.default_rng(seed)
    rows = []
    for thing in range(objects):
        sharers = rng.choice(accounts, per_object, replace=False)
        seconds = rng.integers(0, int(days * 86400), per_object)
        rows += [(f"a{a:03}", f"u{thing:03}", int(s)) for a, s in zip(sharers, seconds, strict=True)]
    return as_rows(rows)


def met_by_permuting(shares, a, b, least, rounds):
    """Part of the permutations of each object's times in which accounts a and b meet on `least` objects or more."""
    rng = np.random.default_rng(1)
    met = np.zeros(rounds, dtype=int)
    for thing in range(len(shares.object_ids)):
        here = shares.object == thing
        of_a, of_b = np.flatnonzero(shares.account[here] == a), np.flatnonzero(shares.account[here] == b)
        dealt = rng.permuted(np.tile(shares.time_us[here], (rounds, 1)), axis=1)
        lag_us = np.abs(dealt[:, of_a, None] - dealt[:, None, of_b])
        met += (lag_us <= 60_000_000).any(axis=(1, 2))
    return float(np.mean(met >= least))


def link_near(shares, p):
    """The link whose timing chance is nearest to p, with its account numbers."""
    table = links(shares, [MINUTE], min_objects=1, threads=1)
    at = int(np.argmin(np.abs(table["p_timing"] - p)))
    names = list(shares.account_ids)
    return (
        names.index(table["account_a"][at]),
        names.index(table["account_b"][at]),
        {k: v[at] for k, v in table.items()},
    )


@pytest.mark.parametrize("about", [0.3, 0.05, 0.005])
def test_permuting_times_gives_the_chance_that_was_said(about):
    shares = shares_from(world(0, accounts=40))
    a, b, link = link_near(shares, about)
    said = float(link["p_timing"])

    seen = met_by_permuting(shares, a, b, int(link["n_objects"]), rounds=20_000)

    assert said == pytest.approx(about, rel=0.3)
    assert seen == pytest.approx(said, abs=4 * np.sqrt(said / 20_000))


@pytest.mark.parametrize("about", [0.3, 0.05, 0.005])
def test_with_repeated_shares_the_chance_said_is_not_too_small_and_not_idle(about):
    rng = np.random.default_rng(7)
    rows = [(f"a{a:02}", f"u{u:02}", int(s)) for a, u, s in rng.integers(0, [20, 30, 3000], (1200, 3))]
    shares = shares_from(as_rows(rows))
    a, b, link = link_near(shares, about)
    said = float(link["p_timing"])

    seen = met_by_permuting(shares, a, b, int(link["n_objects"]), rounds=20_000)

    assert said / 3 < seen < said + 4 * np.sqrt(said / 20_000)


@pytest.mark.parametrize("alpha", [0.05, 0.01, 0.001])
def test_where_nothing_is_planted_small_chances_are_as_rare_as_they_say(alpha):
    """Over all pairs that share anything, in four worlds of independent accounts: 6,700 pairs or so."""
    tested = surprising = 0
    for seed in range(4):
        shares = shares_from(world(seed))
        (possible,) = pairs_within(shares, [timedelta.max], min_objects=1, threads=1)
        table = links(shares, [MINUTE], min_objects=1, threads=1)
        tested += len(possible.a)
        surprising += int((table["p_timing"] <= alpha).sum())

    assert tested > 5000
    assert surprising <= alpha * tested + 3 * np.sqrt(alpha * tested)


def test_an_object_that_one_account_shared_has_no_chance():
    shares = shares_from(as_rows([("ana", "u1", 0), ("ana", "u1", 5)]))

    assert meeting_chance(near_pairs(shares, MINUTE)).tolist() == [0.0]
