"""Mutual followers: no format says who follows whom, so it is never decided."""

from __future__ import annotations

from groundswell.assess.alternatives.mutual_followers import weigh
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import in_step


def test_it_is_never_decided_and_what_is_known_is_said(engine):
    weight, reason = weigh(case_of(engine, in_step()))

    assert weight is Weight.CANNOT_TELL
    assert "the members are 60 % on average" in reason
