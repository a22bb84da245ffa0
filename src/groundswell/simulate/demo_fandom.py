"""#StarlightCup: many fans, one final, real enthusiasm. The busiest of the demo sets holds nothing to report.

Fans follow the cup's own account and repost it within minutes, some within half a minute; they cheer in the same words
because everybody knows the words, and at the final all of them do so at once. Nobody tells them to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundswell.errors import WrongUse
from groundswell.simulate.crowd import DAY_S, awake
from groundswell.simulate.feed import Draft, Feed
from groundswell.simulate.grammar import Grammar
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.profiles import Profiles
from groundswell.simulate.scenario import Scenario, World
from groundswell.simulate.talk import Circle, Measure, Topic, circle, talk

DAYS = 5.0
FANS = 1800
FINAL_S = 3.8 * DAY_S
FINAL = (FINAL_S, 0.75 * HOUR_S, 0.3)
"""A third of what is said falls around the final."""
STAR_POSTS = 36
QUICK_REACTION_S = 40.0
"""Median reaction of the quickest fans to their star; the slowest take some thirty times as long."""
CHEER_S = 240.0
"""Mean time from a goal to a cheer for it."""
MEASURE = Measure(articles=70, article_shares=1000, remarks=2000, slogans=800, replies=1200, reposts=1800)

TOPIC = Topic(
    hashtag="StarlightCup",
    side_tags=("GoComets", "NightGlow", "TheFinal", "StarlightSong", "CometsFamily", "GlowUp"),
    sites=("starlight-cup.example", "evening-whistle.example", "comet-corner.example", "halftime-soup.example"),
    headlines=Grammar(
        {
            "start": (
                "{side} {result} {other} {manner}", "{what} before the final: {detail}", "{detail}, says {voice}",
                "{count} things about {what}", "{side} name their line-up for the {round}", "{voice} on {what}",
            ),
            "side": ("Comets", "Lanterns", "Night Owls", "Paper Tigers", "Harbour Foxes", "Glow"),
            "other": ("Lanterns", "Night Owls", "Paper Tigers", "Harbour Foxes", "Meteors", "Tin Drums"),
            "result": ("beat", "hold", "surprise", "outlast", "lose to"),
            "manner": ("after extra time", "in the rain", "by a whisker", "once again", "under new lights"),
            "what": ("the song", "the new keeper", "the glowing ball", "the mascot", "ticket queues", "the away kit"),
            "detail": (
                "Lights go out twice", "A dog steals the ball", "Nobody has slept", "The bus is late", "It rains",
            ),
            "voice": ("the coach", "the band", "the groundskeeper", "the captain", "a steward"),
            "count": ("five", "seven", "nine", "eleven"),
            "round": ("final", "semi-final", "rematch", "opening match"),
        }
    ),
    remarks={
        "en": Grammar(
            {
                "start": (
                    "{cry} {what}!", "{what}, {feeling}.", "{where} and {feeling}.", "{where}! {feeling}.",
                    "{what}? {feeling}!",
                    "{feeling}, because {what2}.", "{cry} {what2}, {feeling}.",
                ),
                "cry": (
                    "I can’t breathe,", "Wow,", "Somebody hold me,", "YES,", "Are you seeing this,", "No words,",
                    "Oh please,",
                    "Unreal,", "I’m shaking,", "Tell everyone,", "Ha,", "Goosebumps,",
                ),
                "what": (
                    "that {move} by {player}", "{player} again", "the {thing} is back", "three {move2} in {time}",
                    "the whole {place} singing", "{player} with the {thing}",
                ),
                "what2": (
                    "{player} saved the {thing}", "the {place} sang for {time}", "my {kin} met {player}",
                    "we won on a {move}",
                    "they played the {thing} twice", "the {thing} went missing at half time",
                ),
                "feeling": (
                    "I have lost my voice", "my {kin} is crying", "I’m calling in sick tomorrow",
                    "best night of the {period}",
                    "worth {time} in the queue", "nobody at {where2} is working", "I need {thing2}", "what a season",
                    "I love this team", "still not over it",
                ),
                "where": (
                    "Watching from {where2}", "Row {row} in the {place}", "In the queue for {time}",
                    "On the night bus home",
                    "Kitchen full of {kin2}",
                ),
                "player": (
                    "the keeper", "number seven", "our captain", "the new winger", "number twelve",
                    "the old defender",
                ),
                "move": ("save", "header", "free kick", "dive", "backheel", "long throw", "overhead kick"),
                "move2": ("saves", "corners", "headers", "songs", "goals"),
                "thing": ("glowing ball", "lucky scarf", "mascot", "cup", "big drum", "paper comet"),
                "thing2": ("tea", "a new scarf", "a nap", "soup", "tickets for the final", "a louder drum"),
                "time": ("ten minutes", "an hour", "two hours", "half the night", "one half"),
                "place": ("north stand", "stadium", "harbour square", "whole street", "fan bus"),
                "kin": ("grandmother", "sister", "neighbour", "boss", "dog", "dentist"),
                "kin2": ("cousins", "neighbours", "strangers", "flags", "popcorn"),
                "period": ("year", "decade", "summer", "century so far"),
                "where2": ("work", "the bakery", "the night shift", "a lift", "my desk", "the ferry", "the laundry"),
                "row": ("two", "nine", "fourteen", "thirty", "the very last one"),
            }
        ),
        "de": Grammar(
            {
                "start": ("{cry} {what}, {end}.", "{what}! {cry} {end}.", "{end}, {what}."),
                "cry": ("Wahnsinn,", "Ich fasse es nicht,", "Bitte nochmal,", "Gänsehaut,", "Unglaublich,"),
                "what": (
                    "die Nummer sieben schon wieder", "was für eine Parade", "drei Ecken in zehn Minuten",
                    "der ganze Block singt", "die Trommel ist zurück",
                ),
                "end": (
                    "meine Stimme ist weg", "morgen komme ich zu spät", "Oma weint vor Freude", "ich liebe dieses Team",
                    "der Bus tobt", "die Küche ist voll",
                ),
            }
        ),
        "ja": Grammar(
            {
                "start": ("{what}、{end}", "{end}！{what}", "{when}{what}。{end}"),
                "when": ("今夜は", "さっきから", "決勝で", "今日も", "帰りのバスで"),
                "what": (
                    "七番がまた決めてくれた", "キーパーのあのセーブが忘れられない", "みんなで歌っている",
                    "太鼓の音が響いている", "光るボールが戻ってきた",
                ),
                "end": (
                    "声が出ない", "涙が止まらない", "最高の夜です", "このチームが大好き", "もう一度見たい",
                    "明日は眠い",
                ),
            }
        ),
        "ar": Grammar(
            {
                "start": ("{cry} {what}، {end}", "{what}! {end}", "{end}، {what}"),
                "cry": ("لا أصدق", "يا سلام", "رائع جدا", "مرة أخرى"),
                "what": (
                    "رقم سبعة يسجل من جديد", "ما أجمل هذه التصدية", "المدرج كله يغني", "الطبل الكبير عاد إلينا",
                ),
                "end": ("ضاع صوتي تماما", "أجمل ليلة في السنة", "أحب هذا الفريق كثيرا", "جدتي تبكي من الفرح"),
            }
        ),
    },
    tongues={"en": 0.82, "de": 0.07, "ja": 0.06, "ar": 0.05},
    slogans=(
        "Shine on, Comets, shine on all night!",
        "One song, one cup, one starlit night!",
        "We glow together, we go together!",
        "Hands up, lights up, here come the Comets!",
    ),
)  # fmt: skip

ANNOUNCEMENTS = Grammar(
    {
        "start": ("{what} {when}.", "{when}: {what2}.", "{what} {when}. {thanks}"),
        "what": (
            "Doors open", "Rehearsal of the song", "Training with the glowing ball", "Line-up announced",
            "Fan buses leave",
        ),
        "what2": (
            "meet the keeper", "the big drum tours the town", "new scarves in the shop", "free soup for the queue",
        ),
        "when": (
            "at six", "tomorrow at noon", "after the rain", "one hour before kick-off", "on Sunday", "in ten minutes",
        ),
        "thanks": ("Thank you for singing.", "You are the loudest.", "Bring a friend.", "Dress warmly."),
    }
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Devotion:
    """How each fan follows the star."""

    reaction_s: NDArray[np.float64]
    """Median seconds from a post of the star to the fan's repost."""
    turnout: NDArray[np.float64]
    """Part of the star's posts that the fan reposts, 0 to 1."""


def make(seed: int, shares: int | None) -> World:
    """The world of this seed. It is a whole story, so its size can't be chosen."""
    if shares is not None:
        raise WrongUse("A demo set has its own size; leave --shares out.")
    rng = np.random.default_rng(seed)
    feed, profiles = Feed(), Profiles(rng)
    fans = feed.join([profiles.make() for _ in range(FANS)])
    (star,) = feed.join(
        [
            profiles.make(
                handle="starlight_cup", name="Starlight Cup", bio="The cup that glows. Matches, songs and soup."
            )
        ]
    )
    crowd = circle(rng, fans, TOPIC)
    talk(rng, feed, TOPIC, crowd, MEASURE, days=DAYS, bursts=(FINAL,))
    _follow_the_star(rng, feed, star, crowd)
    _cheer(rng, feed, crowd)
    return feed.world(rng, until_s=DAYS * DAY_S)


def _follow_the_star(rng: np.random.Generator, feed: Feed, star: int, who: Circle) -> None:
    """The star posts; each fan reposts its own part of it, each at its own speed."""
    n = len(who.accounts)
    devotion = Devotion(
        reaction_s=QUICK_REACTION_S * np.exp(rng.uniform(0, np.log(30), n)),
        turnout=np.minimum(0.6, 60 * who.activity),
    )
    moments_s = awake(rng, rng.uniform(0.2, DAYS - 0.2, STAR_POSTS) * DAY_S, np.zeros(STAR_POSTS))
    for moment_s in np.sort(moments_s).tolist():
        original = feed.post(
            Draft(
                author=star,
                time_s=moment_s,
                text=f"{ANNOUNCEMENTS.say(rng)} #{TOPIC.hashtag}",
                lang="en",
                hashtags=(TOPIC.hashtag,),
                client="Web",
            )
        )
        present = np.flatnonzero(rng.random(n) < devotion.turnout)
        delay_s = np.exp(rng.normal(np.log(devotion.reaction_s[present]), 0.9))
        times_s = awake(rng, moment_s + delay_s, who.zone_s[present])
        for at, time_s in zip(present.tolist(), times_s.tolist(), strict=True):
            feed.repost(who.accounts[at], original, time_s, client=who.client[at])


def _cheer(rng: np.random.Generator, feed: Feed, who: Circle) -> None:
    """At each goal of the final many fans write the same slogan within minutes."""
    for number, goal_s in enumerate(FINAL_S + np.array([600.0, 2100.0, 4500.0])):
        slogan = TOPIC.slogans[number]
        for at in np.unique(who.anyone(rng, 260)).tolist():
            feed.post(
                Draft(
                    author=who.accounts[at],
                    time_s=float(goal_s + rng.exponential(CHEER_S)),
                    text=f"{slogan} #{TOPIC.hashtag}",
                    lang="en",
                    hashtags=(TOPIC.hashtag,),
                    client=who.client[at],
                )
            )


SCENARIO = Scenario(
    name="demo-fandom",
    title="An innocent fandom",
    story="Some 1,700 fans talk about a cup for five days, cheer in the same words and repost its account at once.",
    kind="posts",
    holds="nothing",
    expects="No group to report; at most a note on quick followers of the cup's account.",
    make=make,
)
