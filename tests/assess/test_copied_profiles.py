"""copied_profiles: one bio and one picture under different names, and nothing that fans do."""

from __future__ import annotations

from groundswell.assess.copied_profiles import copied_profiles
from groundswell.assess.profiles import Profile

BIO = "Nurse, runner and proud mother of two"
NAMES = {"ana": "ana", "ben": "ben", "cat": "cat"}


def profiles(**told):
    return [
        Profile(account_id=account, **{"name": name, "bio": BIO, "picture": "p1.jpg", **told})
        for account, name in NAMES.items()
    ]


def test_one_bio_and_one_picture_under_three_names_are_seen():
    assert copied_profiles(profiles()) == (("ana", "ben", "cat"),)


def test_one_of_them_alone_is_what_fans_do():
    assert copied_profiles(profiles(picture=None)) == ()
    assert copied_profiles(profiles(bio="Comets forever")) == ()


def test_one_house_may_use_its_mark_on_every_account():
    assert copied_profiles([*profiles(name="Harbour News")]) == ()


def test_two_are_a_coincidence():
    assert copied_profiles(profiles()[:2]) == ()


def test_a_platforms_own_picture_is_nobodys():
    assert copied_profiles(profiles(picture="https://cdn.example/default_profile.png")) == ()
