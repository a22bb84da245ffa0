"""disclosure: who says openly that they belong together, and what is only a topic."""

from __future__ import annotations

import pytest

from groundswell.assess.disclosure import declares_itself, disclosed
from groundswell.assess.profiles import Profile, profiles_of
from tests.assess.runs import PEOPLE, profile, write_run

STRANGERS = [
    profile(f"reader{n:02}", name=f"Stranger {chr(97 + n)}", bio=f"Mostly birds and number {n}") for n in range(25)
]


def of(engine, *members, others=STRANGERS):
    write_run(engine, [], [*members, *others])
    return disclosed(engine, profiles_of(engine, PEOPLE), len(PEOPLE))


def test_desks_that_name_their_house_in_the_bio_disclose_it(engine):
    desks = [
        profile(one, name=f"Desk {one}", bio=f"{one.capitalize()} Desk of the Harbour News Agency") for one in PEOPLE
    ]

    found = of(engine, *desks)

    assert found.complete
    assert (found.shown, found.members, found.read, found.outsiders) == ("“Harbour News Agency”", 5, 5, 0)


@pytest.mark.parametrize(
    "told",
    [
        {"url": "https://www.harbour.example/{one}"},
        {"name": "Harbour News {one}"},
        {"handle": "harbournews_{one}", "name": "{one}", "bio": "a desk of @HarbourNews"},
        {"bio": "More at harbour.example/{one}"},
    ],
)
def test_a_house_shows_in_the_site_the_name_or_a_handle(engine, told):
    found = of(engine, *(profile(one, **{key: value.format(one=one) for key, value in told.items()}) for one in PEOPLE))

    assert found is not None
    assert found.complete


def test_a_bio_copied_word_for_word_names_no_house(engine):
    bio = "Parent of two. Coffee first, then the harbour. Proud of it."

    assert of(engine, *(profile(one, name=f"{one} Fox{n}", bio=bio) for n, one in enumerate(PEOPLE))) is None


def test_what_many_others_name_too_is_a_topic(engine):
    members = [profile(one, name=one, bio="Reads Harbour News daily") for one in PEOPLE]
    others = [profile(f"reader{n:02}", bio="Reads Harbour News daily") for n in range(3)]

    assert of(engine, *members, others=[*STRANGERS, *others]) is None


def test_a_page_host_open_to_anyone_is_no_house(engine):
    assert of(engine, *(profile(one, url=f"https://linktr.ee/{one}") for one in PEOPLE)) is None


def test_one_member_who_does_not_name_it_makes_the_disclosure_incomplete(engine):
    desks = [profile(one, name=one, bio="Harbour News Agency") for one in PEOPLE[:4]]

    found = of(engine, *desks, profile("eve", name="eve", bio="Left-handed."))

    assert (found.members, found.read, found.complete) == (4, 5, False)


def test_the_name_of_a_person_is_never_shown(engine):
    found = of(engine, *(profile(one, name="Amber Fox") for one in PEOPLE))

    assert "Amber" not in found.shown


@pytest.mark.parametrize(
    ("bio", "declares"),
    [
        ("Fan account, not the band", True),
        ("Parody.", True),
        ("Automated, posts the tides", True),
        ("Fanatic baker", False),
    ],
)
def test_who_says_what_it_is_misleads_nobody(bio, declares):
    assert declares_itself(Profile(account_id="ana", bio=bio)) is declares
