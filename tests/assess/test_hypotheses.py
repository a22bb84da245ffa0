"""hypotheses: what fails counts, what can't be checked does not, and nobody behind it is ever named."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.hypotheses import Seen, hypotheses
from groundswell.assess.wording import check

UNKNOWN = Seen(
    grouped=None,
    small=None,
    joined=None,
    began=None,
    reach_inside=None,
    open_=None,
    signs=None,
    alike=None,
    whole=True,
)
EACH = "many people, each for themselves"
JOINED = "many people, and a group that joined them"
OPEN = "an organisation, club or fandom that acts together in the open"
PAID = "a paid service that adds posts"
DECEIVING = "accounts that act together and misrepresent who they are"
HIDDEN = "accounts run for someone who stays hidden"
MEASURED = "the way these posts were collected or measured"


def first(**seen):
    return hypotheses(replace(UNKNOWN, **seen))[0].name


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ({"grouped": False, "alike": True, "reach_inside": False}, EACH),
        ({"grouped": True, "small": True, "joined": True, "began": False, "open_": False}, JOINED),
        ({"grouped": True, "open_": True, "signs": False}, OPEN),
        ({"grouped": True, "open_": False, "signs": True, "joined": False}, DECEIVING),
        ({"grouped": False, "alike": False, "whole": False}, MEASURED),
    ],
)
def test_the_least_contradicted_comes_first(seen, name):
    assert first(**seen) == name


ternary = st.sampled_from((True, False, None))


@given(st.fixed_dictionaries({field.name: ternary for field in fields(Seen)}))
def test_each_is_told_with_its_predictions_and_counts(seen):
    told = hypotheses(Seen(**{**seen, "whole": bool(seen["whole"])}))

    assert len(told) == 7
    assert [one.against for one in told] == sorted(one.against for one in told)
    for one in told:
        assert len(one.predicts) == len(one.holds)
        check(one.reason)
        checked = [held for held in one.holds if held is not None]
        if checked:
            assert one.reason.startswith(f"{sum(checked)} of {len(checked)} prediction")


@given(st.fixed_dictionaries({field.name: ternary for field in fields(Seen)}))
def test_who_runs_or_pays_can_never_be_checked(seen):
    told = {one.name: one for one in hypotheses(Seen(**{**seen, "whole": bool(seen["whole"])}))}

    assert told[HIDDEN].holds[-1] is None
    assert told[PAID].holds[-1] is None
    assert told[DECEIVING].holds[-1] is None
