"""Ranked items of a scope: count, accounts, both shares, lift, rank, and how far the rank moves.

Scope, kind ──► Row, …      most used first
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.watch.controls import Control
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
    lifts: list[Lift | None] = [None] * len(shown)
    if scope.members is not None and scope.controls:
        lifts = lifts_of(scope, everybody, shown, scope.members, scope.controls)
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


def lifts_of(
    scope: Scope, everybody: Counts, shown: Ints, accounts: Ints, controls: Sequence[Control]
) -> list[Lift | None]:
    """How many times as often these accounts used each shown item as the control lists did.

    Parameters
    ----------
    shown
        Item numbers, each among the items counted.
    accounts
        Sorted account numbers of the list, or of whoever stands in its place.
    """
    lists = [accounts, *(control.accounts for control in controls)]
    used = [used_by(everybody, shown, one) for one in lists]
    posts = [scope.n_posts(one) for one in lists]
    return [
        lift(int(used[0][number]), posts[0], [(int(k[number]), of) for k, of in zip(used[1:], posts[1:], strict=True)])
        for number in range(len(shown))
    ]


def used_by(found: Counts, shown: Ints, accounts: Ints) -> Ints:
    """Uses of each shown item by some accounts. Twenty items are looked through, not a month of them."""
    starts, ends = (np.searchsorted(found.item, shown, side=side) for side in ("left", "right"))
    chosen = np.zeros(int(max(found.account.max(initial=0), accounts.max(initial=0))) + 1, bool)
    chosen[accounts] = True
    return np.array(
        [int(found.n[a:b][chosen[found.account[a:b]]].sum()) for a, b in zip(starts, ends, strict=True)], np.int64
    )


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
