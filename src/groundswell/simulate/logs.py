"""Share logs: who shared what, when, and nothing else. Each scenario is one crowd and whoever joins it.

The worlds called empty (quiet, fast, favourites, repeats, fandom) hold nothing that a tool may report. They follow
the worlds in which the rule for groups was measured; the numbers of accounts and objects are the usual ones there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import crowd
from groundswell.simulate.newcomers import Campaign, Fandom, Newsroom, Scheduler
from groundswell.simulate.people import gather
from groundswell.simulate.scenario import Scenario, World
from groundswell.simulate.scene import Newcomer, Scene, enter_all

USUAL_SHARES = 40_000
SHARES_PER_ACCOUNT = 16
FEWEST_ACCOUNTS = 200
DAYS = 14.0


@dataclass(frozen=True, kw_only=True)
class ShareLog:
    """How to make the world of one share-log scenario."""

    newcomers: tuple[Newcomer, ...] = ()
    fast: float = 0.0
    """Part of the crowd that reacts within a minute or so, 0 to 1."""
    selective: bool = False
    """The fast ones are fast with their favourite accounts only."""
    repeating: float = 0.0
    """Part of the crowd that shares the same thing again."""

    def __call__(self, seed: int, shares: int | None) -> World:
        """The world of this seed, with `shares` rows to within a few percent; exactly so if nobody joins."""
        wanted = USUAL_SHARES if shares is None else shares
        brought = self._brought(seed, wanted) if self.newcomers else 0
        if brought > 0.8 * wanted:
            raise WrongUse(
                f"{wanted:,} shares are too few for this scenario: {brought:,} come from those who join the crowd.\n"
                f"  Ask for twice as many at least: `--shares {2 * brought}`."
            )
        return self._scene(seed, wanted, wanted - brought).world()

    def _brought(self, seed: int, wanted: int) -> int:
        """Shares that the newcomers bring, by a telling of usual size: the number hardly depends on the crowd's."""
        usual = min(wanted, USUAL_SHARES)
        return self._scene(seed, wanted, usual).n_shares - usual

    def _scene(self, seed: int, wanted: int, from_crowd: int) -> Scene:
        rng = np.random.default_rng(seed)
        n_accounts = max(FEWEST_ACCOUNTS, wanted // SHARES_PER_ACCOUNT)
        people = gather(rng, n_accounts, fast=self.fast, selective=self.selective)
        log = crowd(rng, people, shares=from_crowd, days=DAYS, repeating=self.repeating)
        scene = Scene(rng, people, log, days=DAYS)
        enter_all(scene, self.newcomers)
        return scene


def _empty(name: str, title: str, story: str, world: ShareLog) -> Scenario:
    return Scenario(name=name, title=title, story=story, kind="shares", expects="No group to report.", make=world)


def _planted(name: str, title: str, *campaigns: Campaign) -> Scenario:
    sizes = " and ".join(f"{c.accounts} accounts push {c.objects} objects within {c.pace_s:g} s" for c in campaigns)
    return Scenario(
        name=name,
        title=title,
        story=f"In a crowd with 5 % fast accounts, {sizes}.",
        kind="shares",
        expects="The planted accounts, all of them and nobody else.",
        make=ShareLog(fast=0.05, newcomers=campaigns),
    )


SCENARIOS = (
    _empty("quiet", "People who follow each other", "Communities, contagion, sleep and breaking news.", ShareLog()),
    _empty(
        "fast",
        "One in twenty reacts at once",
        "5 % of the accounts share within a minute of seeing something, whatever it is.",
        ShareLog(fast=0.05),
    ),
    _empty(
        "favourites",
        "One in ten waits for three accounts",
        "10 % of the accounts share within a minute what their three favourite accounts share.",
        ShareLog(fast=0.10, selective=True),
    ),
    _empty(
        "repeats",
        "Fast accounts, and some that repeat themselves",
        "5 % of the accounts are fast, and 10 % share the same thing again and again.",
        ShareLog(fast=0.05, repeating=0.10),
    ),
    _empty(
        "fandom",
        "Two hundred fans of one star",
        "Each fan shares many of the star's 40 posts, half of the time within 30 to 120 seconds.",
        ShareLog(newcomers=(Fandom(),)),
    ),
    Scenario(
        name="wire",
        title="A newsroom and a posting service",
        story="The 5 accounts of a desk publish 30 stories at once; 20 strangers let one service post 60 items.",
        kind="shares",
        expects="Both may be reported as acting together, neither as deceiving anyone.",
        make=ShareLog(newcomers=(Newsroom(), Scheduler())),
    ),
    _planted("planted", "A campaign of twenty", Campaign(accounts=20, objects=15, pace_s=60)),
    _planted("planted-small", "A campaign of ten", Campaign(accounts=10, objects=8, pace_s=60)),
    _planted("planted-slow", "A campaign that takes ten minutes", Campaign(accounts=20, objects=15, pace_s=600)),
    _planted("planted-hour", "A campaign that takes an hour", Campaign(accounts=20, objects=40, pace_s=3600)),
    _planted(
        "planted-owned",
        "A campaign that nobody else echoes",
        Campaign(accounts=20, objects=15, pace_s=60, brings="own"),
    ),
    _planted(
        "planted-hidden",
        "A campaign among nineteen times as many ordinary shares",
        Campaign(accounts=20, objects=15, pace_s=60, camouflage=0.95),
    ),
    _planted(
        "planted-pair",
        "Two campaigns, one five times the other",
        Campaign(accounts=50, objects=15, pace_s=60, name="planted-1"),
        Campaign(accounts=10, objects=15, pace_s=60, name="planted-2"),
    ),
    Scenario(
        name="planted-led",
        title="A campaign that always follows one account",
        story="20 accounts share 15 objects within 60 s, one of them always first: the same data as a fandom.",
        kind="shares",
        expects="Quick followers of one account, not a group: these data can't tell the two apart.",
        make=ShareLog(fast=0.05, newcomers=(Campaign(accounts=20, objects=15, pace_s=60, brings="led"),)),
    ),
    Scenario(
        name="log",
        title="A share log of any size",
        story="A crowd with 5 % fast accounts, 5 % that repeat themselves, contagion and breaking news.",
        kind="shares",
        expects="No group to report; made for measuring speed, up to ten million shares and more.",
        make=ShareLog(fast=0.05, repeating=0.05),
    ),
)
