"""Worlds of whole posts: one conversation of a town about its river gate, and whoever joins it.

Share logs hold times alone. Here accounts have words, hashtags, links and a date of birth, so that what edits hide,
what a row of tags gives away and when accounts were made can be looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import DAY_S
from groundswell.simulate.demo_campaign import TOPIC
from groundswell.simulate.feed import Feed
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.profiles import Profiles
from groundswell.simulate.scenario import Scenario, World
from groundswell.simulate.talk import Measure, circle, talk
from groundswell.simulate.writers import Batch, EditedCopies, Reworded, Stage, TagRows, Writer

DAYS = 10.0
CROWD = 700
USUAL = Measure(articles=120, article_shares=1200, remarks=700, slogans=200, replies=300, reposts=700)
CHANTING = Measure(articles=80, article_shares=900, remarks=300, slogans=1200, replies=200, reposts=500)
"""Every third post is one of six slogans."""
BRIEF = Measure(articles=12, article_shares=110, remarks=70, slogans=15, replies=30, reposts=60)
"""So little that no group of any make could stand out."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """How to make the world of one scenario of whole posts."""

    writers: tuple[Writer, ...] = ()
    crowd: int = CROWD
    """Accounts that take part without being asked."""
    tail: float = 1.4
    busiest: float = 25.0
    """How unevenly they take part, as in `circle`."""
    days: float = DAYS
    measure: Measure = USUAL
    bursts: tuple[tuple[float, float, float], ...] = ((4.4 * DAY_S, 2 * HOUR_S, 0.15),)
    """As in `talk`: the council meets, and everyone has something to say."""
    deleted: float = 0.0
    """Part of all posts, 0 to below 1, that are gone before anyone collected them; their reposts go with them."""

    def __call__(self, seed: int, shares: int | None) -> World:
        """The world of this seed. It has a size of its own."""
        if shares is not None:
            raise WrongUse("A world of whole posts has its own size; leave --shares out.")
        rng = np.random.default_rng(seed)
        feed, profiles = Feed(), Profiles(rng)
        people = feed.join([profiles.make() for _ in range(self.crowd)])
        who = circle(rng, people, TOPIC, tail=self.tail, busiest=self.busiest)
        talk(rng, feed, TOPIC, who, self.measure, days=self.days, bursts=self.bursts)
        stage = Stage(rng, feed, profiles, TOPIC, self.days)
        for writer in self.writers:
            writer.enter(stage)
        return feed.world(rng, until_s=self.days * DAY_S, deleted=self.deleted)


def _planted(name: str, title: str, story: str, world: Conversation) -> Scenario:
    return Scenario(
        name=name,
        title=title,
        story=story,
        kind="posts",
        holds="planted",
        expects="The planted accounts, all of them and nobody else.",
        make=world,
    )


SCENARIOS = (
    Scenario(
        name="talk",
        title="A town that talks",
        story="Ten days of articles, own words, slogans, answers, reposts and a share button. Nobody acts together.",
        kind="posts",
        holds="nothing",
        expects="No group to report.",
        make=Conversation(),
    ),
    Scenario(
        name="slogans",
        title="A town that chants",
        story="Every third post is one of six slogans, most of them on three evenings. Nobody acts together.",
        kind="posts",
        holds="nothing",
        expects="No group to report.",
        make=Conversation(
            measure=CHANTING, bursts=tuple(((day + 0.8) * DAY_S, 0.5 * HOUR_S, 0.25) for day in (2, 5, 8))
        ),
    ),
    Scenario(
        name="talk-day",
        title="A town that talks for one day",
        story="Some 300 posts of one day. Nobody acts together, but nobody could tell if they did.",
        kind="posts",
        holds="nothing",
        expects="No group to report, and of the campaign: cannot tell.",
        make=Conversation(days=1.0, measure=BRIEF, bursts=()),
    ),
    Scenario(
        name="talk-few",
        title="Forty people who talk",
        story="Some 300 posts of ten days by forty accounts. Nobody acts together, but nobody could tell if they did.",
        kind="posts",
        holds="nothing",
        expects="No group to report, and of the campaign: cannot tell.",
        make=Conversation(crowd=40, measure=BRIEF, bursts=()),
    ),
    _planted(
        "planted-faint",
        "A campaign too small for its crowd to show it",
        "5 accounts post 4 handed-out texts within ten minutes, with changes of their own, among some 300 posts.",
        Conversation(
            writers=(EditedCopies(accounts=5, texts=4, pace_s=600.0),),
            crowd=150,
            days=3.0,
            measure=BRIEF,
            bursts=(),
        ),
    ),
    _planted(
        "planted-reworded",
        "A campaign that says it in new words each time",
        "15 accounts speak 15 times within 60 s of each other, each in words and with tags of its own.",
        Conversation(writers=(Reworded(),)),
    ),
    _planted(
        "planted-edited",
        "A campaign that changes what it copies",
        "15 accounts post 15 handed-out texts within 60 s, each with a change or two of its own.",
        Conversation(writers=(EditedCopies(),)),
    ),
    _planted(
        "planted-tags",
        "A campaign that is told its hashtags",
        "15 accounts set 15 rows of four hashtags within 60 s, each row in one order, in words of their own.",
        Conversation(writers=(TagRows(),)),
    ),
    _planted(
        "planted-batch",
        "A campaign of accounts made in one batch",
        "20 accounts made within 36 hours push 15 pages within 60 s, in words of their own.",
        Conversation(writers=(Batch(),)),
    ),
    _planted(
        "planted-edited-deleted",
        "A campaign that changes what it copies, three posts in ten gone",
        "15 accounts post 15 handed-out texts within 60 s, with changes of their own; 30 % of all posts are gone.",
        Conversation(writers=(EditedCopies(),), deleted=0.3),
    ),
)
