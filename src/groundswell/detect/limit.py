"""Are there more links than a table can hold, and which of them are left out?

    Shares, window ──► Limit          on how many objects a pair must have met to be listed, and how many pairs met

Where thousands share the same few things at the same time, every two of them are a link: two addresses that 20,000
accounts share within a second make 200 million. Then a pair has to have met on more objects to be listed. What is left
out is told with its number, and only there: groups are not looked for among links.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeAlias

import numpy as np

from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import microseconds
from groundswell.detect.product import how_many
from groundswell.detect.prune import Minimum, grouped, pruned
from groundswell.detect.shares import Shares
from groundswell.model.table import Columns

Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

MOST_LINKS = 6_000_000
"""Links of one kind within one window, a gigabyte. A million shares, as people share, have 5 million within an hour."""

MOST_MEETINGS = 3_000_000
"""Meetings of one kind whose posts are listed; those of reported groups are, whatever there is besides."""

MOST_NEAR = 10_000_000_000
"""Pairs of shares of one object within the window, over all objects: half a minute of counting, each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What the links of one kind within one window leave out."""

    kind: str
    window_s: float
    asked: int
    """Fewest objects of a link, as asked for."""
    min_objects: int
    """Fewest objects of a link that is listed."""
    n_links: int
    """Pairs that met on so many."""
    n_pairs: int
    """Pairs that met on as many as were asked for."""
    n_crowded: int
    """Objects that were left out before counting, because too many shared them at once."""
    n_objects: int
    """Objects in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedMeetings:
    """Links of one kind beyond chance whose posts are not listed, because there are too many."""

    kind: str
    n_links: int
    """Links beyond chance whose meetings are not listed."""
    of: int
    """All links of this kind beyond chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsearched:
    """Pairs of one kind in one window among which no group was looked for, because there were too many."""

    kind: str
    window_s: float
    n_pairs: int
    """Pairs left out: those least beyond chance."""
    of: int
    """Pairs that met often enough to be looked at."""


def unsearched(kinds: Sequence[Mapping[str, Any]]) -> list[Unsearched]:
    """What a scan did not look at, from its `KindTried` as they stand in a run's record."""
    return [
        Unsearched(
            kind=kind["kind"],
            window_s=window["window_s"],
            n_pairs=window["n_left_out"],
            of=window["n_left_out"] + window["n_pairs"],
        )
        for kind in kinds
        for window in kind["windows"]
        if window.get("n_left_out")
    ]


def within_limits(
    shares: Shares, windows: Sequence[timedelta], *, min_objects: int, threads: int | None = None
) -> Iterator[tuple[Shares, list[timedelta], Limit | None]]:
    """The windows, ascending, with the shares to count their links in: as many at a time as need no limit."""
    free: list[timedelta] = []
    for window in sorted(set(windows)):
        kept, limit = limit_of(shares, window, min_objects=min_objects, threads=threads)
        if limit is None:
            free.append(window)
            continue
        # A longer window holds all that a shorter one does, so those without a limit come first.
        if free:
            yield shares, free, None
            free = []
        yield kept, [window], limit
    if free:
        yield shares, free, None


def listed_meetings(
    kind: str, table: Columns, of_kind: Mask, fdr: float, *, most: int = MOST_MEETINGS
) -> tuple[Mask, UnlistedMeetings | None]:
    """Which links of a kind, those of `of_kind`, have their meetings listed: the least likely of those beyond chance.

    Up to `most` meetings, whole links only; of equally likely ones those that come first.
    """
    q = np.minimum(table["q_timing"], table["q_selection"])
    beyond = of_kind & ((table["q_timing"] <= fdr) | (table["q_selection"] <= fdr))
    at = np.flatnonzero(beyond)
    if int(table["n_objects"][at].sum()) <= most:
        return beyond, None
    at = at[np.argsort(q[at], kind="stable")]
    listed = np.cumsum(table["n_objects"][at]) <= most
    beyond[at[~listed]] = False
    return beyond, UnlistedMeetings(kind=kind, n_links=int(np.count_nonzero(~listed)), of=len(at))


def limit_of(
    shares: Shares,
    window: timedelta,
    *,
    min_objects: int,
    most_links: int = MOST_LINKS,
    most_near: int = MOST_NEAR,
    threads: int | None = None,
) -> tuple[Shares, Limit | None]:
    """The shares to count links in, and what is left out; the same shares and None where nothing need be.

    Parameters
    ----------
    shares
        All shares of one kind.
    window
        Longest time between two shares that still count.
    min_objects
        Fewest objects of a link. Where that makes more than `most_links`, it is doubled until it does not.
    most_near
        Pairs of near shares that may be counted. Where there are more, the most crowded objects are left out first.

    Notes
    -----
    O(shares) where there are few near shares, which is nearly always; else the pair kernel, up to ten times.
    """
    near = near_pairs(shares, window).near
    # Each link met on `min_objects` objects at least, and has a near pair of shares on each of them.
    if int(near.sum()) <= most_links * min_objects:
        return shares, None
    crowded = _crowded(near, most_near)
    kept = _without(shares, crowded) if len(crowded) else shares
    window_us, least = microseconds(window), min_objects
    threads = threads or os.cpu_count() or 1
    everything = grouped(kept)
    counts: list[int] = []
    with ThreadPoolExecutor(threads) as pool:
        while not counts or counts[-1] > most_links:
            least = min_objects << len(counts)
            minimum = Minimum(least)
            live = pruned(everything, window_us, minimum, pool, threads)
            counts.append(how_many(live, window_us, minimum, pool, threads))
    if len(counts) == 1 and not len(crowded):
        return shares, None
    return kept, Limit(
        kind=shares.kind,
        window_s=window / timedelta(seconds=1),
        asked=min_objects,
        min_objects=least,
        n_links=counts[-1],
        n_pairs=counts[0],
        n_crowded=len(crowded),
        n_objects=len(shares.object_ids),
    )


def _crowded(near: np.ndarray[tuple[int], np.dtype[np.int64]], most: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """As few objects as possible without which no more than `most` near pairs are left; of equals the first."""
    order = np.argsort(-near, kind="stable")
    left = int(near.sum()) - np.cumsum(near[order])
    return order[: int(np.argmax(left <= most)) + 1] if int(near.sum()) > most else order[:0]


def _without(shares: Shares, objects: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Shares:
    """The shares of all other objects; accounts and objects keep their numbers."""
    gone = np.zeros(len(shares.object_ids), np.bool_)
    gone[objects] = True
    kept = ~gone[shares.object]
    return replace(
        shares,
        account=shares.account[kept],
        object=shares.object[kept],
        time_us=shares.time_us[kept],
        post=shares.post[kept],
    )
