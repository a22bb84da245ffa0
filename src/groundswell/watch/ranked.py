"""Ranked items of a scope: count, accounts, both shares, lift, rank, and how far the rank moves.

Scope, kind ──► Row, …      most used first
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundswell.watch.controls import Control
from groundswell.watch.counts import ranking
from groundswell.watch.lift import Lift, lift
from groundswell.watch.log import Ints, Uses
from groundswell.watch.panel import Answer
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope
from groundswell.watch.trending import FEWEST, STRETCHES, Trend, trend


def top_of(scope: Scope, kind: str) -> Answer:
    """The most used items of a kind."""
    standing = scope.standing(kind)
    shown = standing.items[ranking(standing.items, standing.uses)][: scope.top]
    return Answer(rows=rows_of(scope, kind, shown, {}), n_items=len(standing.items))


def trending_of(scope: Scope, kind: str) -> Answer:
    """The items that rose most above their own past, shrunk; those under 30 uses are not spoken of."""
    standing = scope.standing(kind)
    trends = trends_of(scope, kind, standing.items, standing.uses)
    order = sorted(trends, key=lambda item: (-trends[item].score, item))
    shown = np.array(order[: scope.top], np.int64)
    return Answer(rows=rows_of(scope, kind, shown, trends), n_items=len(trends))


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


def rows_of(scope: Scope, kind: str, shown: Ints, trends: dict[int, Trend]) -> list[Row]:
    """The rows of some items, in their order."""
    standing = scope.standing(kind)
    items, uses, accounts, rank = standing.items, standing.uses, standing.accounts, standing.rank
    all_items, all_uses = scope.used_by_all(kind)
    rank_all = rank if scope.members is None else _ranks(all_items, all_uses)
    low, high = standing.ranges(shown)
    at, at_all = np.searchsorted(items, shown), np.searchsorted(all_items, shown)
    posts = scope.n_posts(scope.members)
    lifts: list[Lift | None] = [None] * len(shown)
    if scope.members is not None and scope.controls:
        lifts = lifts_of(scope, kind, shown, scope.members, scope.controls)
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


def lifts_of(scope: Scope, kind: str, shown: Ints, accounts: Ints, controls: Sequence[Control]) -> list[Lift | None]:
    """How many times as often these accounts used each shown item as the control lists did.

    Parameters
    ----------
    accounts
        Sorted account numbers of the list, or of whoever stands in its place.
    """
    lists = [accounts, *(control.accounts for control in controls)]
    used = used_by(scope.log.uses[kind].within(scope.span), shown, lists)
    posts = [scope.n_posts(one) for one in lists]
    return [
        lift(k, posts[0], list(zip(of_controls, posts[1:], strict=True)))
        for k, *of_controls in used.transpose().tolist()
    ]


def used_by(uses: Uses, shown: Ints, lists: Sequence[Ints]) -> Ints:
    """Uses of each shown item by each list, a list a row; nobody is on two of them."""
    last = max([int(uses.account.max(initial=0)), *(int(one.max(initial=0)) for one in lists)])
    on_list = np.full(last + 1, -1, np.int8)
    for number, accounts in enumerate(lists):
        on_list[accounts] = number
    whose = on_list[uses.account]
    listed = np.flatnonzero(whose >= 0)
    order = np.argsort(shown)
    place, known = _place(shown[order], uses.item[listed].astype(np.int64))
    used = np.zeros((len(lists), len(shown)), np.int64)
    np.add.at(used, (whose[listed][known], order[place[known]]), 1)
    return used


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
