"""profiles: what an account says of itself, and whether it can be judged by it."""

from __future__ import annotations

import pytest

from groundswell.assess.profiles import Profile, profiles_of
from tests.assess.runs import START, profile, write_run


def test_each_member_comes_once_and_others_do_not(engine):
    rows = [
        profile("ben", name="Two"),
        {**profile("ben", name="One"), "platform": "a"},
        profile("ana", created_at=START),
    ]
    write_run(engine, [], [*rows, profile("cat")])

    found = profiles_of(engine, ("ana", "ben", "dan"))

    assert [(one.account_id, one.name) for one in found] == [("ana", None), ("ben", "One")]
    assert found[0].created_us == 1714557600000000


@pytest.mark.parametrize(
    ("told", "read", "judged"),
    [
        ({}, False, False),
        ({"handle": "ana"}, False, False),
        ({"name": "Ana"}, True, False),
        ({"bio": "Reads."}, True, True),
        ({"bio": " ", "picture": ""}, False, False),
        ({"picture": "x.png"}, False, True),
    ],
)
def test_a_name_can_be_read_and_a_bio_or_a_picture_judged(told, read, judged):
    one = Profile(account_id="ana", **told)

    assert (one.can_be_read, one.can_be_judged) == (read, judged)
