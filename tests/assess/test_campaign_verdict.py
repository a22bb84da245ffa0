"""campaign_verdict: nothing found means something only where something would have been found."""

from __future__ import annotations

import pytest

from groundswell.assess.campaign_verdict import campaign_verdict, unseen
from groundswell.model.campaign import Comparison
from groundswell.model.finding import Verdict
from groundswell.model.power import Design, Planted, Power


def power(**found):
    """Planted campaigns by size, found and planted at each of two paces given as `s12=(4, 5)`, or as two such pairs."""
    planted = tuple(
        Planted(
            design=Design(size=int(name[1:]), n_objects=10, pace_s=pace, turnout=0.6),
            n=n,
            n_found=n_found,
            low=0.0,
            high=1.0,
        )
        for name, told in found.items()
        for pace, (n_found, n) in zip((60.0, 600.0), told if isinstance(told[0], tuple) else (told, told), strict=True)
    )
    return Power(kind="text", n_accounts=900, n_copies=4, seed=0, planted=planted, too_large=())


def statistic(value=0.5):
    return Comparison(statistic="gini", value=value, percentile=50, low=0.2, high=0.6, n=30, source="made-up")


ALIKE = [statistic()] * 3
STRONG = power(s5=(1, 10), s12=(9, 10), s30=(10, 10))


def verdict(verdicts=(), comparisons=ALIKE, planted=STRONG, n_posts=720, n_accounts=500, n_days=5, inauthentic=False):
    return campaign_verdict(
        verdicts, comparisons, planted, n_posts=n_posts, n_accounts=n_accounts, n_days=n_days, inauthentic=inauthentic
    )


def test_nothing_found_with_power_and_organic_statistics_is_not_distinguishable():
    assert verdict() is Verdict.ORGANIC


@pytest.mark.parametrize(
    "lacking",
    [
        {"planted": None},
        {"planted": power(s5=(1, 10), s12=(6, 10), s30=(10, 10))},
        {"comparisons": []},
        {"comparisons": [*ALIKE, statistic(0.7)]},
        {"n_posts": 719},
        {"n_accounts": 29},
        {"n_days": 1},
    ],
)
def test_nothing_found_without_any_of_it_can_not_be_told(lacking):
    assert verdict(**lacking) is Verdict.CANNOT_TELL


def test_copied_profiles_without_a_group_say_nothing_of_coordination():
    assert verdict(inauthentic=True) is Verdict.INAUTHENTIC


@pytest.mark.parametrize("given", [Verdict.OPEN, Verdict.DECEPTIVE, Verdict.CANNOT_TELL])
def test_a_group_gives_its_own_verdict(given):
    assert verdict((given,), inauthentic=True) is given


def test_what_could_go_unseen_is_below_the_smallest_size_that_is_seen():
    assert unseen(STRONG) == 11
    assert unseen(power(s5=(9, 10), s12=(9, 10), s30=(9, 10))) == 4
    assert unseen(power(s5=(9, 10), s12=(1, 10), s30=(9, 10))) is None
    assert unseen(None) is None


def test_paces_are_planted_few_times_each_and_told_together():
    assert unseen(power(s12=((5, 5), (4, 4)), s30=(4, 4))) == 11
    assert unseen(power(s12=(2, 2), s30=(4, 4))) is None


def test_a_pace_at_which_less_than_every_second_is_reported_is_not_made_up_for_by_the_others():
    assert unseen(power(s12=((10, 10), (4, 10)), s30=(10, 10))) is None
    assert unseen(power(s12=((0, 0), (10, 10)), s30=(10, 10))) is None
