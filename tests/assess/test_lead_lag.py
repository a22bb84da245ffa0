"""lead_lag: a role needs signs that agree, and doubt gives none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.lead_lag import lead_lag
from groundswell.assess.timeline import Course
from groundswell.assess.wording import check
from groundswell.model.campaign import Role

HOUR_US = 3_600_000_000


def course(members_h, others_h):
    """One post for each account, at these hours."""
    times = np.array([*members_h, *others_h], dtype=float) * HOUR_US
    order = np.argsort(times, kind="stable")
    return Course(
        time_us=times[order].astype(np.int64),
        account=order.astype(np.int64),
        is_member=np.array([True] * len(members_h) + [False] * len(others_h)),
    )


def role(members_h, others_h):
    return lead_lag(course(members_h, others_h), precision_s=1.0, seed=0)


EARLY, LATE = [n / 10 for n in range(12)], [60 + n / 10 for n in range(12)]
OTHERS = [5 + n / 2 for n in range(100)]


def test_those_who_stand_at_the_beginning_are_originators():
    found = role(EARLY, OTHERS)

    assert found.role is Role.ORIGINATOR
    assert (found.first[0].k, found.first[0].members) == (10, 10)
    assert found.median_lag_high_s < 0
    assert "Earlier posts may lie outside it" in found.sentence


def test_those_who_come_right_after_the_first_are_early_amplifiers():
    assert role([hour + 0.1 for hour in EARLY], [0.0, *OTHERS]).role is Role.EARLY_AMPLIFIER


def test_those_who_come_after_the_others_trail():
    found = role(LATE, OTHERS)

    assert found.role is Role.TRAILER
    assert found.median_lag_low_s > 0


def test_those_among_all_the_others_can_not_be_told():
    assert role([5 + 4 * n for n in range(12)], OTHERS).role is Role.CANNOT_TELL


def test_few_accounts_have_no_role_however_early():
    assert role(EARLY[:4], OTHERS).role is Role.CANNOT_TELL


@pytest.mark.parametrize(("members", "others"), [([], OTHERS), (EARLY, [])])
def test_one_side_alone_neither_leads_nor_trails(members, others):
    found = role(members, others)

    assert found.role is Role.CANNOT_TELL
    assert found.median_lag_s is None
    check(found.sentence)


def test_the_shift_of_the_curves_is_found():
    """Others do what members do, three hours later."""
    rng = np.random.default_rng(1)
    waves = np.sort(rng.choice(200, 8, replace=False))
    members = [wave + k / 50 for wave in waves for k in range(12)]
    others = [wave + 3 + k / 50 for wave in waves for k in range(20)] + list(rng.uniform(0, 200, 100))

    found = role(members, others)

    assert found.shift_s == 3 * 3600
    assert found.shift_low_s <= found.shift_s <= found.shift_high_s


times = st.lists(st.integers(0, 100).map(float), min_size=1, max_size=30)


@settings(max_examples=30)
@given(times, times)
def test_places_and_lags_agree_with_counting(members, others):
    found = role(members, others)
    order = sorted([(hour, True) for hour in members] + [(hour, False) for hour in others])

    assert found.median_lag_s == pytest.approx(3600 * (np.median(members) - np.median(others)))
    for place in found.first:
        assert place.members == sum(member for _, member in order[: place.k])
    check(found.sentence)
