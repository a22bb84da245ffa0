"""Newcomers: each behaves as its story says, by direct measurement."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from groundswell.simulate.catalogue import simulate


def bursts(world, accounts):
    """For each object that at least three of these accounts shared: (seconds from first to last, who was first)."""
    times = defaultdict(list)
    log = world.shares
    for account, thing, second in zip(log["account_id"], log["object_id"], log["timestamp_share"], strict=True):
        if account in accounts:
            times[thing].append((int(second), account))
    return {thing: sorted(seen) for thing, seen in times.items() if len(seen) >= 3}


def tightest(seen, part=0.5):
    """Seconds within which this part of the shares lies, where they are closest."""
    need = max(2, int(np.ceil(part * len(seen))))
    return min(seen[at + need - 1][0] - seen[at][0] for at in range(len(seen) - need + 1))


@pytest.mark.parametrize(
    ("name", "objects", "pace_s"),
    [("planted-small", 8, 60), ("planted", 15, 60), ("planted-slow", 15, 600), ("planted-hour", 40, 3600)],
)
def test_a_planted_campaign_keeps_its_pace(name, objects, pace_s):
    world = simulate(name, seed=5)
    (members,) = world.planted().values()
    pushed = [seen for seen in bursts(world, members).values() if len({who for _, who in seen}) >= 0.3 * len(members)]
    in_pace = [seen for seen in pushed if tightest(seen, 0.8) <= pace_s]

    assert len(in_pace) >= 0.9 * objects


def test_camouflage_is_nineteen_ordinary_shares_to_one_that_is_pushed():
    world = simulate("planted-hidden", seed=5)
    (members,) = world.planted().values()
    each = np.mean([np.count_nonzero(world.shares["account_id"] == member) for member in members])

    assert 0.8 * 180 < each < 1.2 * 180


def test_nobody_else_shares_what_a_campaign_owns():
    world = simulate("planted-owned", seed=5)
    (members,) = world.planted().values()
    log = world.shares
    inside = np.array([account in members for account in log["account_id"]])
    outside = set(log["object_id"][~inside])
    owned = [thing for thing in bursts(world, members) if thing not in outside]

    assert len(owned) == 15


def test_a_led_campaign_has_one_account_first_every_time():
    world = simulate("planted-led", seed=5)
    (members,) = world.planted().values()
    outside = {
        thing
        for account, thing in zip(world.shares["account_id"], world.shares["object_id"], strict=True)
        if account not in members
    }
    leaders = [seen[0][1] for thing, seen in bursts(world, members).items() if thing not in outside]

    assert len(leaders) == 15
    assert len(set(leaders)) == 1


def test_a_newsroom_takes_eight_seconds_and_a_scheduler_starts_at_the_full_minute():
    world = simulate("wire", seed=5)
    groups = world.groups()
    desk = [seen for seen in bursts(world, groups["newsroom"]).values() if tightest(seen, 1.0) <= 8]
    clients = [seen for seen in bursts(world, groups["scheduler"]).values() if len(seen) >= 8]

    assert len(desk) >= 28
    assert len(clients) == 60
    assert all(seen[0][0] % 60 < 20 and tightest(seen, 0.9) <= 20 for seen in clients)


def test_fans_follow_their_star_within_minutes():
    world = simulate("fandom", seed=5)
    log = world.shares
    things, times = np.unique(log["object_id"], return_counts=True)
    starred = [thing for thing in things[times >= 80] if _mostly_quick(log, thing)]

    assert len(starred) >= 36


def _mostly_quick(log, thing):
    seconds = np.sort(log["timestamp_share"][log["object_id"] == thing])
    return np.median(seconds - seconds[0]) < 600
