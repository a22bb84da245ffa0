"""Who brought the reach? Rises in how much others posted, and whose post stood before each.

    posts by others, bin by bin ──► jumps ──► the post before it that others then repeated most      inside · outside

«A famous account picked it up» is weighed against «a group did it». A post before a jump is no cause of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from groundswell.assess.timeline import Course, clock
from groundswell.assess.wording import counted, part
from groundswell.engine.engine import Engine
from groundswell.model.campaign import Jump, Reach

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

BINS_S = (600.0, 3600.0, 21_600.0, 86_400.0)
MOST_BINS = 400
SHORTEST = 2
PRICE = 3.0
LEAST_RISE = 1.5
"""Times the highest level there was before: every morning brings a rise, and not every one brings reach."""
MOST_JUMPS = 5
TOP = 10
HOUR_US = 3_600_000_000

REPEATED = """
with repost as (
    select coalesce(r.repost_of_account, o.account_id) as author, r.repost_of as post_id, r.account_id as reposter,
           epoch_us(r.time) as time_us, epoch_us(o.time) as posted_us
    from campaign_post as r
    left join (select post_id, any_value(account_id) as account_id, min(time) as time from posts group by post_id) as o
      on o.post_id = r.repost_of
    where r.is_repost and r.repost_of is not null
)
select post_id, author, reposter, time_us, posted_us from repost
where author is not null and author <> reposter
order by time_us, post_id, reposter
"""

FOLLOWERS = "select account_id, max(followers) from accounts where followers is not null group by account_id"


def reach_of(engine: Engine, course: Course, members: Mapping[str, int], *, precision_s: float) -> Reach:
    """Find the jumps of a campaign and the posts before them.

    Parameters
    ----------
    engine
        Holds ``posts``, ``accounts`` and ``campaign_post``.
    members
        Accounts in reported groups.
    """
    repeats = engine.rows(REPEATED)
    followers = dict(engine.rows(FOLLOWERS))
    received: dict[str, int] = {}
    author_of: dict[str, str] = {}
    for post, author, by, _, _ in repeats:
        if not (author in members and by in members):
            received[post] = received.get(post, 0) + 1
            author_of[post] = author
    top = sorted(received, key=lambda post: (-received[post], post))[:TOP]
    jumps = tuple(
        _jump(time_us, width_us, before, after, repeats, members, followers)
        for time_us, width_us, before, after in _rises(course, precision_s)
    )
    inside = sum(author_of[post] in members for post in top)
    return Reach(jumps=jumps, top=len(top), top_inside=inside, sentence=_sentence(jumps, len(top), inside))


def _rises(course: Course, precision_s: float) -> list[tuple[int, int, float, float]]:
    """Time, bin width, and posts by others an hour before and after, of the largest rises in the order of time."""
    times = course.time_us[~course.by_member]
    if len(times) < 2:
        return []
    span_s = (int(times[-1]) - int(times[0])) / 1e6
    fitting = [width for width in BINS_S if width >= precision_s and span_s / width <= MOST_BINS]
    width_us = round((fitting[0] if fitting else np.ceil(span_s / MOST_BINS / 86_400) * 86_400) * 1e6)
    start = int(times[0]) // width_us * width_us
    counts = np.bincount((times - start) // width_us).astype(np.float64)
    edges = [0, *rate_changes(counts), len(counts)]
    rates = [float(counts[a:b].mean()) for a, b in pairwise(edges)]
    hour = HOUR_US / width_us
    rises = [
        (start + edges[at] * width_us, width_us, rates[at - 1] * hour, rates[at] * hour)
        for at in range(1, len(rates))
        if rates[at] >= LEAST_RISE * max(rates[:at])
    ]
    return sorted(sorted(rises, key=lambda rise: (rise[2] - rise[3], rise[0]))[:MOST_JUMPS])


def rate_changes(counts: Floats) -> list[int]:
    """Bins at which the rate changes: least Poisson deviance plus a price for each stretch, over all ways to cut.

    The deviance is divided by how much neighbouring bins differ beyond a Poisson count, as bursts do.
    """
    n = len(counts)
    if n < 2 * SHORTEST:
        return []
    price = PRICE * float(np.log(n)) * _dispersion(counts)
    total = np.concatenate([[0.0], np.cumsum(counts)])
    best, last = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -price
    for end in range(SHORTEST, n + 1):
        starts = np.array([0, *range(SHORTEST, end - SHORTEST + 1)])
        costs = best[starts] + rate_cost(total[end] - total[starts], end - starts)
        chosen = int(np.argmin(costs))
        best[end], last[end] = costs[chosen] + price, starts[chosen]
    cuts, end = [], n
    while end > 0:
        end = int(last[end])
        cuts.append(end)
    return sorted(cut for cut in cuts if cut)


def rate_cost(total: Any, length: Any) -> Any:
    """Minus twice the largest Poisson log-likelihood of a stretch with one rate, without constants."""
    total = np.asarray(total, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        return -2.0 * np.where(total > 0, total * np.log(total / length), 0.0)


def _dispersion(counts: Floats) -> float:
    pairs = counts[:-1] + counts[1:]
    gap = (counts[:-1] - counts[1:])[pairs > 0] ** 2 / pairs[pairs > 0]
    return max(1.0, float(np.median(gap)) / 0.4549) if len(gap) else 1.0


def _jump(
    time_us: int,
    width_us: int,
    before: float,
    after: float,
    repeats: Sequence[tuple[str, str, str, int, int | None]],
    members: Mapping[str, int],
    followers: Mapping[str, int],
) -> Jump:
    """The post of the hour before the jump, or of the bin it begins in, that others repeated most from then on."""
    counts: dict[tuple[str, str], int] = {}
    for post, author, by, reposted_us, posted_us in repeats:
        near = posted_us is not None and time_us - max(width_us, HOUR_US) <= posted_us < time_us + width_us
        if near and reposted_us >= time_us and not (author in members and by in members):
            counts[post, author] = counts.get((post, author), 0) + 1
    most = min(counts, key=lambda key: (-counts[key], key), default=None)
    return Jump(
        time=clock(time_us),
        before=before,
        after=after,
        account_ids=(most[1],) if most else (),
        post_ids=(most[0],) if most else (),
        inside=most[1] in members if most else None,
        reposts=counts[most] if most else 0,
        followers=followers.get(most[1]) if most else None,
    )


def _sentence(jumps: Sequence[Jump], top: int, inside: int) -> str:
    known = [jump for jump in jumps if jump.inside is not None]
    if known:
        theirs = sum(bool(jump.inside) for jump in known)
        told = (
            f"Before {part(len(known), len(jumps), 'rise', 'rises')} in the posts by others stood a post that they"
            f" then repeated: {theirs} of these by members of reported groups, {len(known) - theirs} by other accounts."
        )
    elif jumps:
        told = (
            f"Others posted more from {counted(len(jumps), 'moment', 'moments')} on; before 0 of"
            f" {len(jumps)} stood a post of these files that they then repeated."
        )
    else:
        told = "No lasting rise in the posts by others stands out."
    if top:
        told += f" Of the {counted(top, 'most repeated post', 'most repeated posts')}, {inside} are by members."
    return f"{told} What stands before a rise need not have moved it."
