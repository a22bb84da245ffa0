"""What speaks for impersonation, part by part; a person decides, never the program.

    pair, what else is known ──► Impersonation      eight parts, each yes, no or unknown, and a level

    weak        the names are a letter or two apart, and little else is alike: two people may well be called so
    candidate   the name can be taken for the other, or the picture is the same
    probable    three or more of: confusable name, same picture, copied profile text, newer than the other;
                and no label that says «fan» or «parody»

The highest level still says «probable» and waits for a person. The parts follow Goga, Venkatadri and Gummadi (2015,
doi:10.1145/2815675.2815699), who found that most victims are ordinary people. That an account was removed, or has
fewer followers, is shown and not counted: both are true of most accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from groundswell.model.post import Account
from groundswell.personas.bios import copied
from groundswell.personas.lookalikes import Likeness, Pair

NEWER_BY = timedelta(days=30)
"""An account counts as newer if it was made so much later: people open second accounts within days of the first."""

FEWER_FOLLOWERS = 10
"""Times as many followers that the protected account has."""

ENOUGH = 3
"""Parts of the four that make it probable."""

NOT_COUNTED = frozenset({"fewer_followers", "denounced_or_removed", "protected_name"})
"""Shown, and counted in no level: true of most accounts, or a fact about the list."""


class Level(StrEnum):
    """How much speaks for impersonation."""

    WEAK = "weak"
    CANDIDATE = "candidate"
    PROBABLE = "probable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What was looked at. None is «not known», which is neither yes nor no."""

    confusable_name: bool
    same_picture: bool | None
    copied_bio: bool | None
    newer: bool | None
    fewer_followers: bool | None
    denounced_or_removed: bool | None
    protected_name: bool
    label: str | None
    """The candidate's own word for not being the other, such as ``parody``; it negates."""

    @property
    def n_counted(self) -> int:
        """How many of the four counted parts are a yes."""
        return sum(part is True for part in (self.confusable_name, self.same_picture, self.copied_bio, self.newer))

    @property
    def n_unknown(self) -> int:
        """How many of the four counted parts nobody could look at."""
        return sum(part is None for part in (self.same_picture, self.copied_bio, self.newer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Impersonation:
    """The parts, the level they give, and how it may be tagged."""

    parts: Parts
    level: Level
    disarm: tuple[str, ...]
    """Techniques of the DISARM Red framework (release of 2025-02) that describe what is seen.
    T0143.003 (impersonated persona) is never among them: it says that a claim is untrue, which a person must find."""

    @property
    def sentence(self) -> str:
        """The strongest sentence that the parts carry."""
        known = 4 - self.parts.n_unknown
        checked = f"{self.parts.n_counted} of the {known} counted signs that could be looked at are there"
        if self.parts.label is not None:
            return f"The account says itself that it is another one, and {checked}."
        return {
            Level.WEAK: f"The names are close, as names of two people can be; {checked}.",
            Level.CANDIDATE: f"One name can be taken for the other; {checked}. It waits for a person to look.",
            Level.PROBABLE: f"Much speaks for impersonation: {checked}. It waits for a person to decide.",
        }[self.level]

    def as_json(self) -> dict[str, Any]:
        """Parts, level, tags and the sentence."""
        return {
            "level": str(self.level),
            "parts": asdict(self.parts),
            "n_signs": self.parts.n_counted,
            "n_signs_looked_at": 4 - self.parts.n_unknown,
            "disarm": list(self.disarm),
            "sentence": self.sentence,
            "decided_by": None,
        }


def impersonation(
    pair: Pair,
    *,
    same_picture: bool | None = None,
    removed: bool | None = None,
    protected: bool = True,
) -> Impersonation:
    """Weigh a pair whose names are alike.

    Parameters
    ----------
    pair
        From `lookalikes`.
    same_picture
        What comparing the pictures gave. Without it, the same address of a picture is a yes, and two addresses tell
        nothing.
    removed
        Whether the candidate was removed, or denounced by the other; None if nobody looked.
    protected
        Whether the other name stands on a list of names to be protected.
    """
    here, there = pair.candidate, pair.protected
    parts = Parts(
        confusable_name=pair.likeness is not Likeness.NEAR,
        same_picture=_same_address(here, there) if same_picture is None else same_picture,
        copied_bio=copied(here.bio, there.bio),
        newer=_newer(here, there),
        fewer_followers=_fewer_followers(here, there),
        denounced_or_removed=removed,
        protected_name=protected,
        label=pair.label,
    )
    return Impersonation(parts=parts, level=_level(parts), disarm=_tags(parts, pair.likeness))


def borrowed_picture(*, found_elsewhere: bool, confusable_name: bool) -> tuple[str, ...]:
    """Tags for an account whose picture was found elsewhere under another name; empty if it is not that case.

    A stolen face under a made-up name deceives its readers, and it is not impersonation of the person in the
    picture: nobody is told that the account is theirs.
    """
    return ("T0145.001",) if found_elsewhere and not confusable_name else ()


def _level(parts: Parts) -> Level:
    if parts.n_counted >= ENOUGH and parts.label is None:
        return Level.PROBABLE
    return Level.CANDIDATE if parts.confusable_name or parts.same_picture else Level.WEAK


def _tags(parts: Parts, likeness: Likeness) -> tuple[str, ...]:
    if parts.label is not None:
        return ()
    seen: Mapping[str, bool] = {
        "T0145.001": parts.same_picture is True,
        "T0146.005": parts.confusable_name and likeness is not Likeness.SAME,
    }
    return tuple(tag for tag, there in sorted(seen.items()) if there)


def _same_address(here: Account, there: Account) -> bool | None:
    if here.picture is None or there.picture is None:
        return None
    return True if here.picture == there.picture else None


def _newer(here: Account, there: Account) -> bool | None:
    if here.created_at is None or there.created_at is None:
        return None
    return here.created_at - there.created_at > NEWER_BY


def _fewer_followers(here: Account, there: Account) -> bool | None:
    if here.followers is None or there.followers is None:
        return None
    return here.followers * FEWER_FOLLOWERS <= there.followers
