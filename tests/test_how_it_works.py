"""docs/how_it_works.md: its figures are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from groundswell.detect import bets, decision, evidence, leaders, multiverse, planting, scan, speed, yardstick
from groundswell.detect.groups import RULE_VERSION, SCAN_WINDOWS_S
from groundswell.publish.spelling import lag

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "how_it_works.md").read_text(encoding="utf-8")
PACES = {60.0: "within a minute", 600.0: "within ten minutes", 3600.0: "within an hour"}

SAYS = [
    f"Version {RULE_VERSION} of the rule",
    f"one window W ({', '.join(lag(window) for window in SCAN_WINDOWS_S)};",
    f"(near_o + {yardstick.TRUST_IN_SIZE:g} prior_o) / (n_o (n_o - 1) / 2 + {yardstick.TRUST_IN_SIZE:g})",
    f"with {yardstick.TRUST_IN_ALL:g} pairs' weight",
    f"(near pairs of strata a and b + {yardstick.TRUST_IN_STRATA:g})",
    f"{len(bets.SLOPES)} slopes s and {len(bets.STAKES)} stakes rho",
    f"- log10 {bets.N_BETS}",
    f"{bets.TRUST_IN_OBJECT:g} p_o / 2) / (outsiders of o + {bets.TRUST_IN_OBJECT:g})",
    f"max(log10(N / g), {evidence.LEAST_MEMBER_COST:g}) digits",
    f"on {decision.LEAST_OCCASIONS} occasions or more and {decision.LEAST_DAYS} days or more",
    f"fewer than {decision.ENOUGH_OCCASIONS} occasions and J < needed + {decision.DIGITS_FOR_THIN:g}",
    f"(p ≤ {leaders.CONCENTRATED:g}; {leaders.CONCENTRATED_IF_FEW:g} up to five members)",
    f"({min(multiverse.MIN_OBJECTS)} to {max(multiverse.MIN_OBJECTS)})",
    f"each account taking part {planting.TURNOUT:.0%}".replace("%", " %"),
    *(f"{n} {PACES[pace]}" for pace, n in planting.WAYS),
]


@pytest.mark.parametrize("words", SAYS)
def test_the_page_says_what_the_code_does(words):
    assert words in PAGE


def test_a_group_that_dominates_is_in_words():
    assert scan.DOMINATES == 0.25
    assert scan.MOSTLY_OWN == 0.5
    assert "more than a\nquarter of all accounts and most of the sharers" in PAGE


def test_the_weight_of_habit_is_in_words():
    assert speed.PSEUDO_SHARES == 2
    assert "with the weight of two shares" in PAGE


def test_the_sizes_of_planted_campaigns_are_named():
    assert "{}, {}\nand {} accounts".format(*planting.SIZES) in PAGE
