"""candidates: which pairs are ties, and which groups are proposed."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.candidates import LEVELS, bearable, candidates, pair_levels
from groundswell.detect.first_shares import first_shares
from groundswell.detect.pairs import pairs_within
from groundswell.detect.poisson_binomial import at_least
from groundswell.detect.speed import speed_of
from groundswell.detect.yardstick import tally, trimmed_prior
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import logs, shares_from

WINDOW_US = 60_000_000
MEMBERS = [f"x{n:03}" for n in range(10)]


def proposed(given_shares, **options):
    log = first_shares(given_shares)
    whole = tally(log, speed_of(log), WINDOW_US)
    found = candidates(log, whole, **{"resolution": 0.15, "seed": 0, **options})
    return found, [set(log.shares.account_ids[group]) for group in found.groups]


def ties_by_hand(log, window_us):
    """Pairs that met twice or more with p at most 1e-4, by comparing all accounts on all objects."""
    chance = np.minimum(trimmed_prior(tally(log, speed_of(log), window_us)), 1)
    moments = [
        dict(zip(log.shares.object[r], log.shares.time_us[r], strict=True)) for r in map(log.rows_of, accounts(log))
    ]
    tied = set()
    for (a, of_a), (b, of_b) in combinations(enumerate(moments), 2):
        common = sorted(of_a.keys() & of_b.keys())
        met = sum(abs(int(of_a[o]) - int(of_b[o])) <= window_us for o in common)
        if met >= 2 and at_least(chance[common], met) <= LEVELS[0]:
            tied.add((a, b))
    return tied


def accounts(log):
    return ([i] for i in range(log.n_accounts))


def test_the_pruned_search_finds_every_tie():
    given_shares = shares(crowd(n_accounts=60, n_shares=1500) + campaign(size=5))
    log = first_shares(given_shares)

    found, _ = proposed(given_shares)

    assert found.n_pairs == len(ties_by_hand(log, WINDOW_US)) >= 10


@given(logs(max_size=60), st.floats(1e-6, 0.2))
def test_levels_agree_with_the_exact_chance(rows, chance):
    log = first_shares(shares_from(rows))
    pairs = list(combinations(range(log.n_accounts), 2))
    a, b = np.array(pairs, np.int32).reshape(-1, 2).T
    things = [set(log.shares.object[log.rows_of([i])].tolist()) for i in range(log.n_accounts)]
    common = np.array([len(things[i] & things[j]) for i, j in pairs], np.int32)
    met = np.maximum(common - 1, 0).astype(np.int32)
    of_object = np.full(log.n_objects, chance)

    level = pair_levels(
        a.copy(), b.copy(), met, log.by_account, log.account_start, log.shares.object, of_object, LEVELS
    )

    for found, n, hits in zip(level, common, met, strict=True):
        p = at_least(np.full(n, chance), hits)
        assert found == sum(p <= limit for limit in LEVELS)


def test_a_planted_group_is_among_the_candidates():
    _, groups = proposed(shares(crowd() + campaign()))

    assert any(len(group & set(MEMBERS)) >= 8 for group in groups)


def test_no_group_is_proposed_twice():
    _, groups = proposed(shares(crowd() + campaign(owned=True) + campaign(2, name="y")))

    assert len({frozenset(group) for group in groups}) == len(groups)


def test_a_quiet_crowd_has_no_candidates():
    found, groups = proposed(shares(crowd()))

    assert groups == []
    assert found.n_too_large == 0


def test_names_do_not_matter():
    rows = crowd() + campaign() + campaign(2, name="y")
    new_name = dict(zip(*[(names := sorted({row[0] for row in rows})), names[::-1]], strict=True))
    _, groups = proposed(shares(rows))
    _, renamed = proposed(shares([(new_name[account], thing, second) for account, thing, second in rows]))

    assert [{new_name[account] for account in group} for group in groups] == renamed


def test_too_many_pairs_are_cut_where_they_are_least_beyond_chance():
    log = first_shares(shares(crowd() + campaign()))
    whole = tally(log, speed_of(log), 60_000_000)
    weight = -np.log(np.minimum(trimmed_prior(whole), 1.0))

    assert bearable(whole, weight, 3.0, most=10**6) == (3.0, 0)
    least, n_left_out = bearable(whole, weight, 3.0, most=50)

    def pairs_of(lightest):
        minute = [timedelta(minutes=1)]
        return len(pairs_within(log.shares, minute, min_objects=2, weights=[weight], min_weight=lightest)[0].a)

    assert pairs_of(least) <= 50 < pairs_of(least / 2)
    assert n_left_out == pairs_of(3.0) - pairs_of(least) > 0
