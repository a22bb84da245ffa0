"""Profiles: made up, and no two alike."""

from __future__ import annotations

import numpy as np

from groundswell.simulate.profiles import FIRST, SECOND, Profiles


def test_no_two_profiles_share_a_handle_name_picture_or_bio():
    made = [profiles.make() for profiles in [Profiles(np.random.default_rng(0))] for _ in range(2500)]

    for what in ("handle", "name", "picture", "bio"):
        told = [value for profile in made if (value := getattr(profile, what))]
        assert len(set(told)) == len(told)


def test_handles_are_words_and_a_number():
    profile = Profiles(np.random.default_rng(0)).make()
    first, second, number = profile.handle.split("_")

    assert first in FIRST
    assert second in SECOND
    assert number.isdigit()
    assert profile.name == f"{first.capitalize()} {second.capitalize()}"


def test_some_bios_are_empty_and_some_pictures_unknown():
    made = [profiles.make() for profiles in [Profiles(np.random.default_rng(0))] for _ in range(500)]

    assert 0.05 < sum(profile.bio == "" for profile in made) / 500 < 0.2
    assert 0.03 < sum(profile.picture is None for profile in made) / 500 < 0.12


def test_what_is_given_is_kept():
    profile = Profiles(np.random.default_rng(0)).make(handle="h", name="N", bio="b", picture="p")

    assert (profile.handle, profile.name, profile.bio, profile.picture) == ("h", "N", "b", "p")
