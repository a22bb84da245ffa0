"""smallest_visible: what could have been reported, by the same rule that reports."""

from __future__ import annotations

from groundswell.detect.groups import find_groups
from groundswell.detect.power import smallest_visible
from tests.detect.crowds import campaign, crowd, shares

NEEDED = 3.6


def fewest(window_s, **options):
    return {
        (visible.size, visible.turnout): visible.n_occasions
        for visible in smallest_visible(shares(crowd()), window_s, needed=NEEDED, **options)
    }


def never_if_none(n):
    return n if n is not None else 10_000


def test_wider_windows_take_more_occasions():
    narrow, wide = fewest(10.0), fewest(3600.0)

    assert all(never_if_none(narrow[key]) <= never_if_none(wide[key]) for key in narrow)
    assert never_if_none(narrow[3, 1.0]) < never_if_none(wide[3, 1.0])


def test_fewer_who_take_part_take_more_occasions():
    found = fewest(60.0)

    assert all(never_if_none(found[size, 1.0]) <= never_if_none(found[size, 0.6]) for size in (3, 5, 10, 20, 50))
    assert found[5, 1.0] < found[5, 0.6]


def test_never_fewer_than_three_occasions():
    assert min(n for n in fewest(10.0).values() if n is not None) >= 3


def test_a_campaign_as_large_as_it_says_is_reported_and_half_of_it_is_not():
    n = fewest(60.0, sizes=[6], turnouts=[1.0])[6, 1.0]
    enough = campaign(size=6, n_objects=n + 2, turnout=1.0)
    too_few = campaign(size=6, n_objects=n // 2, turnout=1.0)

    assert find_groups([shares(crowd() + enough)], precision_s=1.0).reported
    assert not find_groups([shares(crowd() + too_few)], precision_s=1.0).reported
