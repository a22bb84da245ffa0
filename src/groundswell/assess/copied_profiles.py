"""Accounts of a campaign, in no group, that show one bio and one picture under different names.

    profiles of the campaign's accounts ──► sets of copies

Either alone is what fans do: one idol's picture, one slogan. Both at once, under names with no word in common and by
accounts that do not call themselves fans, need a person's eye. It says nothing about acting together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from groundswell.assess.deception import DEFAULT_PICTURE, FEWEST_WORDS, own_words, under_strange_names
from groundswell.assess.disclosure import declares_itself
from groundswell.assess.profiles import Profile
from groundswell.traces.normal_text import n_words

FEWEST = 3


def copied_profiles(profiles: Sequence[Profile]) -> tuple[tuple[str, ...], ...]:
    """The sets of accounts with equal bio and picture under different names, largest first."""
    same: dict[tuple[str, str], list[Profile]] = defaultdict(list)
    for profile in profiles:
        words, picture = own_words(profile.bio or ""), profile.picture or ""
        told = profile.label and picture and not DEFAULT_PICTURE.search(picture)
        if told and n_words(words) >= FEWEST_WORDS and not declares_itself(profile):
            same[words, picture].append(profile)
    sets = [
        tuple(sorted(one.account_id for one in copies))
        for copies in same.values()
        if len(copies) >= FEWEST and under_strange_names(copies)
    ]
    return tuple(sorted(sets, key=lambda accounts: (-len(accounts), accounts)))
