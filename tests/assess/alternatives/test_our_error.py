"""An error of ours: a thin basis, a coarse clock and a yardstick without outsiders leave it open."""

from __future__ import annotations

import pytest

from groundswell.assess.alternatives.our_error import weigh
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer


@pytest.mark.parametrize(
    ("changes", "precision_s", "weight", "said"),
    [
        ({"evidence": 30.0}, 1, Weight.CLEARLY_AGAINST, "30 digits"),
        ({"evidence": 30.0, "n_days": 2}, 1, Weight.AGAINST, "on 2 of 5 days"),
        ({}, 1, Weight.AGAINST, "6 occasions on 5 of 5 days, in links"),
        ({"evidence": 5.0}, 1, Weight.CANNOT_TELL, "But that is little to go by."),
        ({"n_occasions": 4}, 1, Weight.CANNOT_TELL, "But that is little to go by."),
        ({"own_audience": 0.99}, 1, Weight.CANNOT_TELL, "But of those seen with the same links 99 % are members"),
        ({}, 60, Weight.CANNOT_TELL, "But the clock of these data ticks every 60 seconds."),
    ],
)
def test_the_basis_is_weighed(engine, changes, precision_s, weight, said):
    case = case_of(engine, [*in_step(), *crowd()], of=group(PEOPLE, layer(**changes)), precision_s=precision_s)

    found, reason = weigh(case)

    assert found is weight
    assert said in reason


def test_members_who_wrote_most_posts_leave_no_yardstick(engine):
    weight, reason = weigh(case_of(engine, [*in_step(), *crowd(5)]))

    assert weight is Weight.CANNOT_TELL
    assert "the members wrote 75 % of all posts" in reason
