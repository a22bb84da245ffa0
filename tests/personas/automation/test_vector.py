"""vector: each sign has its observations, or says why it is not scored."""

from __future__ import annotations

import pytest

from groundswell.assess.wording import forbidden_in
from groundswell.errors import WrongUse
from groundswell.personas.automation.signs import SIGNS
from groundswell.personas.automation.vector import vector
from tests.assess.runs import posted, profile, write_posts


def busy(account, n=40, *, every_h=1.0, **told):
    return [posted(account, i * every_h, **told) for i in range(n)]


def crowd(n=35):
    return [row for i in range(n) for row in busy(f"r{i:02}", 30, every_h=1 + i / 7, is_repost=i % 2 == 0)]


def readings(engine, account, precision_s=1.0):
    return {one.name: one for one in vector(engine, account, precision_s=precision_s).readings}


def test_a_value_stands_beside_other_accounts(engine):
    found = readings(write_posts(engine, [*busy("ana", every_h=0.1), *crowd()]), "ana")
    reading = found["busiest_hour"]

    assert (reading.value, reading.n, reading.reference, reading.percentile) == (10.0, 40, 35, 100.0)


def test_too_few_observations_are_not_scored(engine):
    reading = readings(write_posts(engine, [*busy("ana", 3), *crowd()]), "ana")["busiest_hour"]

    assert (reading.value, reading.percentile, reading.not_scored) == (None, None, "fewer than 20: 3")


def test_too_few_others_give_no_percentile(engine):
    reading = readings(write_posts(engine, [*busy("ana"), *busy("ben")]), "ana")["busiest_hour"]

    assert (reading.value is not None, reading.percentile) == (True, None)


def test_a_coarse_clock_hides_the_signs_that_are_finer(engine):
    found = readings(write_posts(engine, busy("ana", 400, every_h=1 / 60)), "ana", precision_s=60.0)

    assert found["on_the_minute"].not_scored == "the data's clock goes by 60 s"
    assert found["on_the_minute"].value is None


def test_the_quiet_stretch_runs_over_midnight(engine):
    days = [posted("ana", 24 * day + hour, post_id=f"{day}{hour}") for day in range(15) for hour in range(12)]

    assert readings(write_posts(engine, days), "ana")["quiet_hours"].value == 12


def test_profile_signs_read_what_is_told_and_nothing_else(engine):
    told = profile("ana", followers=9, following=100)
    found = readings(write_posts(engine, busy("ana"), [told]), "ana")

    assert found["following_per_follower"].value == 10
    assert found["empty_bio"].not_scored == "not told by the data"


def test_an_unknown_account_is_refused(engine):
    with pytest.raises(WrongUse, match="No post is by"):
        vector(write_posts(engine, busy("ana")), "ben", precision_s=1.0)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_every_sign_says_what_else_it_may_mean_in_permitted_words(sign):
    assert sign.caveat
    assert forbidden_in(f"{sign.words} {sign.caveat} {sign.counts}") == ()
