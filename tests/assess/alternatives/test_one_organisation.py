"""One organisation: settled by what the profiles name; the pace alone settles nothing."""

from __future__ import annotations

from groundswell.assess.alternatives.one_organisation import weigh
from groundswell.model.finding import Weight
from tests.assess.alternatives.cases import case_of
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer, profile

DESK = group(PEOPLE, layer(turnout=0.95, median_spread_s=2.6))


def test_a_house_named_by_all_is_clearly_for_it(engine):
    desks = [profile(one, name=one, bio=f"The {one} desk of Harbour News Agency") for one in PEOPLE]

    weight, reason = weigh(case_of(engine, [*in_step(), *crowd()], desks, of=DESK))

    assert weight is Weight.CLEARLY_FOR
    assert reason.startswith("5 of 5 profiles name “Harbour News Agency”, as do 0 of 0 other profiles.")
    assert "On average 95 % of the 5 took part, 2.6 seconds from the first to the last" in reason
    assert "the first of all to be seen with it for 6 of 6 links" in reason


def test_profiles_that_name_nothing_in_common_speak_against_it(engine):
    strangers = [profile(one, name=one, bio=f"Grows {one} roses") for one in PEOPLE]

    assert weigh(case_of(engine, in_step(), strangers))[0] is Weight.AGAINST


def test_a_desks_pace_without_a_name_cannot_be_told_from_a_campaign(engine):
    strangers = [profile(one, name=one, bio=f"Grows {one} roses") for one in PEOPLE]

    assert weigh(case_of(engine, in_step(), strangers, of=DESK))[0] is Weight.CANNOT_TELL


def test_without_profiles_it_cannot_be_told(engine):
    weight, reason = weigh(case_of(engine, in_step()))

    assert weight is Weight.CANNOT_TELL
    assert reason.startswith("The files hold profiles of 0 of the 5")
