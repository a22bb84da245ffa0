"""campaign_verdict: nothing found means something only where something would have been found."""

from __future__ import annotations

import pytest

from groundswell.assess.campaign_verdict import campaign_verdict, unseen
from groundswell.model.campaign import Comparison
from groundswell.model.finding import Verdict
from groundswell.model.power import Design, Planted, Power


def power(**rates):
    """Planted campaigns by size, the lower end of each one's rate given as `s12=0.6`; at two paces alike."""
    planted = tuple(
        Planted(
            design=Design(size=int(name[1:]), n_objects=10, pace_s=pace, turnout=0.6),
            n=10,
            n_found=9,
            low=low,
            high=1.0,
        )
        for name, low in rates.items()
        for pace in (60.0, 600.0)
    )
    return Power(kind="text", n_accounts=900, n_copies=4, seed=0, planted=planted, too_large=())


def statistic(value=0.5):
    return Comparison(statistic="gini", value=value, percentile=50, low=0.2, high=0.6, n=30, source="made-up")


ALIKE = [statistic()] * 3
STRONG = power(s5=0.1, s12=0.6, s30=0.7)


def verdict(verdicts=(), comparisons=ALIKE, planted=STRONG, n_accounts=500, n_days=5, inauthentic=False):
    return campaign_verdict(
        verdicts, comparisons, planted, n_accounts=n_accounts, n_days=n_days, inauthentic=inauthentic
    )


def test_nothing_found_with_power_and_organic_statistics_is_not_distinguishable():
    assert verdict() is Verdict.ORGANIC


@pytest.mark.parametrize(
    "lacking",
    [
        {"planted": None},
        {"planted": power(s5=0.1, s12=0.3, s30=0.7)},
        {"comparisons": []},
        {"comparisons": [*ALIKE, statistic(0.7)]},
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
    assert unseen(power(s5=0.8, s12=0.9, s30=0.9)) == 4
    assert unseen(power(s5=0.9, s12=0.1, s30=0.9)) is None
    assert unseen(None) is None
