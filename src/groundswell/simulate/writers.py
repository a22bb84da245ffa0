"""Campaigns that write: handed-out texts with small edits, rows of hashtags, accounts of one batch, new words.

Each enters a conversation that goes on without it, and says ordinary things besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from groundswell.simulate.crowd import DAY_S
from groundswell.simulate.edits import edited
from groundswell.simulate.feed import Draft, Feed
from groundswell.simulate.grammar import Grammar
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.profiles import Profiles
from groundswell.simulate.scenario import PLANTED
from groundswell.simulate.talk import Topic, hashtags, write_articles

ORDINARY_EACH = 8
"""Posts of its own that each member writes, about as many as an active account of the crowd."""

HANDED_OUT = Grammar(
    {
        "start": ("{call} {claim} {also}", "{claim} {also} {call}", "{claim} {call} {also}"),
        "call": (
            "Read this before the vote and tell two people about it.",
            "Everyone in town should see this before Sunday.",
            "Share this with a neighbour who still believes the council.",
            "They hoped that nobody would ever look at the keeper’s log.",
            "Look at the numbers yourself before you believe the plan.",
        ),
        "claim": (
            "The shut gate costs every household a week of wages a year.",
            "The keeper’s log was never shown to anyone in town.",
            "Nine of ten boats turn back at the lock and nobody counts them.",
            "The repair money was spent on the roof of the town hall.",
            "Every family on the lower quay wants the gate open by June.",
            "The fish came back the last time that the gate stood open.",
        ),
        "also": (
            "A river belongs to everyone who lives on it.",
            "It was our money and it is our river.",
            "No councillor has answered a single letter about it.",
            "The old gate keeper said the same thing years ago.",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Stage:
    """Where a writer enters."""

    rng: np.random.Generator
    feed: Feed
    profiles: Profiles
    topic: Topic
    days: float

    def moments_s(self, n: int) -> list[float]:
        """`n` moments by day, in seconds since the world began."""
        day = self.rng.integers(0, int(self.days), n)
        moments_s: list[float] = np.sort(day * DAY_S + self.rng.uniform(8, 21, n) * HOUR_S).tolist()
        return moments_s


class Writer(Protocol):
    """Someone who joins a conversation."""

    def enter(self, stage: Stage) -> None:
        """Add accounts and posts to the feed."""
        ...


@dataclass(frozen=True, kw_only=True)
class EditedCopies:
    """Each text is handed out, and each account changes it a little before it posts it."""

    accounts: int = 15
    texts: int = 15
    pace_s: float = 60.0
    participation: float = 0.6
    edits: float = 1.0
    """Mean number of changes to each copy."""

    def enter(self, stage: Stage) -> None:
        """Post each text in one burst."""
        members = _join(stage, self.accounts)
        for moment_s in stage.moments_s(self.texts):
            text, tags = HANDED_OUT.say(stage.rng), (stage.topic.hashtag,)
            for account, time_s in _present(stage, members, moment_s, self.pace_s, self.participation):
                words = edited(stage.rng, text, edits=self.edits)
                _say(stage, account, time_s, f"{words} {_tagged(tags)}", tags)
        _ordinary(stage, members)


@dataclass(frozen=True, kw_only=True)
class TagRows:
    """Own words each time, but the same four hashtags in the same order."""

    accounts: int = 15
    rows: int = 15
    pace_s: float = 60.0
    participation: float = 0.6

    def enter(self, stage: Stage) -> None:
        """Post each row of tags in one burst."""
        members = _join(stage, self.accounts)
        for moment_s in stage.moments_s(self.rows):
            others = stage.rng.permutation(stage.topic.side_tags)[:3].tolist()
            tags = tuple(str(tag) for tag in stage.rng.permutation([stage.topic.hashtag, *others]))
            for account, time_s in _present(stage, members, moment_s, self.pace_s, self.participation):
                words = stage.topic.remarks["en"].say(stage.rng)
                _say(stage, account, time_s, f"{words} {_tagged(tags)}", tags)
        _ordinary(stage, members)


@dataclass(frozen=True, kw_only=True)
class Reworded:
    """They speak at the same moments, but nothing that they write is the same."""

    accounts: int = 15
    times: int = 15
    pace_s: float = 60.0
    participation: float = 0.6

    def enter(self, stage: Stage) -> None:
        """Speak in bursts."""
        members = _join(stage, self.accounts)
        for moment_s in stage.moments_s(self.times):
            for account, time_s in _present(stage, members, moment_s, self.pace_s, self.participation):
                tags = hashtags(stage.rng, stage.topic)
                _say(stage, account, time_s, f"{stage.topic.remarks['en'].say(stage.rng)} {_tagged(tags)}", tags)
        _ordinary(stage, members)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Accounts made within a day and a half, that push the same pages in words of their own."""

    accounts: int = 20
    pages: int = 15
    pace_s: float = 60.0
    participation: float = 0.6
    made_within_s: float = 36 * HOUR_S

    def enter(self, stage: Stage) -> None:
        """Push each page in one burst."""
        made = np.datetime64("2024-03-11T05:00", "s")
        members = stage.feed.join(
            [
                stage.profiles.make(created_at=made + np.timedelta64(int(at_s), "s"))
                for at_s in stage.rng.uniform(0, self.made_within_s, self.accounts)
            ],
            group=PLANTED,
        )
        for page in write_articles(stage.rng, stage.topic, stage.moments_s(self.pages)):
            for account, time_s in _present(stage, members, page.published_s, self.pace_s, self.participation):
                tags = hashtags(stage.rng, stage.topic)
                words = f"{stage.topic.remarks['en'].say(stage.rng)} {page.url} {_tagged(tags)}"
                _say(stage, account, time_s, words, tags, urls=(page.url,))
        _ordinary(stage, members)


def _join(stage: Stage, n: int) -> list[int]:
    return stage.feed.join([stage.profiles.make() for _ in range(n)], group=PLANTED)


def _present(
    stage: Stage, members: list[int], moment_s: float, pace_s: float, participation: float
) -> Iterator[tuple[int, float]]:
    """Who takes part this time, and when."""
    for account in members:
        if stage.rng.random() < participation:
            yield account, moment_s + float(stage.rng.uniform(0, pace_s))


def _ordinary(stage: Stage, members: list[int]) -> None:
    """What anyone might say."""
    for account in members:
        for moment_s in stage.moments_s(ORDINARY_EACH):
            tags = hashtags(stage.rng, stage.topic)
            _say(stage, account, moment_s, f"{stage.topic.remarks['en'].say(stage.rng)} {_tagged(tags)}", tags)


def _say(
    stage: Stage, account: int, time_s: float, text: str, tags: tuple[str, ...], *, urls: tuple[str, ...] = ()
) -> None:
    stage.feed.post(
        Draft(author=account, time_s=time_s, text=text, lang="en", urls=urls, hashtags=tags, client="Phone app")
    )


def _tagged(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
