"""leaders: who stands at the start, and whether that is more than chance."""

from __future__ import annotations

import numpy as np
import pytest

from groundswell.detect.first_shares import first_shares
from groundswell.detect.leaders import leaders
from groundswell.detect.occasions import occasions
from groundswell.detect.scan import Setting
from groundswell.detect.speed import speed_of
from tests.detect.crowds import DAY, campaign, crowd, shares


def led(rows, names, seed=0):
    log = first_shares(shares(rows))
    members = log.numbers_of(names)
    evidence = Setting.of(log, speed_of(log), window_s=60.0, theta=3.0).evidence(members)
    found = leaders(evidence, occasions(evidence, members), len(members), seed=seed)
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
