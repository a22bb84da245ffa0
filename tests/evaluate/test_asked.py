"""asked: each number that was set beforehand, and whether the table gives it."""

from __future__ import annotations

import pytest

from groundswell.evaluate.asked import RECALL, as_text, asked_and_measured
from groundswell.evaluate.rates import mean, rate
from groundswell.evaluate.worlds import NAIVE, OURS, Row
from groundswell.simulate.catalogue import scenario


def row(name, *, rule=OURS, alarms=0, seeds=200, recall=(), precision=None):
    """A row of the table, with only what is asked about."""
    return Row(
        scenario=name,
        rule=rule,
        seeds=seeds,
        false_alarm=rate(alarms, seeds),
        wrong_accounts=0.0,
        false_discovery=None,
        recall={group: mean([value] * seeds) for group, value in recall},
        precision=None if precision is None else mean([precision] * seeds),
        in_the_open={},
        agreement=mean([1.0] * seeds),
        uneven_p=None,
    )


@pytest.mark.parametrize(("alarms", "seeds", "met"), [(4, 200, None), (3, 200, True), (5, 200, False), (0, 20, None)])
def test_few_false_alarms_in_few_worlds_meet_nothing_yet(alarms, seeds, met):
    (told,) = asked_and_measured([row("fast", alarms=alarms, seeds=seeds)])

    assert (told.what, told.met) == ("worlds with an innocent group", met)


@pytest.mark.parametrize(("recall", "precision", "met"), [(0.97, 0.99, [True, True]), (0.96, 0.98, [False, False])])
def test_recall_and_precision_are_asked_of_what_is_planted(recall, precision, met):
    told = asked_and_measured([row("planted", recall=[("planted", recall)], precision=precision)])

    assert [one.what for one in told] == ["recall of planted", "precision"]
    assert [one.met for one in told] == met


def test_each_planted_group_of_a_world_is_asked_for_by_itself():
    told = asked_and_measured([row("planted-tenth", recall=[("planted-1", 1.0), ("planted-2", 0.5)], precision=1.0)])

    assert [(one.what, one.met) for one in told[:2]] == [("recall of planted-1", True), ("recall of planted-2", False)]


def test_nothing_is_asked_of_the_floors_or_of_what_no_number_was_set_for():
    assert asked_and_measured([row("fast", rule=NAIVE), row("planted-six-hours", recall=[("planted", 0.0)])]) == ()


def test_what_is_not_met_stands_first():
    told = asked_and_measured([row("fast"), row("planted", recall=[("planted", 0.5)], precision=1.0)])
    lines = as_text(told).splitlines()

    assert lines[1].endswith("NOT MET")
    assert "0.500 [0.500, 0.500] of 200 worlds" in lines[1]
    assert len(lines) == len(told) + 1


@pytest.mark.parametrize("name", sorted(RECALL))
def test_every_scenario_of_which_something_is_asked_exists_and_hides_a_group(name):
    assert scenario(name).holds == "planted"
