"""Power by planting: what is put in is what was asked for, and plain campaigns are seen where slow ones are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.planting import plant, planted_kind, power_by_planting
from groundswell.detect.shares import Shares
from groundswell.model.power import Design, Power
from groundswell.model.records import revive
from tests.detect.crowds import crowd, shares

PLAIN = Design(size=12, n_objects=10, pace_s=60.0, turnout=0.8)
HOPELESS = Design(size=5, n_objects=3, pace_s=3600.0, turnout=0.6)
WINDOWS = (60.0, 600.0)


def tried(layer, designs, *, n=3, **options) -> Power:
    return power_by_planting(layer, n=n, designs=designs, windows_s=WINDOWS, precision_s=1.0, **options)


def rows_of(layer: Shares) -> set[tuple[str, str, int]]:
    ids = zip(layer.account_ids[layer.account], layer.object_ids[layer.object], layer.time_us, strict=True)
    return {(account, thing, int(at)) for account, thing, at in ids}


designs = st.builds(
    Design,
    size=st.integers(1, 8),
    n_objects=st.integers(1, 5),
    pace_s=st.sampled_from([10.0, 60.0, 3600.0]),
    turnout=st.sampled_from([0.3, 1.0]),
)


@given(st.lists(designs, min_size=1, max_size=3), st.integers(0, 99), st.sampled_from([1.0, 60.0]))
def test_a_copy_is_the_data_and_the_campaigns_as_designed(wanted, seed, precision_s):
    layer = shares(crowd(n_accounts=40, n_objects=20, n_shares=200))
    copy, members = plant(layer, wanted, np.arange(40 - 5), np.random.default_rng(seed), precision_s)

    assert rows_of(layer) <= rows_of(copy)
    assert np.array_equal(np.lexsort((copy.account, copy.time_us, copy.object)), np.arange(copy.n))
    assert list(copy.object_ids) == sorted(set(copy.object_ids))
    assert len(frozenset().union(*members)) == sum(design.size for design in wanted)
    planted = rows_of(copy) - rows_of(layer)
    names = sorted({thing for _, thing, _ in planted})
    assert len(names) <= sum(design.n_objects for design in wanted)
    for thing in names:
        who = {account for account, other, _ in planted if other == thing}
        times = [at for _, other, at in planted if other == thing]
        (design,) = [d for d, accounts in zip(wanted, members, strict=True) if who <= accounts]
        assert max(times) - min(times) <= max(design.pace_s, precision_s) * 1e6
        assert all(at % round(precision_s * 1e6) == 0 for at in times)


def test_the_data_are_left_as_they_are():
    layer = shares(crowd())
    before = rows_of(layer)
    tried(layer, [PLAIN], n=1)

    assert rows_of(layer) == before


def test_a_plain_campaign_is_seen_and_a_slow_thin_one_is_not():
    plain, hopeless = tried(shares(crowd()), [PLAIN, HOPELESS], n=5).planted

    assert plain.n_found >= 4
    assert hopeless.n_found == 0
    assert plain.low < plain.rate <= plain.high


def test_a_seed_fixes_everything():
    layer = shares(crowd())

    assert tried(layer, [PLAIN], seed=4) == tried(layer, [PLAIN], seed=4)


def test_a_size_that_needs_too_many_of_the_accounts_is_named_and_not_planted():
    power = tried(shares(crowd(n_accounts=40)), [PLAIN, HOPELESS], n=1)

    assert power.too_large == (12,)
    assert [planted.design for planted in power.planted] == [HOPELESS]


def test_the_budget_limits_the_copies_and_the_count_says_so():
    layer = shares(crowd())
    power = tried(layer, [PLAIN], n=50, most_shares=2 * (layer.n + 4_000))

    assert power.n_copies == 2
    assert 1 <= power.planted[0].n < 50


def test_members_of_groups_play_no_campaign():
    layer = shares(crowd())
    everyone_else = list(layer.account_ids[100:])

    assert tried(layer, [HOPELESS], n=1, leave_out=everyone_else).n_accounts <= 100


def test_copied_words_are_planted_first_and_thin_kinds_never():
    thick, thin = crowd(n_shares=400), crowd(n_shares=20)

    assert planted_kind([shares(thick, kind="hashtag"), shares(thick, kind="text")]).kind == "text"
    assert planted_kind([shares(thick, kind="hashtag"), shares(thin, kind="text")]).kind == "hashtag"
    assert planted_kind([shares(thin, kind="text")]) is None


def test_nothing_to_plant_is_wrong():
    with pytest.raises(ValueError, match="at least one"):
        tried(shares(crowd()), [PLAIN], n=0)


def test_what_json_keeps_comes_back():
    power = tried(shares(crowd()), [PLAIN], n=1)

    assert revive(Power, power.as_json()) == power
