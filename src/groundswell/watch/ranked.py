"""Ranked items of a scope: count, accounts, both shares, lift, rank, and how far the rank moves.

Scope, kind ──► Row, …      most used first
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.watch.counts import Counts, rank_ranges, ranking
from groundswell.watch.lift import Lift, lift
from groundswell.watch.log import Ints
from groundswell.watch.panel import Answer
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope
from groundswell.watch.trending import FEWEST, STRETCHES, Trend, trend


def top_of(scope: Scope, kind: str) -> Answer:
    """The most used items of a kind."""
    everybody = scope.counts(kind)
    inside = everybody if scope.members is None else everybody.of(scope.members)
    items, uses, _ = inside.per_item()
    shown = items[ranking(items, uses)][: scope.top]
    return Answer(rows=rows_of(scope, kind, shown, everybody, inside, {}), n_items=len(items))


def trending_of(scope: Scope, kind: str) -> Answer:
    """The items that rose most above their own past, shrunk; those under 30 uses are not spoken of."""
    everybody = scope.counts(kind)
    inside = everybody if scope.members is None else everybody.of(scope.members)
    items, uses, _ = inside.per_item()
    trends = trends_of(scope, kind, items, uses)
    order = sorted(trends, key=lambda item: (-trends[item].score, item))
    shown = np.array(order[: scope.top], np.int64)
    return Answer(rows=rows_of(scope, kind, shown, everybody, inside, trends), n_items=len(trends))


def trends_of(scope: Scope, kind: str, items: Ints, uses: Ints) -> dict[int, Trend]:
    """The trend of every item that has one."""
    past = np.zeros((STRETCHES, len(items)), np.int64)
    item, stretch, used = scope.uses_before(kind, STRETCHES)
    at, known = _place(items, item)
    past[stretch[known], at[known]] = used[known]
    posts_before = scope.posts_before(STRETCHES)
    posts = scope.n_posts(scope.members)
    told = (
        (int(item), trend(int(k), past[:, at], posts, posts_before))
        for at, (item, k) in enumerate(zip(items, uses, strict=True))
        if k >= FEWEST
    )
    return {item: found for item, found in told if found is not None}


def rows_of(
    scope: Scope, kind: str, shown: Ints, everybody: Counts, inside: Counts, trends: dict[int, Trend]
) -> list[Row]:
    """The rows of some items, in their order."""
    items, uses, accounts = inside.per_item()
    all_items, all_uses, _ = everybody.per_item()
    rank, rank_all = _ranks(items, uses), _ranks(all_items, all_uses)
    low, high = rank_ranges(inside, shown)
    at, at_all = np.searchsorted(items, shown), np.searchsorted(all_items, shown)
    posts = scope.n_posts(scope.members)
    lifts = _lifts(scope, everybody, shown, uses[at], posts)
    return [
        Row(
            item=int(shown[number]),
            name=name,
            count=int(uses[at[number]]),
            accounts=int(accounts[at[number]]),
            share_list=int(uses[at[number]]) / posts if posts else None,
            share_all=int(uses[at[number]]) / int(all_uses[at_all[number]]) if scope.outsiders_seen else None,
            count_all=int(all_uses[at_all[number]]),
            rank=int(rank[at[number]]),
            rank_all=int(rank_all[at_all[number]]) if scope.outsiders_seen else None,
            rank_low=int(low[number]),
            rank_high=int(high[number]),
            lift=lifts[number],
            trend=trends.get(int(shown[number])),
        )
        for number, name in enumerate(scope.names(shown))
    ]


def _lifts(scope: Scope, everybody: Counts, shown: Ints, uses: Ints, posts: int) -> list[Lift | None]:
    if scope.members is None or not scope.controls:
        return [None] * len(shown)
    compared = []
    for control in scope.controls:
        items, used, _ = everybody.of(control.accounts).per_item()
        at, known = _place(items, shown)
        compared.append((np.where(known, used[at] if len(used) else 0, 0), scope.n_posts(control.accounts)))
    return [
        lift(int(uses[number]), posts, [(int(used[number]), of) for used, of in compared])
        for number in range(len(shown))
    ]


def _ranks(items: Ints, uses: Ints) -> Ints:
    rank = np.empty(len(items), np.int64)
    rank[ranking(items, uses)] = np.arange(1, len(items) + 1)
    return rank


def _place(items: Ints, wanted: Ints) -> tuple[Ints, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Where each wanted item stands among sorted items, and whether it does."""
    if not len(items):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(items, wanted), len(items) - 1)
    return at, items[at] == wanted
