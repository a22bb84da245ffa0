"""#HarbourNews: nine desks of one press agency publish the same stories at once, and say whose desks they are.

They are in step as no crowd ever is, by the same software, and nobody is deceived: each profile names the agency.
Some two hundred readers share the stories in their own time and talk about the harbour.
"""

from __future__ import annotations

import numpy as np

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import DAY_S
from groundswell.simulate.feed import Draft, Feed
from groundswell.simulate.grammar import Grammar
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.profiles import Profile, Profiles
from groundswell.simulate.scenario import Scenario, World
from groundswell.simulate.talk import Article, Measure, Topic, circle, share_articles, talk, write_articles

DAYS = 5.0
READERS = 210
STORIES = 36
AT_ONCE_S = 15.0
"""All desks publish a story within this time after the full minute."""
TURNOUT = 0.95
STORY_SHARES = 420
MEASURE = Measure(articles=60, article_shares=500, remarks=400, slogans=60, replies=260, reposts=340)

AGENCY = "Gullwing Press Agency"
SITE = "gullwing-press.example"
CLIENT = "Gullwing Newsdesk"
DESKS = ("Ports", "Weather", "Business", "Culture", "Transport", "Sports", "Science", "Night", "Islands")
HOURS = tuple(range(6, 23))

TOPIC = Topic(
    hashtag="HarbourNews",
    side_tags=("FerryTimes", "QuayWatch", "FishMarket", "TallShips", "HarbourFair", "FogHorn"),
    sites=("quay-and-tide.example", "harbour-bench.example", "tallship-diary.example"),
    headlines=Grammar(
        {
            "start": (
                "{thing} {event} at {place}", "{count} {things} {event2} {when}", "{place} to {plan} {when}",
                "{thing} {event} {when}", "{who}: {count} {things} at {place}",
                "{who} to {plan}, {count} {things} affected",
            ),
            "thing": (
                "Night ferry", "Crane", "Lightship", "Grain barge", "Fish auction", "Swing bridge", "Pilot boat",
                "Tall ship", "Harbour train", "Tide gauge",
            ),
            "things": ("ferries", "containers", "yachts", "seals", "gulls", "trawlers", "tugs", "lorries", "kayaks"),
            "event": ("delayed", "back in service", "sold", "repainted", "stuck", "open to visitors", "under repair"),
            "event2": ("counted", "expected", "turned away", "inspected", "missing", "moved", "rescued"),
            "place": ("East Quay", "the old basin", "Pier Four", "the fish hall", "Lantern Point", "the customs shed"),
            "plan": (
                "reopen", "close", "get new lights", "charge less", "hold a fair", "test the sirens", "be dredged",
            ),
            "when": ("this week", "tonight", "before the fair", "after the storm", "by autumn", "on Sunday", "at noon"),
            "who": ("Harbour master", "Pilots", "Dockers", "Ferry line", "Fish market", "Coast watch"),
            "count": ("two", "three", "five", "eight", "twelve", "nineteen", "thirty", "fifty-one"),
        }
    ),
    remarks={
        "en": Grammar(
            {
                "start": (
                    "{seen} {thought}.", "{thought}, {end}.", "{seen} {thought}, {end}.", "{thought}? {end2}.",
                    "{end2}. {seen}",
                ),
                "seen": (
                    "Missed the {boat} by a minute.", "Cycled along {place} at {hour}.", "Fog over {place} again.",
                    "Two {birds} on the railing.", "Coffee at {place}.", "The {boat} blew its horn {count} times.",
                    "Long queue at {place}.", "My {kin} works on the {boat}.",
                ),
                "thought": (
                    "the {boat} is late", "they should paint the {thing}", "{place} smells of {smell}",
                    "I like it when the {boat} comes in", "the {thing} is louder than the {birds}",
                    "nobody fixes the {thing}", "the fair makes everything slow", "the timetable changed {count} times",
                ),
                "end": (
                    "as every spring", "not that anyone asked", "which suits me", "and so am I", "ask my {kin}",
                    "at least it isn’t raining", "just like last year",
                ),
                "end2": (
                    "Worth getting up at {hour}", "I’d take the {boat} any day", "See you at {place}",
                    "Bring bread for the {birds}",
                    "Somebody tell the {kin}", "Good morning, {place}",
                ),
                "boat": (
                    "night ferry", "pilot boat", "harbour train", "grain barge", "tall ship", "early ferry", "tug",
                ),
                "thing": ("swing bridge", "crane", "foghorn", "tide gauge", "ticket machine", "lightship", "ramp"),
                "birds": ("gulls", "terns", "cormorants", "pigeons"),
                "place": (
                    "East Quay", "the old basin", "Pier Four", "the fish hall", "Lantern Point", "the customs shed",
                ),
                "hour": ("five", "six", "seven", "midnight", "low tide"),
                "smell": ("tar", "herring", "rope", "coffee", "diesel", "wet dog"),
                "kin": ("cousin", "neighbour", "uncle", "landlady", "daughter", "old skipper"),
                "count": ("three", "four", "five", "six", "nine"),
            }
        ),
        "pt": Grammar(
            {
                "start": ("{what} {when}, {end}.", "{end}: {what} {when}.", "{when} {what}. {end}."),
                "what": (
                    "a balsa chegou atrasada", "o cais cheira a arenque", "há nevoeiro no farol",
                    "o guindaste parou outra vez",
                    "vi duas gaivotas na ponte", "a feira enche as ruas",
                ),
                "when": ("esta manhã", "ao meio-dia", "outra vez", "desde ontem", "ao fim da tarde"),
                "end": ("nada de novo", "levem casaco", "que bela vista", "ninguém avisou", "fico por aqui"),
            }
        ),
        "he": Grammar(
            {
                "start": ("{what} {when}, {end}", "{end}: {what} {when}", "{when} {what}. {end}"),
                "what": (
                    "המעבורת מאחרת שוב", "יש ערפל מעל הרציף", "המנוף לא עובד", "שני שחפים על הגשר",
                    "התור בשוק הדגים ארוך",
                ),
                "when": ("הבוקר", "בצהריים", "מאז אתמול", "לפני היריד", "לקראת ערב"),
                "end": ("לא נורא", "קחו מעיל", "איזה נוף", "אף אחד לא הודיע", "אני נשאר כאן"),
            }
        ),
    },
    tongues={"en": 0.9, "pt": 0.06, "he": 0.04},
    slogans=("Fair winds and full nets to all!", "Meet me where the ferry lands!"),
)  # fmt: skip


def make(seed: int, shares: int | None) -> World:
    """The world of this seed. It is a whole story, so its size can't be chosen."""
    if shares is not None:
        raise WrongUse("A demo set has its own size; leave --shares out.")
    rng = np.random.default_rng(seed)
    feed, profiles = Feed(), Profiles(rng)
    readers = feed.join([profiles.make() for _ in range(READERS)])
    desks = feed.join([_desk(profiles, desk) for desk in DESKS], group="desks")
    audience = circle(rng, readers, TOPIC)
    stories = write_articles(rng, TOPIC, _story_moments(rng), sites=(SITE,))
    for story in stories:
        _publish(rng, feed, desks, story)
    talk(rng, feed, TOPIC, audience, MEASURE, days=DAYS)
    share_articles(rng, feed, TOPIC, audience, stories, STORY_SHARES)
    return feed.world(rng, until_s=DAYS * DAY_S)


def _desk(profiles: Profiles, desk: str) -> Profile:
    """A desk that says whose it is."""
    return profiles.make(
        handle=f"gullwing_{desk.lower()}",
        name=f"Gullwing {desk}",
        bio=f"{desk} desk of the {AGENCY}. Corrections: desk@{SITE}",
        picture=f"https://pictures.example/gullwing-{desk.lower()}.png",
    )


def _story_moments(rng: np.random.Generator) -> list[float]:
    """Full minutes, a few stories a day while the desks are staffed."""
    slots = [(day, hour, quarter) for day in range(int(DAYS)) for hour in HOURS for quarter in range(4)]
    chosen = np.sort(rng.choice(len(slots), STORIES, replace=False))
    return [slots[at][0] * DAY_S + slots[at][1] * HOUR_S + slots[at][2] * HOUR_S / 4 for at in chosen]


def _publish(rng: np.random.Generator, feed: Feed, desks: list[int], story: Article) -> None:
    """All desks put the story out, with the same words and through the same software."""
    for account in desks:
        if rng.random() >= TURNOUT:
            continue
        feed.post(
            Draft(
                author=account,
                time_s=story.published_s + float(rng.uniform(0, AT_ONCE_S)),
                text=f"{story.headline} {story.url} #{TOPIC.hashtag}",
                lang="en",
                urls=(story.url,),
                hashtags=(TOPIC.hashtag,),
                client=CLIENT,
            )
        )


SCENARIO = Scenario(
    name="demo-wire",
    title="A news wire",
    story="Nine desks of one press agency publish the same 36 stories at once and say so; two hundred readers follow.",
    kind="posts",
    holds="open",
    expects="One group, the nine desks; coordinated, no sign of deception: all nine name the agency.",
    make=make,
)
