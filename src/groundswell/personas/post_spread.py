"""Who passed a post on, in what order, and how fast beside posts of like reach.

    posts ──► post_spread        root · account · time · author · lag      a row for each account that reposted it

Platforms hang every repost on the first post, so the order is all that is known: who saw it from whom is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine

MILESTONES = (1, 10, 100, 1_000, 10_000, 100_000)

LIKE_REACH = 2.0
"""Posts with half to twice as many reposts are of like reach."""
FEWEST_COMPARATORS = 5
"""Below it a range says nothing."""
MIDDLE = (0.05, 0.95)
"""Quantiles between which the others are told."""

# One row for each account that passed a post on, at its first time. Authors who repeat themselves are left out.
SPREAD = """
with origin as (
    select post_id, min(account_id) as author, min(time) as posted from posts where not is_repost group by post_id
), first_repost as (
    select repost_of as root, account_id, min(time) as time, min(repost_of_account) as told_author
    from posts where is_repost and repost_of is not null group by all
)
select r.root, r.account_id, r.time, coalesce(o.author, r.told_author) as author, o.posted,
       epoch_us(r.time) - epoch_us(o.posted) as lag_us
from first_repost as r left join origin as o on o.post_id = r.root
where coalesce(o.author, r.told_author) is distinct from r.account_id
"""

REACH = """
with reach as (select root, count(*) as n from post_spread group by root)
select root from reach
where n between $least and $most and root <> $post_id
order by root
"""

LAGS = """
select root, lag_us / 1e6 from post_spread
where root in (select unnest($roots::text[])) order by root, time, account_id
"""

MOMENTS = "select epoch_us(time), account_id from post_spread where root = $post_id order by time, account_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How posts of like reach did: the middle 90 % of them."""

    n: int
    """Posts for which it is known."""
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """When the k-th account had passed the post on."""

    reposts: int
    seconds: float | None
    """After the post; None where the post's own time is not in the data."""
    time: str
    others: Range | None
    """Seconds that posts of like reach took."""
    faster: int | None
    """How many of those were faster."""


def moments_of(engine: Engine, post_id: str) -> list[int]:
    """When each account passed the post on, in µs and in order; defines the table ``post_spread``."""
    engine.define("post_spread", SPREAD)
    return [moment for moment, _ in engine.rows(MOMENTS, post_id=post_id)]


def of_like_reach(engine: Engine, post_id: str, n: int) -> list[str]:
    """Other posts with half to twice as many reposts as `n`."""
    if not n:
        return []
    least, most = max(1, round(n / LIKE_REACH)), round(n * LIKE_REACH)
    return [root for (root,) in engine.rows(REACH, post_id=post_id, least=least, most=most)]


def milestones(engine: Engine, post_id: str, others: Sequence[str], moments: Sequence[int]) -> tuple[Milestone, ...]:
    """When the 1st, 10th, 100th … account had passed the post on, beside the others."""
    lags: dict[str, list[float | None]] = {}
    for root, lag_s in engine.rows(LAGS, roots=[post_id, *others]):
        lags.setdefault(root, []).append(lag_s)
    reached = []
    for k in (k for k in MILESTONES if k <= len(moments)):
        own = lags[post_id][k - 1]
        theirs = [lag for root in others if len(lags[root]) >= k and (lag := lags[root][k - 1]) is not None]
        reached.append(
            Milestone(
                reposts=k,
                seconds=own,
                time=str(np.datetime64(moments[k - 1], "us").astype("datetime64[s]")) + "Z",
                others=range_of(theirs),
                faster=sum(lag < own for lag in theirs) if own is not None and theirs else None,
            )
        )
    return tuple(reached)


def range_of(values: Sequence[float]) -> Range | None:
    """The middle 90 % of some values; None of fewer than five."""
    if len(values) < FEWEST_COMPARATORS:
        return None
    low, high = np.quantile(np.asarray(values, dtype=np.float64), MIDDLE)
    return Range(n=len(values), low=float(low), high=float(high))


def iso(time: Any) -> str | None:
    """A time of a table as it is printed."""
    return None if time is None else time.isoformat(timespec="seconds") + "Z"
