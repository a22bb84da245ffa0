"""Who may join a crowd and look coordinated: those who plan it, those who do it openly, and those who are only keen.

A campaign is planted: one will behind several accounts that do not say so. A newsroom and the clients of a scheduler
act together in the open. A fandom is innocent: people who wait for a star's next post.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from groundswell.simulate.crowd import DAY_S, spread_out
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.scenario import PLANTED
from groundswell.simulate.scene import Scene

FINDABLE = 5
"""A campaign that boosts what others share picks objects with at least this many shares."""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """Accounts that share the same objects within `pace_s` of each other, and ordinary things besides."""

    accounts: int
    objects: int
    pace_s: float
    """Longest time between two of its shares of one object, in seconds."""
    name: str = PLANTED
    participation: float = 0.6
    """Part of the accounts that take part each time, 0 to 1."""
    camouflage: float = 0.5
    """Part of its shares that are ordinary, 0 to below 1."""
    uneven: float = 0.0
    """How much its accounts differ in their ordinary shares: sigma of a log-normal; with 0 all have as many."""
    brings: Literal["crowd", "own", "led"] = "crowd"
    """What it pushes: things the crowd shares too; things nobody else shares; or such, one account always first."""

    def enter(self, scene: Scene) -> None:
        """Share each object in one burst, at a moment when the crowd might."""
        members = scene.new_accounts(self.accounts, group=self.name)
        objects, moments_s = self._objects(scene)
        for thing, moment_s in zip(objects, moments_s, strict=True):
            present = members[scene.rng.random(len(members)) < self.participation]
            delay_s = scene.rng.uniform(0, self.pace_s, len(present))
            if self.brings == "led":
                scene.share(members[:1], int(thing), float(moment_s))
                # The others come in a later second, so that the log's clock shows who was first.
                present, delay_s = present[present != members[0]], delay_s[present != members[0]] + 1
            scene.share(present, int(thing), moment_s + delay_s)
        pushed = self.objects * self.participation
        # 400 ordinary shares are more than almost anyone has, and enough to hide in.
        each = min(400, round(pushed * self.camouflage / (1 - self.camouflage)))
        if self.uneven:
            busy = spread_out(scene.rng, each, self.uneven, len(members))
            scene.ordinary_shares(members, np.minimum(400, np.round(busy)).astype(np.int64))
        else:
            scene.ordinary_shares(members, each)

    def _objects(self, scene: Scene) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What is pushed, and when."""
        if self.brings != "crowd":
            return scene.new_objects(self.objects), scene.any_time(self.objects)
        times_shared = np.bincount(scene.crowd.object, minlength=len(scene.crowd.published_s))
        findable = np.flatnonzero(times_shared >= FINDABLE)
        objects = scene.rng.choice(findable, self.objects, replace=False)
        return objects, scene.crowd.published_s[objects] + spread_out(scene.rng, np.exp(8.5), 1.8, len(objects))


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """The accounts of one desk: each story at once, and an audience that follows in its own time."""

    accounts: int = 5
    stories: int = 30
    name: str = "newsroom"

    def enter(self, scene: Scene) -> None:
        """Publish every story within eight seconds."""
        desk = scene.new_accounts(self.accounts, group=self.name)
        for story, moment_s in zip(scene.new_objects(self.stories), scene.any_time(self.stories), strict=True):
            present = desk[scene.rng.random(len(desk)) < 0.95]
            scene.share(present, int(story), moment_s + scene.rng.uniform(0, 8, len(present)))
            scene.crowd_at_leisure(int(story), float(moment_s), int(min(80, (scene.rng.pareto(1.1) + 1) * 4)))
        scene.ordinary_shares(desk, 5)


@dataclass(frozen=True, kw_only=True)
class Scheduler:
    """Unrelated accounts that let one service post the same feed: always at the full minute, hardly any audience."""

    accounts: int = 20
    items: int = 60
    name: str = "scheduler"

    def enter(self, scene: Scene) -> None:
        """Post each item within twenty seconds after the full minute."""
        clients = scene.new_accounts(self.accounts, group=self.name)
        minutes_s = np.floor(scene.any_time(self.items) / 60) * 60
        for item, moment_s in zip(scene.new_objects(self.items), minutes_s, strict=True):
            present = clients[scene.rng.random(len(clients)) < 0.85]
            scene.share(present, int(item), moment_s + scene.rng.uniform(0, 20, len(present)))
            scene.crowd_at_leisure(int(item), float(moment_s), int(scene.rng.integers(0, 6)))
        scene.ordinary_shares(clients, 5)


@dataclass(frozen=True, kw_only=True)
class Crossposters:
    """People who each keep a few accounts, for two languages or two trades, and say the same on all of them."""

    people: int = 12
    accounts_each: int = 3
    posts: int = 15
    name: str = "crossposter"

    def enter(self, scene: Scene) -> None:
        """Each post stands on all accounts of its author within two minutes; hardly anyone else shares it."""
        for number in range(self.people):
            own = scene.new_accounts(self.accounts_each, group=f"{self.name}-{number + 1:02d}")
            for post, moment_s in zip(scene.new_objects(self.posts), scene.any_time(self.posts), strict=True):
                scene.share(own, int(post), moment_s + scene.rng.uniform(0, 120, len(own)))
                scene.crowd_at_leisure(int(post), float(moment_s), int(scene.rng.integers(0, 6)))
            scene.ordinary_shares(own, 10)


@dataclass(frozen=True, kw_only=True)
class Fandom:
    """Fans who share what one star posts, most of them within a minute or two. They follow; nobody tells them to."""

    fans: int = 200
    posts: int = 40

    def enter(self, scene: Scene) -> None:
        """The star posts; each fan reacts at its own speed, to its own part of the posts."""
        fans = scene.new_accounts(self.fans)
        star = scene.rng.integers(0, scene.people.n, 1)
        scene.follow(fans, star)
        reaction_s = scene.rng.uniform(30, 120, self.fans)
        devotion = scene.rng.uniform(0.4, 0.95, self.fans)
        for post, moment_s in zip(scene.new_objects(self.posts), scene.any_time(self.posts), strict=True):
            keen = scene.rng.random(self.fans) < devotion
            scene.share(star, int(post), float(moment_s))
            scene.share(fans[keen], int(post), moment_s + spread_out(scene.rng, reaction_s[keen], 0.6, int(keen.sum())))
            scene.crowd_at_leisure(int(post), float(moment_s), int(min(200, (scene.rng.pareto(1.1) + 1) * 10)))
        scene.ordinary_shares(fans, 15)


@dataclass(frozen=True, kw_only=True)
class Activists:
    """People who announce in public when they will post, and then do: in step, and openly so."""

    accounts: int = 40
    actions: int = 8
    links_each: int = 4
    name: str = "activists"

    def enter(self, scene: Scene) -> None:
        """At each hour that was announced, most of them share the links on the list, within a quarter of an hour."""
        members = scene.new_accounts(self.accounts, group=self.name)
        hours_s = np.floor(scene.any_time(self.actions) / HOUR_S) * HOUR_S
        for hour_s in hours_s:
            there = members[scene.rng.random(len(members)) < 0.6]
            for link in scene.new_objects(self.links_each):
                present = there[scene.rng.random(len(there)) < 0.7]
                scene.share(present, int(link), float(hour_s) + scene.rng.uniform(0, 900, len(present)))
                scene.crowd_at_leisure(int(link), float(hour_s), int(min(120, (scene.rng.pareto(1.1) + 1) * 6)))
        scene.ordinary_shares(members, 15)


@dataclass(frozen=True, kw_only=True)
class Newsletter:
    """Readers of one morning letter, whose button fills in the same words for everyone. Each reads it when it will."""

    readers: int = 300
    mornings: int = 14
    articles_each: int = 4

    def enter(self, scene: Scene) -> None:
        """Each morning some of them open the letter, most within two hours, and share what they like."""
        readers = scene.new_accounts(self.readers)
        habit_s = scene.rng.exponential(1.2 * HOUR_S, self.readers)
        zeal = scene.rng.beta(1.0, 6.0, self.readers)
        for morning in range(self.mornings):
            sent_s = morning * DAY_S + 6.5 * HOUR_S
            opened_s = sent_s + habit_s * np.exp(scene.rng.normal(0, 0.7, self.readers))
            for article in scene.new_objects(self.articles_each):
                keen = scene.rng.random(self.readers) < zeal
                scene.share(readers[keen], int(article), opened_s[keen] + scene.rng.exponential(240, int(keen.sum())))
                scene.crowd_at_leisure(int(article), sent_s, int(min(150, (scene.rng.pareto(1.1) + 1) * 8)))
        scene.ordinary_shares(readers, 8)


@dataclass(frozen=True, kw_only=True)
class Events:
    """Moments that everyone watches: a goal, a verdict, an earthquake. Nobody has to agree on anything."""

    events: int = 15
    least: int = 100
    most: int = 600

    def enter(self, scene: Scene) -> None:
        """Within minutes some hundreds of the crowd share the same thing; those who are awake and active more often."""
        weight = scene.people.activity / scene.people.activity.sum()
        for event, moment_s in zip(scene.new_objects(self.events), scene.any_time(self.events), strict=True):
            n = min(int(scene.rng.integers(self.least, self.most)), scene.people.n // 3)
            account = scene.rng.choice(scene.people.n, n, p=weight, replace=False)
            scene.share(account, int(event), moment_s + spread_out(scene.rng, 240, 1.0, n))
