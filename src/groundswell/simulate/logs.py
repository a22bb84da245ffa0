"""Share logs: who shared what, when, and nothing else. Each scenario is one crowd and whoever joins it.

The worlds called empty (calm to fandom-small) hold nothing that a tool may report. They follow the worlds in which the
rule for groups was measured; the numbers of accounts and objects are the usual ones there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import CONTAGION, NEWS, crowd
from groundswell.simulate.newcomers import (
    Activists,
    Campaign,
    Crossposters,
    Events,
    Fandom,
    Newsletter,
    Newsroom,
    Scheduler,
)
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
    contagion: float = CONTAGION
    """As in `crowd`: 0 if nobody reshares what it sees."""
    news: float = NEWS
    """Part of the objects that are breaking news."""
    deleted: float = 0.0
    """Part of all shares, the newcomers' too, that are gone before the log is written."""

    def __call__(self, seed: int, shares: int | None) -> World:
        """The world of this seed, with `shares` rows to within a few percent; exactly so if nobody joins."""
        wanted = round((USUAL_SHARES if shares is None else shares) / (1 - self.deleted))
        brought = self._brought(seed, wanted) if self.newcomers else 0
        if brought > 0.8 * wanted:
            raise WrongUse(
                f"{wanted:,} shares are too few for this scenario: {brought:,} come from those who join the crowd.\n"
                f"  Ask for twice as many at least: `--shares {2 * brought}`."
            )
        return self._scene(seed, wanted, wanted - brought).world(deleted=self.deleted)

    def _brought(self, seed: int, wanted: int) -> int:
        """Shares that the newcomers bring, by a telling of usual size: the number hardly depends on the crowd's."""
        usual = min(wanted, USUAL_SHARES)
        return self._scene(seed, wanted, usual).n_shares - usual

    def _scene(self, seed: int, wanted: int, from_crowd: int) -> Scene:
        rng = np.random.default_rng(seed)
        n_accounts = max(FEWEST_ACCOUNTS, wanted // SHARES_PER_ACCOUNT)
        people = gather(rng, n_accounts, fast=self.fast, selective=self.selective)
        log = crowd(
            rng,
            people,
            shares=from_crowd,
            days=DAYS,
            repeating=self.repeating,
            contagion=self.contagion,
            news=self.news,
        )
        scene = Scene(rng, people, log, days=DAYS)
        enter_all(scene, self.newcomers)
        return scene


def _empty(name: str, title: str, story: str, world: ShareLog) -> Scenario:
    return Scenario(
        name=name,
        title=title,
        story=story,
        kind="shares",
        holds="nothing",
        expects="No group to report.",
        make=world,
    )


def _planted(name: str, title: str, *campaigns: Campaign, deleted: float = 0.0, fast: float = 0.05) -> Scenario:
    sizes = " and ".join(f"{c.accounts} accounts push {c.objects} objects within {c.pace_s:g} s" for c in campaigns)
    gone = f"; {deleted:.0%} of all shares are gone" if deleted else ""
    return Scenario(
        name=name,
        title=title,
        story=f"In a crowd with {fast * 100:g} % fast accounts, {sizes}{gone}.",
        kind="shares",
        holds="planted",
        expects="The planted accounts, all of them and nobody else.",
        make=ShareLog(fast=fast, newcomers=campaigns, deleted=deleted),
    )


SCENARIOS = (
    _empty(
        "calm", "People who find things by themselves", "Communities and sleep; nobody reshares.", ShareLog(contagion=0)
    ),
    _empty("quiet", "People who follow each other", "Communities, contagion, sleep and breaking news.", ShareLog()),
    _empty(
        "fast",
        "One in twenty reacts at once",
        "5 % of the accounts share within a minute of seeing something, whatever it is.",
        ShareLog(fast=0.05),
    ),
    _empty(
        "fast-10",
        "One in ten reacts at once",
        "10 % of the accounts share within a minute of seeing something, whatever it is.",
        ShareLog(fast=0.10),
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
    _empty(
        "news",
        "A fortnight of breaking news",
        "Three in ten objects are breaking news, and fifteen times hundreds share the same thing within minutes.",
        ShareLog(fast=0.05, news=0.3, newcomers=(Events(),)),
    ),
    _empty(
        "buttons",
        "Readers of one newsletter, with a share button",
        "Each morning some of 300 readers share what is in their letter, with the words that the button fills in.",
        ShareLog(fast=0.05, newcomers=(Newsletter(),)),
    ),
    _empty(
        "fandom-small",
        "Twenty-five fans of one star",
        "Each fan shares many of the star's 15 posts, half of the time within 30 to 120 seconds.",
        ShareLog(fast=0.05, newcomers=(Fandom(fans=25, posts=15),)),
    ),
    Scenario(
        name="activists",
        title="Forty people who act in the open",
        story="Eight times 40 activists share a public list of links within 15 minutes of an hour announced before.",
        kind="shares",
        holds="open",
        expects="May be reported as acting together, but not as deceiving anyone.",
        make=ShareLog(fast=0.05, newcomers=(Activists(),)),
    ),
    Scenario(
        name="wire",
        title="A newsroom and a posting service",
        story="The 5 accounts of a desk publish 30 stories at once; 20 strangers let one service post 60 items.",
        kind="shares",
        holds="open",
        expects="Both may be reported as acting together, neither as deceiving anyone.",
        make=ShareLog(newcomers=(Newsroom(), Scheduler())),
    ),
    Scenario(
        name="crossposters",
        title="Twelve people with three accounts each",
        story="Each says the same 15 things on all three accounts within two minutes.",
        kind="shares",
        holds="open",
        expects="Each three may be reported as acting together, but not as deceiving anyone.",
        make=ShareLog(fast=0.05, newcomers=(Crossposters(),)),
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
    _planted(
        "planted-tenth",
        "Two campaigns, one ten times the other",
        Campaign(accounts=100, objects=15, pace_s=60, name="planted-1"),
        Campaign(accounts=10, objects=15, pace_s=60, name="planted-2"),
    ),
    _planted(
        "planted-large",
        "Two hundred accounts that nobody echoes, and twenty more",
        Campaign(accounts=200, objects=15, pace_s=60, brings="own", name="planted-1"),
        Campaign(accounts=20, objects=15, pace_s=60, name="planted-2"),
    ),
    _planted(
        "planted-many",
        "Four campaigns of four sizes and paces",
        Campaign(accounts=100, objects=20, pace_s=60, name="planted-1"),
        Campaign(accounts=20, objects=15, pace_s=600, name="planted-2"),
        Campaign(accounts=10, objects=15, pace_s=60, brings="own", name="planted-3"),
        Campaign(accounts=5, objects=20, pace_s=10, name="planted-4"),
    ),
    _planted("planted-five", "A campaign of five", Campaign(accounts=5, objects=15, pace_s=10)),
    _planted("planted-three", "A campaign of three", Campaign(accounts=3, objects=20, pace_s=10, participation=0.9)),
    _planted("planted-quick", "A campaign of five seconds", Campaign(accounts=10, objects=8, pace_s=5)),
    _planted(
        "planted-always",
        "A campaign of which all take part each time",
        Campaign(accounts=10, objects=8, pace_s=60, participation=1.0),
    ),
    _planted(
        "planted-seldom",
        "A campaign of which three in ten take part each time",
        Campaign(accounts=20, objects=15, pace_s=60, participation=0.3),
    ),
    _planted(
        "planted-rare",
        "A campaign of which one in five takes part each time",
        Campaign(accounts=20, objects=30, pace_s=60, participation=0.2),
    ),
    _planted(
        "planted-bare",
        "A campaign that does nothing else",
        Campaign(accounts=20, objects=15, pace_s=60, camouflage=0.0),
    ),
    _planted(
        "planted-small-owned",
        "A campaign of ten that nobody else echoes",
        Campaign(accounts=10, objects=8, pace_s=60, brings="own"),
    ),
    _planted(
        "planted-small-hidden",
        "A campaign of ten among nineteen times as many ordinary shares",
        Campaign(accounts=10, objects=8, pace_s=60, camouflage=0.95),
    ),
    _planted(
        "planted-fast-10",
        "A campaign of ten beside twice as many fast accounts",
        Campaign(accounts=10, objects=8, pace_s=60),
        fast=0.10,
    ),
    _planted("planted-long", "A campaign of a hundred objects", Campaign(accounts=20, objects=100, pace_s=60)),
    _planted("planted-brief", "A campaign of three objects", Campaign(accounts=20, objects=3, pace_s=10)),
    _planted("planted-six-hours", "A campaign that takes six hours", Campaign(accounts=20, objects=40, pace_s=21_600)),
    _planted(
        "planted-deleted-10",
        "A campaign of which one post in ten is gone",
        Campaign(accounts=20, objects=15, pace_s=60),
        deleted=0.1,
    ),
    _planted(
        "planted-deleted",
        "A campaign of which three posts in ten are gone",
        Campaign(accounts=20, objects=15, pace_s=60),
        deleted=0.3,
    ),
    Scenario(
        name="planted-led",
        title="A campaign that always follows one account",
        story="20 accounts share 15 objects within 60 s, one of them always first: the same data as a fandom.",
        kind="shares",
        holds="planted",
        expects="Quick followers of one account, not a group: these data can't tell the two apart.",
        make=ShareLog(fast=0.05, newcomers=(Campaign(accounts=20, objects=15, pace_s=60, brings="led"),)),
    ),
    Scenario(
        name="log",
        title="A share log of any size",
        story="A crowd with 5 % fast accounts, 5 % that repeat themselves, contagion and breaking news.",
        kind="shares",
        holds="nothing",
        expects="No group to report; made for measuring speed, up to ten million shares and more.",
        make=ShareLog(fast=0.05, repeating=0.05),
    ),
)
