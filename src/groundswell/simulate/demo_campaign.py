"""#OpenGate: a town argues about its river gate, and twelve of some four hundred accounts do so in step.

The quarrel is real enough: articles, own words, slogans, answers and reposts, over five days. In it, one will behind
twelve accounts pushes ten links, each within 45 s, some with the same words. Five of the twelve use one picture and
one bio under five names; they were made on one day.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import DAY_S
from groundswell.simulate.feed import Draft, Feed
from groundswell.simulate.grammar import Grammar
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.profiles import Profile, Profiles
from groundswell.simulate.scenario import PLANTED, Scenario, World
from groundswell.simulate.talk import Article, Measure, Topic, circle, hashtags, talk, write_articles

DAYS = 5.0
CROWD = 415
MEMBERS = 12
PUSHES = 10
PACE_S = 45.0
PARTICIPATION = 0.88
SAME_WORDS = 5
"""So many of the pushed links come with one text for all; the others with a sentence of each account's own."""
SAME_FACE = 5
MEASURE = Measure(articles=64, article_shares=560, remarks=210, slogans=90, replies=110, reposts=240)

TOPIC = Topic(
    hashtag="OpenGate",
    side_tags=("RiverForAll", "LowMill", "GateVote", "TownMeeting", "Millpond", "SpringTide"),
    sites=("millpond-gazette.example", "lowmill-evening.example", "river-notes.example", "townclerk.example"),
    headlines=Grammar(
        {
            "start": (
                "{who} {says} the river gate {should}",
                "Gate keeper’s log shows {count} {things} in {time}",
                "What {who} would pay if the gate {should2}",
                "{count} {things} counted at the gate, {who} {says2}",
                "Old lock, new quarrel: {who} and the {part}",
                "Repair of the {part} to take {count} weeks, {who} {says2}",
            ),
            "who": (
                "Councillors", "Harbour wardens", "Ferry crews", "Mill owners", "Anglers", "Allotment holders",
                "Engineers",
            ),
            "says": ("say", "doubt that", "hope", "insist", "ask whether"),
            "says2": ("report", "complain", "estimate", "admit", "announce"),
            "should": ("can open by June", "must stay shut", "needs new hinges", "is safe", "holds back the fish"),
            "should2": ("opened every day", "stayed shut", "had a night keeper", "were moved upstream"),
            "count": ("six", "nine", "eleven", "fourteen", "twenty", "thirty-one", "forty"),
            "things": ("barges", "leaks", "rowing boats", "eels", "late crossings", "letters"),
            "time": ("a week", "April", "one spring tide", "a single night"),
            "part": ("sluice", "winch", "footbridge", "east hinge", "fish ladder", "keeper’s house"),
        }
    ),
    remarks={
        "en": Grammar(
            {
                "start": (
                    "{opening} {point}.", "{point}, and {point2}.", "{opening} {point2}?", "{seen} {opinion}.",
                    "{opinion}. {seen}", "{point}. {opinion}.", "{seen} {point}.",
                ),
                "opening": (
                    "Honestly,", "Once more:", "Unpopular opinion:", "My aunt says", "At the meeting they told us",
                    "If you ask me,", "I keep hearing that", "Can someone explain why", "Let’s be fair,",
                    "So apparently",
                    "For the record,", "Still not clear to me why", "Funny how",
                ),
                "point": (
                    "the {boats} wait {wait} at the gate", "the {part} has been {state} since {since}",
                    "nobody asked the {folk}", "the {folk} lose {loss} whenever it is shut",
                    "a shut gate keeps {place} dry", "the gate is older than {old}",
                    "opening it twice a day would help the {folk}",
                ),
                "point2": (
                    "the {folk} pay for it", "the {part} won’t last another winter", "no one reads the {paper}",
                    "the {folk} have been patient", "the {paper} says otherwise", "{place} floods first",
                ),
                "seen": (
                    "Walked past the {part} this morning.", "Took the long way round by {place} again.",
                    "Stood {wait} on the footbridge today.", "Read the {paper} twice.",
                    "Came home from {place} soaked.",
                    "Asked two of the {folk} about it.",
                ),
                "opinion": (
                    "Open it at {hour}, shut it at night", "I’d rather have dry cellars", "Somebody should just {act}",
                    "We can disagree and still {act}", "Both sides have a point about the {part}",
                    "It’s about the {folk}, not the {boats}", "Give the {folk} a vote",
                ),
                "boats": ("barges", "ferries", "rowing boats", "punts", "grain boats"),
                "wait": ("half an hour", "forty minutes", "an hour", "all morning", "ten minutes", "far too long"),
                "part": ("sluice", "winch", "footbridge", "east hinge", "fish ladder", "keeper’s house", "paddle gear"),
                "state": ("stuck", "rusty", "half open", "under repair", "fine", "propped up with a plank"),
                "since": ("March", "the storm", "last autumn", "before I moved here", "the fair"),
                "folk": ("anglers", "bakers", "ferry crews", "gardeners", "market people", "rowers", "neighbours"),
                "loss": ("a day’s trade", "an hour", "their patience", "half the catch", "customers"),
                "place": ("Mill Lane", "the lower quay", "the allotments", "the weir meadow", "Tanner’s Steps"),
                "old": ("the bridge", "my house", "the town hall clock", "anyone here"),
                "paper": ("report", "minutes", "keeper’s log", "notice on the gate", "plan"),
                "hour": ("six", "seven", "eight", "high water"),
                "act": ("oil the hinges", "count the boats", "read the log", "meet on the bridge", "fix the winch"),
            }
        ),
        "ar": Grammar(
            {
                "start": ("{when} {what}، {why}", "{what} {when}. {why}", "{why}، {what} {when}"),
                "when": ("هذا الصباح", "منذ أسبوع", "كل يوم", "بعد المد", "في المساء", "عند الجسر"),
                "what": (
                    "انتظرنا القارب طويلا", "البوابة ما زالت مغلقة", "سألت الصيادين عن رأيهم", "قرأت التقرير مرتين",
                    "مشيت حتى الطاحونة", "المياه أعلى من المعتاد",
                ),
                "why": (
                    "الأمر يهم الجميع", "لا أحد يشرح السبب", "نريد جوابا واضحا", "ربما يفتحونها قريبا",
                    "الحقول تحتاج إلى الماء", "أفضل أن يبقى القبو جافا",
                ),
            }
        ),
        "he": Grammar(
            {
                "start": ("{when} {what}, {why}", "{what} {when}. {why}", "{why}: {what} {when}"),
                "when": ("הבוקר", "כבר שבוע", "כל יום", "אחרי הגאות", "בערב", "ליד הגשר"),
                "what": (
                    "חיכינו לסירה המון זמן", "השער עדיין סגור", "שאלתי את הדייגים", "קראתי את הדוח פעמיים",
                    "הלכתי עד הטחנה", "המים גבוהים מהרגיל",
                ),
                "why": (
                    "זה נוגע לכולם", "אף אחד לא מסביר למה", "רוצים תשובה ברורה", "אולי יפתחו בקרוב", "עדיף מרתף יבש",
                ),
            }
        ),
        "es": Grammar(
            {
                "start": ("{when} {what}, {why}.", "{why}: {what} {when}.", "{what} {when}. {why}."),
                "when": ("esta mañana", "desde hace una semana", "cada día", "después de la marea", "por la tarde"),
                "what": (
                    "esperamos la barca un buen rato", "la compuerta sigue cerrada", "pregunté a los pescadores",
                    "leí el informe dos veces", "caminé hasta el molino", "el agua viene más alta",
                ),
                "why": ("nos afecta a todos", "nadie explica nada", "queremos una respuesta", "quizá la abran pronto"),
            }
        ),
    },
    tongues={"en": 0.87, "ar": 0.05, "he": 0.03, "es": 0.05},
    slogans=(
        "Open the gate, let the river through!",
        "A river is a road, open the gate!",
        "Dry cellars first, keep the gate shut!",
        "The river was here before the gate!",
        "High water knows no council vote!",
        "Shut at night, open by day, done!",
    ),
)  # fmt: skip

PUSHED_SITES = ("gate-truth-now.example", "open-river-facts.example")
PUSHED_TEXTS = Grammar(
    {
        "start": ("{call} {claim}", "{claim} {call}"),
        "call": (
            "Read this before the vote.", "Everyone in town should see this.", "Share this with a neighbour.",
            "They hoped nobody would look.", "Look at the numbers yourself.",
        ),
        "claim": (
            "The shut gate costs every household a week of wages.", "The keeper’s log was never shown to the town.",
            "Nine of ten boats turn back and nobody counts them.", "The repair money was spent on the town hall roof.",
            "Every family on the quay wants the gate open.", "The fish came back the last time it stood open.",
        ),
    }
)  # fmt: skip
SAME_BIO = "Proud neighbour, early riser, tired of closed gates and closed ears."


def make(seed: int, shares: int | None) -> World:
    """The world of this seed. It is a whole story, so its size can't be chosen."""
    if shares is not None:
        raise WrongUse("A demo set has its own size; leave --shares out.")
    rng = np.random.default_rng(seed)
    feed, profiles = Feed(), Profiles(rng)
    people = feed.join([profiles.make() for _ in range(CROWD)])
    members = feed.join(_members(rng, profiles), group=PLANTED)
    pages = write_articles(rng, TOPIC, _push_moments(rng), sites=PUSHED_SITES)

    crowd = circle(rng, people, TOPIC)
    talk(rng, feed, TOPIC, crowd, MEASURE, days=DAYS, bursts=((2.6 * DAY_S, 2 * HOUR_S, 0.2),))
    for number, page in enumerate(pages):
        _push(rng, feed, members, page, same_words=number % 2 == 0 and number < 2 * SAME_WORDS)
        _late_readers(rng, feed, people, page)
    _ordinary_posts(rng, feed, members)
    return feed.world(rng, until_s=DAYS * DAY_S)


def _members(rng: np.random.Generator, profiles: Profiles) -> list[Profile]:
    """Twelve profiles; the first five share a face and a bio, and were made within one day of March."""
    picture = f"https://pictures.example/{int(rng.integers(10**6, 10**7))}.png"
    birthday = np.datetime64("2024-03-18T06:00", "s")
    copies = [
        profiles.make(
            bio=SAME_BIO, picture=picture, created_at=birthday + np.timedelta64(int(rng.integers(43200)), "s")
        )
        for _ in range(SAME_FACE)
    ]
    return [replace(copy, followers=copy.followers % 90) for copy in copies] + [
        profiles.make() for _ in range(MEMBERS - SAME_FACE)
    ]


def _push_moments(rng: np.random.Generator) -> list[float]:
    """Two a day, in the morning and in the evening, never at the same minute."""
    return [
        day * DAY_S + hour * HOUR_S + float(rng.uniform(0, 3 * HOUR_S))
        for day in range(PUSHES // 2)
        for hour in (8, 17)
    ]


def _push(rng: np.random.Generator, feed: Feed, members: list[int], page: Article, *, same_words: bool) -> None:
    """Most members share the page, within the pace of each other."""
    words, tags = PUSHED_TEXTS.say(rng), hashtags(rng, TOPIC)
    for account in members:
        if rng.random() >= PARTICIPATION:
            continue
        if not same_words:
            words, tags = TOPIC.remarks["en"].say(rng), hashtags(rng, TOPIC)
        feed.post(
            Draft(
                author=account,
                time_s=page.published_s + float(rng.uniform(0, PACE_S)),
                text=f"{words} {page.url} {' '.join(f'#{tag}' for tag in tags)}",
                lang="en",
                urls=(page.url,),
                hashtags=tags,
                client="Web",
            )
        )


def _late_readers(rng: np.random.Generator, feed: Feed, people: list[int], page: Article) -> None:
    """Some of the crowd find the page too, hours later, and share it for reasons of their own."""
    for account in rng.choice(people, int(rng.integers(6, 14)), replace=False):
        tags = hashtags(rng, TOPIC)
        feed.post(
            Draft(
                author=int(account),
                time_s=page.published_s + float(np.exp(rng.normal(np.log(2 * HOUR_S), 1.0))),
                text=f"{TOPIC.remarks['en'].say(rng)} {page.url} {' '.join(f'#{tag}' for tag in tags)}",
                lang="en",
                urls=(page.url,),
                hashtags=tags,
                client="Phone app",
            )
        )


def _ordinary_posts(rng: np.random.Generator, feed: Feed, members: list[int]) -> None:
    """Each member also says two to six things that anyone might say."""
    for account in members:
        for _ in range(int(rng.integers(2, 7))):
            tags = hashtags(rng, TOPIC)
            feed.post(
                Draft(
                    author=account,
                    time_s=float(rng.integers(0, int(DAYS))) * DAY_S + float(rng.uniform(8, 22)) * HOUR_S,
                    text=f"{TOPIC.remarks['en'].say(rng)} {' '.join(f'#{tag}' for tag in tags)}",
                    lang="en",
                    hashtags=tags,
                    client="Phone app",
                )
            )


SCENARIO = Scenario(
    name="demo-campaign",
    title="A planted campaign",
    story="A town talks about its river gate for five days. Twelve accounts push the same ten links within 45 seconds.",
    kind="posts",
    holds="planted",
    expects="One group, the twelve; coordinated, with evidence of deception: five share a face and a bio.",
    make=make,
)
