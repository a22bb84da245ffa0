"""Conversations of every make: long and short, even and uneven, quiet and bursting, much repeated or hardly at all.

    seed ──► Conversation          nobody in it acts together

One town has one temper. A campaign should be compared with many: each seed draws the number of posts and accounts, the
days, the bursts and what people do. The ranges are wide, so that organic streams that were looked at lie inside.
"""

from __future__ import annotations

import numpy as np

from groundswell.simulate.conversations import Conversation
from groundswell.simulate.crowd import DAY_S
from groundswell.simulate.people import HOUR_S
from groundswell.simulate.scenario import Scenario, World
from groundswell.simulate.talk import Measure

POSTS = (150, 12_000)
ACCOUNTS_A_POST = (0.1, 2.5)
"""Accounts that might post, for each post; of many who might, most are silent."""
MOST_ACCOUNTS = 7_500
DAYS = (0.6, 30.0)
SHARES_AN_ARTICLE = (1.2, 25.0)
MOST_IN_BURSTS = 0.75
BURST_S = (0.1 * HOUR_S, 3 * HOUR_S)
MOST_REPOSTS = 0.65
TAIL, BUSIEST = (0.8, 2.2), (8.0, 800.0)
"""How unevenly the accounts take part, as in `circle`."""


def varied(seed: int) -> Conversation:
    """The conversation of this seed."""
    rng = np.random.default_rng([seed, 0x7661726965])
    posts = round(_between(rng, POSTS))
    crowd = int(np.clip(posts * _between(rng, ACCOUNTS_A_POST), 30, MOST_ACCOUNTS))
    days = _between(rng, DAYS)
    return Conversation(
        crowd=crowd,
        days=days,
        measure=_measure(rng, posts),
        bursts=_bursts(rng, days),
        tail=float(rng.uniform(*TAIL)),
        busiest=_between(rng, BUSIEST),
    )


def make(seed: int, shares: int | None) -> World:
    """The world of this seed; its size is drawn with it."""
    return varied(seed)(seed, shares)


def _between(rng: np.random.Generator, ends: tuple[float, float]) -> float:
    """A number between the ends, each order of magnitude as likely."""
    return float(np.exp(rng.uniform(np.log(ends[0]), np.log(ends[1]))))


def _measure(rng: np.random.Generator, posts: int) -> Measure:
    """What the posts are. Some conversations repeat little, some hardly anything else."""
    reposts = rng.uniform(0, MOST_REPOSTS) if rng.random() < 0.7 else 0.0
    slogans = rng.uniform(0, 0.35) if rng.random() < 0.4 else 0.0
    rest = rng.dirichlet((2.0, 2.0, 0.7)) * (1 - reposts) * (1 - slogans)
    shares = max(1, round(posts * rest[0]))
    return Measure(
        articles=max(2, round(shares / _between(rng, SHARES_AN_ARTICLE))),
        article_shares=shares,
        remarks=max(1, round(posts * rest[1])),
        slogans=round(posts * slogans * (1 - reposts)),
        replies=round(posts * rest[2]),
        reposts=round(posts * reposts),
    )


def _bursts(rng: np.random.Generator, days: float) -> tuple[tuple[float, float, float], ...]:
    """None to four moments that draw up to three quarters of what is said."""
    n = int(rng.integers(0, 5))
    if not n:
        return ()
    parts = rng.dirichlet(np.ones(n)) * rng.uniform(0.05, MOST_IN_BURSTS)
    return tuple((float(rng.uniform(0.1, 0.9)) * days * DAY_S, _between(rng, BURST_S), float(part)) for part in parts)


SCENARIO = Scenario(
    name="talk-varied",
    title="Conversations of every make",
    story="150 to 12,000 posts of one to thirty days, with bursts, slogans and reposts or without: each seed anew.",
    kind="posts",
    holds="nothing",
    expects="No group to report.",
    make=make,
)
