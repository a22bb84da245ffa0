"""leaders: who stands at the start, and whether that is more than chance."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.first_shares import first_shares
from groundswell.detect.leaders import CONCENTRATED, N_DRAWS, leaders, unevenness
from groundswell.detect.occasions import occasions
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from tests.detect.crowds import DAY, campaign, crowd, shares


def led(rows, names, seed=0):
    log = first_shares(shares(rows))
    members = log.numbers_of(names)
    evidence = Setting.of(log, speed_of(log), window_s=60.0, theta=3.0).evidence(members)
    found = leaders(evidence, occasions(evidence, members), members, seed=seed)
    return found, log.shares.account_ids[list(found.accounts)].tolist()


MEMBERS = [f"x{n:03}" for n in range(10)]


def test_an_account_that_opens_every_occasion_leads():
    found, names = led(crowd() + campaign(leader="star"), MEMBERS)

    assert names[0] == "star"
    assert found.n_led[0] == found.of == 12
    assert found.concentrated
    assert len(found.left_out) == 12


def test_a_leader_may_be_a_member():
    _, names = led(crowd() + campaign(leader="x004"), MEMBERS)

    assert names[0] == "x004"


def test_nobody_leads_when_the_order_is_drawn():
    ps = [led(crowd() + campaign(seed, n_objects=30), MEMBERS)[0].p for seed in range(6)]

    assert np.median(ps) > 0.05


@pytest.mark.parametrize(("size", "n_leaders"), [(4, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_larger_groups_may_have_more_leaders(size, n_leaders):
    names = [f"x{n:03}" for n in range(size)]
    found, _ = led(crowd() + campaign(size=size, n_objects=20), names)

    assert len(found.accounts) == n_leaders


def test_who_came_three_minutes_before_may_lead_and_who_came_earlier_may_not():
    def with_herald(seconds_before):
        planted = campaign()
        opens = {}
        for _, thing, second in planted:
            opens[thing] = min(second, opens.get(thing, second))
        herald = [("herald", thing, second - seconds_before) for thing, second in opens.items()]
        return led(crowd() + planted + herald, MEMBERS)[1]

    assert "herald" in with_herald(179.0)
    assert "herald" not in with_herald(181.0)


def test_the_same_seed_draws_the_same_firsts_and_another_nearly_the_same_chance():
    rows = crowd() + campaign(n_objects=20)

    assert led(rows, MEMBERS, seed=5)[0].p == led(rows, MEMBERS, seed=5)[0].p
    assert led(rows, MEMBERS, seed=5)[0].p == pytest.approx(led(rows, MEMBERS, seed=6)[0].p, abs=0.04)


def test_the_chance_is_that_of_all_ways_to_draw_the_firsts():
    """Four clumps of the same three members, all opened by one of them: 3 x 1/3^4 of the draws do as much."""
    together = [(f"x{n:03}", f"own{k}", DAY * (k + 1) + 2.0 * n) for k in range(4) for n in range(3)]
    found, names = led(crowd() + together, MEMBERS[:3])

    assert names == ["x000"]
    assert found.p == pytest.approx(1 / 27, abs=0.015)


def test_several_hubs_are_found_where_none_of_them_leads_most_occasions():
    """Quick readers of three members, each of whom opens a third of the occasions."""
    random = np.random.default_rng(3)
    together = [
        (member, f"own{k:02}", DAY * (k % 9 + 1) + 900.0 * k + second)
        for k in range(24)
        for member, second in [
            (MEMBERS[k % 3], 0.0),
            *((reader, random.uniform(5, 50)) for reader in random.choice(MEMBERS[3:], 3, replace=False)),
        ]
    ]
    found, names = led(crowd() + together, MEMBERS)

    assert found.concentrated
    assert sorted(names) == MEMBERS[:3]
    assert len(found.left_out) >= 24


def test_a_group_that_nobody_leads_is_seldom_called_led():
    ps = [led(crowd() + campaign(seed, n_objects=10), MEMBERS)[0].p for seed in range(60)]

    assert sum(p <= CONCENTRATED for p in ps) <= 2
    assert 0.3 < np.mean(ps) < 0.7


def test_an_outsider_before_every_occasion_leads_though_the_members_take_turns():
    found, names = led(crowd() + campaign(leader="star"), MEMBERS)

    assert names == ["star"]
    assert found.p < 1e-6


def test_members_that_tie_for_first_say_nothing_about_who_leads():
    on_the_minute = [(account, thing, second - second % 60) for account, thing, second in campaign(pace_s=0.0)]

    assert led(crowd() + on_the_minute, MEMBERS)[0].p > 0.05


clumps = st.lists(
    st.permutations(range(4)).flatmap(lambda seats: st.integers(2, 4).map(lambda n: seats[:n])), max_size=4
)


@given(clumps.filter(bool), st.integers(0, 5))
def test_the_draws_agree_with_every_way_to_be_first(told, seed):
    start = np.concatenate(([0], np.cumsum([len(seats) for seats in told])))
    seat = np.array([one for seats in told for one in seats])
    more, n_as_uneven = unevenness(start, seat, np.ones(len(told), np.int64), 4, N_DRAWS, seed)
    expected = np.zeros(4)
    for seats in told:
        expected[seats] += 1 / len(seats)

    def uneven(firsts):
        return float(((np.bincount(firsts, minlength=4) - expected) ** 2).sum())

    observed = uneven([seats[0] for seats in told])
    ways = [uneven(firsts) >= observed - 1e-9 for firsts in product(*told)]

    assert more == pytest.approx(np.bincount([seats[0] for seats in told], minlength=4) - expected)
    assert n_as_uneven / N_DRAWS == pytest.approx(np.mean(ways), abs=0.05)
