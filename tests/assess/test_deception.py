"""deception: copies under strangers' names are shown to a person; opinion, volume and software never are."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.deception import DAY_US, busiest_day, own_words, signs
from groundswell.assess.profiles import profiles_of
from tests.assess.runs import PEOPLE, profile, write_run

NAMES = ("Amber Fox", "Blue Hen", "Calm Owl", "Dusky Cup", "Early Moth")
BIO = "Coffee first, then the gate. Parent of two."


def seen(engine, members, others=()):
    write_run(engine, [], [*members, *others])
    return signs(engine, profiles_of(engine, PEOPLE), len(PEOPLE))


def named(**told):
    return [profile(one, name=name, **told) for one, name in zip(PEOPLE, NAMES, strict=True)]


def test_one_picture_under_five_names_is_a_sign(engine):
    (sign,) = seen(engine, named(picture="https://pictures.example/7.png"))

    assert sign.sentence.startswith("5 of 5 profiles use one picture under 5 names")
    assert "needs a person’s eye" in sign.sentence
    assert sign.decides
    assert sign.account_ids == PEOPLE


def test_one_bio_under_other_names_is_a_sign_however_it_is_set(engine):
    members = named(bio=BIO)
    members[0]["bio"] = "COFFEE first then the gate -- parent of two 🌊"

    (sign,) = seen(engine, members)

    assert sign.sentence.startswith("5 of 5 profiles have one bio text of 8 words under 5 names")


@pytest.mark.parametrize(
    "told",
    [
        {"bio": "Proud parent of two"},  # four words
        {"bio": "#Open #The #Gate #Now #Please"},  # a slogan in tags
        {"bio": "@gate @harbour @tram @ferry @quay @lock"},  # whom they read
        {"picture": "https://cdn.example/sticky/default_profile_images/default_profile_normal.png"},
        {"picture": ""},
        {"bio": ""},
    ],
)
def test_a_short_bio_a_slogan_or_a_default_picture_is_no_sign(engine, told):
    assert seen(engine, named(**told)) == ()


def test_what_as_many_others_have_is_no_sign(engine):
    others = [profile(f"reader{n:02}", name=f"R{n}", bio=BIO, picture="badge.png") for n in range(5)]

    assert seen(engine, named(bio=BIO, picture="badge.png"), others) == ()


def test_one_house_may_use_its_mark_on_every_account(engine):
    members = [profile(one, name=f"Harbour {one}", bio=BIO, picture="mark.png") for one in PEOPLE]

    assert seen(engine, members) == ()


def test_who_says_that_it_is_a_fan_account_misleads_nobody(engine):
    assert seen(engine, named(bio="Fan account: coffee first, then the gate", picture="star.png")) == ()


def test_accounts_without_a_name_or_handle_cannot_have_different_ones(engine):
    assert seen(engine, [profile(one, bio=BIO) for one in PEOPLE]) == ()


def test_opinion_volume_and_software_are_no_signs(engine):
    """The same cause in every bio in other words, a million posts, and automation said or unsaid."""
    members = [
        profile(one, name=name, bio=f"{word} for the gate. Automated posts, day and night.", n_posts=10**6)
        for one, name, word in zip(PEOPLE, NAMES, ("Marching", "Writing", "Singing", "Walking", "Voting"), strict=True)
    ]

    assert seen(engine, members) == ()


def day(n, seconds=0):
    return datetime(2020, 1, 1) + timedelta(days=n, seconds=seconds)


def test_accounts_made_within_a_day_are_shown_and_decide_nothing(engine):
    members = [profile(one, name=one, created_at=day(500, 100 * n)) for n, one in enumerate(PEOPLE)]
    others = [profile(f"reader{n:02}", created_at=day(10 * n)) for n in range(60)]

    (sign,) = seen(engine, members, others)

    assert sign.sentence.startswith("5 of 5 accounts were made within the same 24 hours")
    assert "1 of 60 accounts (1.7 %)" in sign.sentence
    assert not sign.decides


def test_accounts_made_on_a_day_when_many_came_are_no_sign(engine):
    members = [profile(one, name=one, created_at=day(500, 100 * n)) for n, one in enumerate(PEOPLE)]
    others = [profile(f"reader{n:02}", created_at=day(500 if n < 30 else 10 * n)) for n in range(60)]

    assert seen(engine, members, others) == ()


def test_without_other_accounts_a_shared_day_cannot_be_weighed(engine):
    members = [profile(one, name=one, created_at=day(500, 100 * n)) for n, one in enumerate(PEOPLE)]

    assert seen(engine, members, [profile("reader00", created_at=day(1))]) == ()


@given(st.lists(st.integers(0, 10 * DAY_US), min_size=1, max_size=30))
def test_the_busiest_day_is_the_best_of_all_days_that_start_at_a_time(times):
    times.sort()

    _, most = busiest_day(np.array(times, dtype=np.int64))

    assert most == max(sum(start <= time <= start + DAY_US for time in times) for start in times)


@given(st.text(), st.text())
def test_the_words_of_a_bio_do_not_depend_on_case_or_signs(left, right):
    assert own_words(f"{left} {right}") == own_words(f"  {left} \n {right} ")
