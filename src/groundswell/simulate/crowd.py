"""What independent people share: finds of their own, and what they saw others share.

    people ──► log        account · object · time

An object is published, a few accounts find it by themselves, their readers see it and some reshare, and so on:
a branching process on the graph of who reads whom, sixty-odd percent of whose steps die out at once. People sleep,
breaking news hurries everyone, and some accounts are always fast. None of them act together, and all of it
makes accounts meet far more often than a coin would.

The process runs generation by generation over many objects at once, so ten million shares take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundswell.simulate.people import HOUR_S, People, drawn_by_weight, running_total

DAY_S = 24 * HOUR_S
WAKES_S, SLEEPS_S = 7.5 * HOUR_S, 23.5 * HOUR_S
"""Local time at which people get up and go to bed; one share in ten happens at night all the same."""

CONTAGION = 0.013
"""Chance that a reader of the least activity reshares what it sees. With the habits of `gather` it makes about
half of all shares second-hand."""

OTHER_TOPIC, OTHER_TOPIC_NEWS = 0.15, 0.5
"""How much less an account reshares of another community's objects, ordinary and breaking news."""

NEWS = 0.04
"""Part of the objects that are breaking news: four times the finders, within minutes, in all communities."""

FAMOUS_SOURCE = 0.6
"""Part of the objects whose first sharer is an account that many read."""


@dataclass(frozen=True, eq=False)
class Log:
    """Shares by number: `account[i]` shared `object[i]` at `time_s[i]`, seconds since the world began."""

    account: NDArray[np.int64]
    object: NDArray[np.int64]
    time_s: NDArray[np.float64]
    published_s: NDArray[np.float64]
    """When each object appeared, by object number."""

    @property
    def n(self) -> int:
        """Number of shares."""
        return len(self.account)


def crowd(
    rng: np.random.Generator,
    people: People,
    *,
    shares: int,
    days: float = 14.0,
    repeating: float = 0.0,
    contagion: float = CONTAGION,
    news: float = NEWS,
) -> Log:
    """Let people share until there are `shares` shares.

    Objects appear in batches until the number is reached; the last object is cut off in the middle, as a
    collection's end would cut it. Memory and time grow with `shares` alone.

    Parameters
    ----------
    rng
        The only source of chance.
    people
        Who shares.
    shares
        Number of rows, reached exactly.
    days
        Objects appear evenly over so many days; their shares trail after.
    repeating
        Part of the accounts, 0 to 1, that often share the same thing again.
    contagion
        Chance that a reader of the least activity reshares what it sees; with 0 all find for themselves.
    news
        Part of the objects, 0 to 1, that are breaking news.
    """
    repeats = rng.random(people.n) < repeating
    parts: list[Log] = []
    have = n_objects = 0
    while have < shares:
        # An object brings some forty shares; 20,000 at a time keep the peak of memory low.
        n = int(np.clip((shares - have) / 40, 40, 20_000))
        batch = _share_batch(rng, people, repeats, n=n, days=days, contagion=contagion, breaking=news)
        parts.append(Log(batch.account, batch.object + n_objects, batch.time_s, batch.published_s))
        have += batch.n
        n_objects += len(batch.published_s)
    return Log(
        np.concatenate([part.account for part in parts])[:shares],
        np.concatenate([part.object for part in parts])[:shares],
        np.concatenate([part.time_s for part in parts])[:shares],
        np.concatenate([part.published_s for part in parts]),
    )


def awake(rng: np.random.Generator, time_s: NDArray[np.float64], zone_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same times, but what falls into the night is done after getting up, by nine in ten."""
    clock_s = (time_s + zone_s) % DAY_S
    asleep = ((clock_s < WAKES_S) | (clock_s >= SLEEPS_S)) & (rng.random(len(time_s)) >= 0.1)
    lie_in_s = (WAKES_S - clock_s) % DAY_S + rng.exponential(0.75 * HOUR_S, len(time_s))
    return np.where(asleep, time_s + lie_in_s, time_s)


def spread_out(
    rng: np.random.Generator, median_s: float | NDArray[np.float64], sigma: float, n: int
) -> NDArray[np.float64]:
    """`n` log-normal delays in seconds: most near the median, a few very late."""
    return np.asarray(np.exp(rng.normal(np.log(median_s), sigma, n)))


def _share_batch(
    rng: np.random.Generator,
    people: People,
    repeats: NDArray[np.bool_],
    *,
    n: int,
    days: float,
    contagion: float,
    breaking: float,
) -> Log:
    """All shares of `n` new objects, sorted by object and time."""
    topic = rng.integers(0, len(people.community_start) - 1, n)
    news = rng.random(n) < breaking
    published_s = _published(rng, people, topic, days)

    account, thing, time_s = _finds(rng, people, topic, news, published_s)
    account, thing, time_s, key = _first_only(account, thing, time_s, people.n)
    found = [(account, thing, time_s)]
    seen = key
    while len(account):
        account, thing, time_s = _reshares(rng, people, account, thing, time_s, topic, news, contagion)
        account, thing, time_s, key = _first_only(account, thing, time_s, people.n)
        fresh = seen[np.minimum(np.searchsorted(seen, key), len(seen) - 1)] != key
        account, thing, time_s = account[fresh], thing[fresh], time_s[fresh]
        seen = np.sort(np.concatenate((seen, key[fresh])), kind="stable")
        found.append((account, thing, time_s))
    account, thing, time_s = _with_repeats(rng, repeats, *map(np.concatenate, zip(*found, strict=True)))
    order = np.lexsort((account, time_s, thing))
    return Log(account[order], thing[order], time_s[order], published_s)


def _published(rng: np.random.Generator, people: People, topic: NDArray[np.int64], days: float) -> NDArray[np.float64]:
    """When each object appears: mostly while its community is awake."""
    home_s = np.array(
        [
            np.median(people.zone_s[first:end])
            for first, end in zip(people.community_start, people.community_start[1:], strict=False)
        ]
    )
    published_s = rng.uniform(0, days * DAY_S, len(topic))
    return awake(rng, published_s, home_s[topic])


def _finds(
    rng: np.random.Generator,
    people: People,
    topic: NDArray[np.int64],
    news: NDArray[np.bool_],
    published_s: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Shares by those who came upon the object by themselves, the source included."""
    n = len(topic)
    # A world of more people has more famous objects, but fame grows more slowly than the crowd.
    most = 250 * max(1.0, people.n / 2500) ** 0.5
    finders = np.minimum((rng.pareto(1.1, n) + 1) * 3, most)
    finders = np.minimum(np.where(news, finders * 4, finders), people.n / 3).astype(np.int64)

    thing = np.repeat(np.arange(n), finders)
    anyone = news[thing] | (rng.random(len(thing)) < 0.15)
    first = np.where(anyone, 0, people.community_start[topic[thing]])
    end = np.where(anyone, people.n, people.community_start[topic[thing] + 1])
    account = drawn_by_weight(rng, running_total(people.activity), first, end)
    delay_s = np.where(
        news[thing], spread_out(rng, 360, 1.0, len(thing)), spread_out(rng, np.exp(8.5), 1.8, len(thing))
    )
    at_once = people.fast[account] & (rng.random(len(thing)) < 0.5) & (not people.selective)
    delay_s = np.where(at_once, spread_out(rng, people.reaction_s[account], 0.7, len(thing)), delay_s)
    time_s = awake(rng, published_s[thing] + delay_s, people.zone_s[account])

    with_source = np.flatnonzero(rng.random(n) < FAMOUS_SOURCE)
    home = topic[with_source]
    source = drawn_by_weight(
        rng, running_total(people.fame), people.community_start[home], people.community_start[home + 1]
    )
    return (
        np.concatenate((source, account)),
        np.concatenate((with_source, thing)),
        np.concatenate((published_s[with_source], time_s)),
    )


def _reshares(
    rng: np.random.Generator,
    people: People,
    account: NDArray[np.int64],
    thing: NDArray[np.int64],
    time_s: NDArray[np.float64],
    topic: NDArray[np.int64],
    news: NDArray[np.bool_],
    contagion: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """What the readers of these shares share in turn."""
    first, end = people.reader_start[account], people.reader_start[account + 1]
    audience = people.keenness_below[end] - people.keenness_below[first]
    parent = np.repeat(np.arange(len(account)), rng.poisson(contagion * audience))
    edge = drawn_by_weight(rng, people.keenness_below, first[parent], end[parent])
    reader = people.reader[edge]
    own = people.community[reader] == topic[thing[parent]]
    chance = np.where(own, 1.0, np.where(news[thing[parent]], OTHER_TOPIC_NEWS, OTHER_TOPIC))
    keep = rng.random(len(edge)) < chance
    parent, edge, reader = parent[keep], edge[keep], reader[keep]
    delay_s = np.where(
        people.at_once[edge],
        spread_out(rng, people.reaction_s[reader], 0.7, len(edge)),
        spread_out(rng, 0.5 * HOUR_S, 1.3, len(edge)),
    )
    return reader, thing[parent], awake(rng, time_s[parent] + delay_s, people.zone_s[reader])


def _with_repeats(
    rng: np.random.Generator,
    repeats: NDArray[np.bool_],
    account: NDArray[np.int64],
    thing: NDArray[np.int64],
    time_s: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The shares and their repetitions: each is repeated with chance one half, half of these within the hour."""
    parts = [(account, thing, time_s)]
    again = np.flatnonzero(repeats[account])
    for _ in range(4):
        again = again[rng.random(len(again)) < 0.5]
        soon = rng.random(len(again)) < 0.5
        wait_s = rng.exponential(np.where(soon, 0.5 * HOUR_S, DAY_S))
        parts.append((account[again], thing[again], time_s[again] + wait_s))
    account, thing, time_s = map(np.concatenate, zip(*parts, strict=True))
    return account, thing, time_s


def _first_only(
    account: NDArray[np.int64], thing: NDArray[np.int64], time_s: NDArray[np.float64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """The earliest share of each account and object, and its key, sorted by key."""
    by_time = np.argsort(time_s, kind="stable")
    key, at = np.unique((thing * n + account)[by_time], return_index=True)
    first = by_time[at]
    return account[first], thing[first], time_s[first], key
