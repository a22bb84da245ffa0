"""A scheduler: the second of the minute and the client, each known or not."""

from __future__ import annotations

import pytest

from groundswell.assess.alternatives.scheduler import judge, weigh
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer

FOR, AGAINST, CANNOT_TELL, CLEARLY_FOR = Weight.FOR, Weight.AGAINST, Weight.CANNOT_TELL, Weight.CLEARLY_FOR


def clocked(**changes):
    return group(PEOPLE, layer(**{"second_of_minute": 0.9, "n_occasions": 12, **changes}))


def test_starts_at_one_second_of_the_minute_speak_for_it(engine):
    weight, reason = weigh(case_of(engine, in_step(), of=clocked()))

    assert weight is CLEARLY_FOR
    assert "The starts of 12 occasions lie at one place in the minute: 0.90" in reason


def test_three_occasions_lie_close_by_chance(engine):
    assert weigh(case_of(engine, in_step(), of=clocked(n_occasions=3, second_of_minute=0.7)))[0] is AGAINST


@pytest.mark.parametrize(("precision_s", "phase"), [(60, 0.9), (1, None)])
def test_a_coarse_clock_has_no_seconds(engine, precision_s, phase):
    weight, reason = weigh(case_of(engine, in_step(), of=clocked(second_of_minute=phase), precision_s=precision_s))

    assert weight is CANNOT_TELL
    assert "unknown" in reason


def test_one_rare_client_speaks_for_it(engine):
    posts = [*in_step(client="Metronome"), *crowd(client="web")]

    weight, reason = weigh(case_of(engine, posts))

    assert weight is FOR
    assert "5 of 5 members posted them through one client; 0 of 20 other accounts used it too." in reason


def test_a_client_that_everyone_uses_says_nothing(engine):
    posts = [*in_step(client="web"), *crowd(client="web")]

    assert weigh(case_of(engine, posts, of=clocked(second_of_minute=None)))[0] is CANNOT_TELL


@pytest.mark.parametrize(
    ("phase", "tool", "weight"),
    [
        (CLEARLY_FOR, AGAINST, CLEARLY_FOR),
        (FOR, FOR, CLEARLY_FOR),
        (FOR, AGAINST, FOR),
        (AGAINST, FOR, FOR),
        (AGAINST, CANNOT_TELL, AGAINST),
        (CANNOT_TELL, AGAINST, AGAINST),
        (CANNOT_TELL, CANNOT_TELL, CANNOT_TELL),
    ],
)
def test_the_two_marks_together(phase, tool, weight):
    assert judge(phase, tool) is weight
