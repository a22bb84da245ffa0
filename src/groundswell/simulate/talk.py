"""How people talk about a topic: they share articles, say things, answer and repost, each in their own time.

    topic + accounts ──► posts in a feed

Activity and fame are heavy-tailed, days have nights, news makes bursts, some people press a share button that fills in
the text and some repeat a slogan that everybody knows. Nobody acts together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundswell.simulate.crowd import DAY_S, awake
from groundswell.simulate.feed import Draft, Feed
from groundswell.simulate.grammar import Grammar

CLIENTS = ("Web", "Phone app", "Tablet app", "Deckhand")
CLIENT_ODDS = (0.3, 0.55, 0.1, 0.05)

AFTER_READING_S = 5400.0
"""Median delay from an article's publication to someone's sharing it."""

AFTER_SEEING_S = 1500.0
"""Median delay from a post to its reposts and answers."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What is talked about, and the words for it."""

    hashtag: str
    """Without the #."""
    side_tags: tuple[str, ...]
    sites: tuple[str, ...]
    """Domains that write about it, under .example only."""
    headlines: Grammar
    remarks: Mapping[str, Grammar]
    """Grammar by language."""
    tongues: Mapping[str, float]
    """Part of the accounts that write in each language; they sum to 1."""
    slogans: tuple[str, ...]
    """Sentences that everybody knows."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How many posts of each sort a conversation has."""

    articles: int
    article_shares: int
    remarks: int
    slogans: int
    replies: int
    reposts: int


@dataclass(frozen=True, eq=False)
class Article:
    """A page that can be shared."""

    url: str
    headline: str
    published_s: float


@dataclass(frozen=True, eq=False)
class Circle:
    """The accounts that take part, with their habits. Position i in each array is account ``accounts[i]``."""

    accounts: Sequence[int]
    activity: NDArray[np.float64]
    """Sums to 1."""
    fame: NDArray[np.float64]
    zone_s: NDArray[np.float64]
    tongue: tuple[str, ...]
    client: tuple[str, ...]

    def anyone(self, rng: np.random.Generator, n: int) -> NDArray[np.int64]:
        """`n` positions, active accounts more often."""
        return rng.choice(len(self.accounts), n, p=self.activity)


def circle(
    rng: np.random.Generator, accounts: Sequence[int], topic: Topic, *, tail: float = 1.4, busiest: float = 25.0
) -> Circle:
    """Give accounts habits.

    Parameters
    ----------
    rng
        The only source of chance.
    accounts
        Their numbers in the feed.
    topic
        For the tongues.
    tail
        Exponent of the activity's tail (Pareto); the smaller, the more a few accounts say.
    busiest
        Most activity of an account, that of the quietest being 1.
    """
    n = len(accounts)
    activity = np.minimum(rng.pareto(tail, n) + 1, busiest)
    languages = sorted(topic.tongues)
    return Circle(
        accounts=accounts,
        activity=activity / activity.sum(),
        fame=np.minimum(rng.pareto(1.0, n) + 0.3, 60),
        zone_s=rng.choice((0.0, 3600.0, -18000.0), n, p=(0.7, 0.2, 0.1)),
        tongue=tuple(rng.choice(languages, n, p=[topic.tongues[language] for language in languages]).tolist()),
        client=tuple(rng.choice(CLIENTS, n, p=CLIENT_ODDS).tolist()),
    )


def moments(
    rng: np.random.Generator, n: int, *, days: float, bursts: Sequence[tuple[float, float, float]] = ()
) -> NDArray[np.float64]:
    """`n` moments in a world of so many days: evenly spread, but for `bursts` of (middle, width, part), in seconds."""
    time_s = rng.uniform(0, days * DAY_S, n)
    which = rng.random(n)
    done = 0.0
    for middle_s, width_s, part in bursts:
        inside = (which >= done) & (which < done + part)
        time_s[inside] = rng.normal(middle_s, width_s, int(inside.sum()))
        done += part
    return np.clip(time_s, 0, days * DAY_S - 1)


def write_articles(
    rng: np.random.Generator, topic: Topic, published_s: Iterable[float], *, sites: Sequence[str] | None = None
) -> list[Article]:
    """An article for each moment, on one of the sites."""
    places = tuple(sites or topic.sites)
    written: list[Article] = []
    for moment_s in published_s:
        headline = topic.headlines.say(rng)
        slug = "-".join(re.findall(r"[a-z]+", headline.lower().replace("’", ""))[:6])
        url = f"https://{places[int(rng.integers(len(places)))]}/{slug}-{int(rng.integers(100, 9999))}"
        written.append(Article(url, headline, float(moment_s)))
    return written


def talk(
    rng: np.random.Generator,
    feed: Feed,
    topic: Topic,
    who: Circle,
    measure: Measure,
    *,
    days: float,
    bursts: Sequence[tuple[float, float, float]] = (),
) -> list[Article]:
    """Fill the feed with one conversation and return the articles in it."""
    articles = write_articles(rng, topic, moments(rng, measure.articles, days=days, bursts=bursts))
    share_articles(rng, feed, topic, who, articles, measure.article_shares)
    for time_s, at in _spoken(rng, who, measure.remarks, days, bursts):
        _remark(rng, feed, topic, who, at, time_s)
    for time_s, at in _spoken(rng, who, measure.slogans, days, bursts):
        slogan = topic.slogans[int(rng.integers(len(topic.slogans)))]
        feed.post(_draft(who, at, time_s, f"{slogan} #{topic.hashtag}", "en", hashtags=(topic.hashtag,)))
    answer(rng, feed, topic, who, measure.replies)
    repost(rng, feed, who, measure.reposts)
    return articles


def share_articles(
    rng: np.random.Generator, feed: Feed, topic: Topic, who: Circle, articles: Sequence[Article], n: int
) -> None:
    """`n` shares of these articles, most of them of a few; a third by a button that fills in the headline."""
    pull = rng.lognormal(0.0, 0.8, len(articles))
    read = rng.choice(len(articles), n, p=pull / pull.sum())
    readers = who.anyone(rng, n)
    delay_s = np.exp(rng.normal(np.log(AFTER_READING_S), 1.5, n))
    published_s = np.array([articles[at].published_s for at in read])
    times_s = awake(rng, published_s + delay_s, who.zone_s[readers])
    for article, at, time_s in zip(read, readers, times_s, strict=True):
        page = articles[article]
        tags = hashtags(rng, topic)
        if rng.random() < 0.33:
            text = f"{page.headline} {page.url} #{topic.hashtag}"
            tags = (topic.hashtag,)
        else:
            text = f"{topic.remarks['en'].say(rng)} {page.url} {_tagged(tags)}"
        feed.post(_draft(who, int(at), float(time_s), text, "en", urls=(page.url,), hashtags=tags))


def answer(rng: np.random.Generator, feed: Feed, topic: Topic, who: Circle, n: int) -> None:
    """`n` answers to posts of accounts that many read."""
    for original, at, time_s in _reactions(rng, feed, who, n):
        first = feed.posts[original]
        text = f"@{feed.profiles[first.author].handle} {_own_words(rng, topic, who.tongue[at])}"
        feed.post(_draft(who, at, time_s, text, who.tongue[at], mentions=(first.author,), reply_to=original))


def repost(rng: np.random.Generator, feed: Feed, who: Circle, n: int) -> None:
    """`n` reposts of posts of accounts that many read, none of an account's own and none twice."""
    done: set[tuple[int, int]] = set()
    for original, at, time_s in _reactions(rng, feed, who, n):
        author = who.accounts[at]
        if (author, original) not in done and feed.posts[original].author != author:
            done.add((author, original))
            feed.repost(author, original, time_s, client=who.client[at])


def hashtags(rng: np.random.Generator, topic: Topic) -> tuple[str, ...]:
    """The topic's tag and up to two others, in any order."""
    others = rng.permutation(topic.side_tags)[: int(rng.choice(3, p=(0.6, 0.28, 0.12)))]
    return tuple(str(tag) for tag in rng.permutation([topic.hashtag, *others]))


def _spoken(
    rng: np.random.Generator, who: Circle, n: int, days: float, bursts: Sequence[tuple[float, float, float]]
) -> list[tuple[float, int]]:
    speakers = who.anyone(rng, n)
    times_s = awake(rng, moments(rng, n, days=days, bursts=bursts), who.zone_s[speakers])
    return list(zip(times_s.tolist(), speakers.tolist(), strict=True))


def _reactions(rng: np.random.Generator, feed: Feed, who: Circle, n: int) -> list[tuple[int, int, float]]:
    """(original, who reacts, when): famous accounts' posts draw more, and nobody reacts to a repost."""
    fame = dict(zip(who.accounts, who.fame, strict=True))
    first_hand = [at for at, draft in enumerate(feed.posts) if draft.repost_of is None]
    # The cap keeps one post from drawing half of all answers.
    luck = np.minimum(rng.pareto(1.2, len(first_hand)) + 0.2, 20)
    pull = luck * np.array([fame.get(feed.posts[at].author, 1.0) for at in first_hand])
    chosen = rng.choice(first_hand, n, p=pull / pull.sum())
    readers = who.anyone(rng, n)
    posted_s = np.array([feed.posts[at].time_s for at in chosen])
    times_s = awake(rng, posted_s + np.exp(rng.normal(np.log(AFTER_SEEING_S), 1.4, n)), who.zone_s[readers])
    return list(zip(chosen.tolist(), readers.tolist(), times_s.tolist(), strict=True))


def _remark(rng: np.random.Generator, feed: Feed, topic: Topic, who: Circle, at: int, time_s: float) -> None:
    tags = hashtags(rng, topic)
    text = f"{_own_words(rng, topic, who.tongue[at])} {_tagged(tags)}"
    feed.post(_draft(who, at, time_s, text, who.tongue[at], hashtags=tags))


def _own_words(rng: np.random.Generator, topic: Topic, language: str) -> str:
    return topic.remarks[language].say(rng)


def _tagged(tags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)


def _draft(
    who: Circle,
    at: int,
    time_s: float,
    text: str,
    lang: str,
    *,
    urls: tuple[str, ...] = (),
    hashtags: tuple[str, ...] = (),
    mentions: tuple[int, ...] = (),
    reply_to: int | None = None,
) -> Draft:
    return Draft(
        author=who.accounts[at],
        time_s=time_s,
        text=text,
        lang=lang,
        urls=urls,
        hashtags=hashtags,
        mentions=mentions,
        reply_to=reply_to,
        client=who.client[at],
    )
