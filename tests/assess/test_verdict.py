"""verdict: the five verdicts, as a table."""

from __future__ import annotations

import pytest

from groundswell.assess.deception import Sign
from groundswell.assess.disclosure import Disclosure
from groundswell.assess.verdict import group_verdict, run_verdict
from groundswell.model.finding import Verdict, Weight

OPEN, DECEPTIVE, CANNOT_TELL = Verdict.OPEN, Verdict.DECEPTIVE, Verdict.CANNOT_TELL
COPIED = Sign(sentence="copied", account_ids=("ana", "ben", "cat"), decides=True)
ONE_DAY = Sign(sentence="one day", account_ids=("ana", "ben", "cat"), decides=False)
LONE = Sign(sentence="copied", account_ids=("ana",), decides=True)


def named(members: int, read: int, size: int = 6) -> Disclosure:
    return Disclosure(name="Harbour News", members=members, read=read, size=size, outsiders=0, outside_profiles=50)


@pytest.mark.parametrize(
    ("judged", "signs", "disclosure", "fans", "verdict"),
    [
        # profiles read, nothing odd
        (6, (), None, Weight.AGAINST, OPEN),
        (3, (), None, Weight.CANNOT_TELL, OPEN),
        # too few profiles to speak of openness
        (2, (), None, Weight.AGAINST, CANNOT_TELL),
        (0, (), None, Weight.CANNOT_TELL, CANNOT_TELL),
        # copied profiles
        (6, (COPIED,), None, Weight.AGAINST, DECEPTIVE),
        (6, (COPIED, ONE_DAY), None, Weight.CANNOT_TELL, DECEPTIVE),
        (3, (COPIED,), None, Weight.AGAINST, DECEPTIVE),
        (6, (LONE,), None, Weight.AGAINST, CANNOT_TELL),
        # a shared day of birth decides nothing
        (6, (ONE_DAY,), None, Weight.AGAINST, CANNOT_TELL),
        # fans may share a badge
        (6, (COPIED,), None, Weight.FOR, CANNOT_TELL),
        (6, (COPIED,), None, Weight.CLEARLY_FOR, CANNOT_TELL),
        # all name one house: the copies are the house's
        (6, (COPIED, ONE_DAY), named(6, 6), Weight.AGAINST, OPEN),
        (0, (), named(6, 6), Weight.AGAINST, OPEN),
        # some name it, or too few were read
        (6, (COPIED,), named(5, 6), Weight.AGAINST, DECEPTIVE),
        (6, (COPIED,), named(2, 2), Weight.AGAINST, DECEPTIVE),
    ],
)
def test_the_verdict_on_a_group_of_six(judged, signs, disclosure, fans, verdict):
    assert group_verdict(size=6, judged=judged, signs=signs, disclosure=disclosure, fans=fans) is verdict


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([], CANNOT_TELL),
        ([OPEN], OPEN),
        ([OPEN, OPEN], OPEN),
        ([OPEN, CANNOT_TELL], CANNOT_TELL),
        ([OPEN, DECEPTIVE, CANNOT_TELL], DECEPTIVE),
    ],
)
def test_the_verdict_on_a_run(verdicts, together):
    assert run_verdict(verdicts) is together
