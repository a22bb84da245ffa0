"""prompted: shares that come soon after an account that their author follows make no group."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import first_shares
from groundswell.detect.groups import find_groups
from groundswell.detect.leaders import LEAD_US
from groundswell.detect.prompted import prompted
from groundswell.detect.scan import Setting
from groundswell.detect.shares import Shares
from groundswell.detect.speed import speed_of
from groundswell.evaluate.layers import PRECISION_S, layers_of
from groundswell.model.group import Outcome
from groundswell.model.table import text_column
from groundswell.simulate.catalogue import simulate

N = 6
NAMES = text_column([f"a{number}" for number in range(N)])


def evidence_of(rows: list[tuple[int, int, int]], pairs: list[tuple[int, int]] | None, window_s: int = 60) -> Evidence:
    """Weigh in a log of (account, object, second), with these (follower, followed) pairs."""
    rows = sorted(set(rows), key=lambda row: (row[1], row[2], row[0]))
    account, thing, second = (np.array(column) for column in zip(*rows, strict=True))
    objects, thing = np.unique(thing, return_inverse=True)
    shares = Shares(
        kind="url",
        account_ids=NAMES,
        object_ids=text_column(map(str, objects)),
        account=account.astype(np.int32),
        object=thing.astype(np.int32),
        time_us=second.astype(np.int64) * 1_000_000,
        post=text_column(map(str, range(len(rows)))),
    )
    follows = pairs and {
        "follower": text_column(f"a{one}" for one, _ in pairs),
        "followed": text_column(f"a{other}" for _, other in pairs),
    }
    log = first_shares(shares, follows or None)
    setting = Setting.of(log, speed_of(log), window_s=float(window_s), theta=3.0)
    return setting.evidence(np.array([0, 1], np.int64))


def slowly(evidence: Evidence, pairs: set[tuple[int, int]], rows: list[int], members: set[int]) -> list[bool]:
    """The same by looking at every other share."""
    shares = evidence.log.shares
    reach_us = max(evidence.scene.window_us, LEAD_US)
    return [
        any(
            shares.object[other] == shares.object[row]
            and shares.account[other] not in members
            and (int(shares.account[row]), int(shares.account[other])) in pairs
            and 0 <= shares.time_us[row] - shares.time_us[other] <= reach_us
            for other in range(shares.n)
        )
        for row in rows
    ]


accounts = st.integers(0, N - 1)
pairs_of = st.lists(st.tuples(accounts, accounts).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=15)


@given(
    rows=st.lists(st.tuples(accounts, st.integers(0, 2), st.sampled_from([0, 1, 60, 180, 181, 600])), min_size=4),
    pairs=pairs_of,
    members=st.sets(accounts, min_size=2, max_size=4),
    window_s=st.sampled_from([10, 600]),
)
def test_the_quick_way_is_the_slow_one(rows, pairs, members, window_s):
    evidence = evidence_of(rows, pairs, window_s)
    numbers = np.array(sorted(members), np.int64)
    of_members = evidence.log.rows_of(numbers)

    found = prompted(evidence, of_members, numbers)

    assert found.tolist() == slowly(evidence, set(pairs), of_members.tolist(), members)


def test_without_a_list_nothing_is_prompted():
    evidence = evidence_of([(2, 0, 0), (0, 0, 5), (1, 0, 6)], None)

    assert not prompted(evidence, np.arange(3), np.array([0, 1])).any()


def test_members_that_follow_each_other_prompt_nobody():
    evidence = evidence_of([(0, 0, 0), (1, 0, 6)], [(1, 0)])

    assert not prompted(evidence, np.arange(2), np.array([0, 1])).any()


@pytest.mark.parametrize(("scenario", "seed"), [("fast", 50008), ("repeats", 50008)])
def test_the_follow_list_clears_the_quick_readers_that_were_reported(scenario, seed):
    """Two of the three innocent groups that 1,600 empty worlds had."""
    world = simulate(scenario, seed=seed)
    layers = layers_of(world)

    blind = find_groups(layers, precision_s=PRECISION_S)
    seeing = find_groups(layers, precision_s=PRECISION_S, follows=world.follows())

    assert len(blind.reported) == 1
    assert seeing.reported == ()
    aside = {group.account_ids: group for group in seeing.groups}[blind.reported[0].account_ids]
    assert aside.outcome is Outcome.SAME_SOURCES
    assert 0 < aside.strongest.n_prompted <= aside.strongest.n_in_step
    assert seeing.kinds[0].n_following > 2_000


def test_a_campaign_whose_members_follow_as_everyone_does_is_found_all_the_same():
    world = simulate("planted", seed=7001)

    (group,) = find_groups(layers_of(world), precision_s=PRECISION_S, follows=world.follows()).reported

    assert frozenset(group.account_ids) == world.planted()["planted"]
    assert group.strongest.n_after_members == 0
    assert group.strongest.n_prompted < group.strongest.n_in_step / 2


@pytest.mark.parametrize(("scenario", "followers"), [("planted-led", 0), ("fandom", 200)])
def test_the_list_tells_fans_of_an_account_from_a_campaign_behind_it(scenario, followers):
    world = simulate(scenario, seed=7001)

    groups = find_groups(layers_of(world), precision_s=PRECISION_S, follows=world.follows()).groups

    lead = next(group for group in groups if group.outcome is Outcome.QUICK_FOLLOWERS).leads[0]
    assert lead.n_followers == followers
    assert lead.n_listed >= 19
