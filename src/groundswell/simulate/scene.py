"""A scene: the crowd, and whoever joins it. From numbers to a share log with its truth.

    crowd + newcomers ──► scene ──► world

A newcomer (a fandom, a newsroom, a campaign) brings its accounts and objects and says what it shares. It sees the
crowd's log, because a campaign shares what others share too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from groundswell.model.post import MADE_UP
from groundswell.model.table import Columns, text_column
from groundswell.simulate.crowd import DAY_S, Log, spread_out
from groundswell.simulate.people import READS_MEDIAN, People, drawn_by_weight, running_total
from groundswell.simulate.scenario import World, truth_of

START_S = 1_714_521_600
"""Every world begins on 2024-05-01, as every drawing does."""


class Scene:
    """Collects shares. Accounts 0 … n-1 are the crowd's; newcomers are numbered on from there, and so are objects."""

    def __init__(self, rng: np.random.Generator, people: People, log: Log, *, days: float) -> None:
        self.rng, self.people, self.crowd, self.days = rng, people, log, days
        self.n_accounts, self.n_objects = people.n, len(log.published_s)
        self.members: list[tuple[int, str]] = []
        self._parts = [(log.account, log.object, log.time_s)]
        self._followed: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []

    @property
    def n_shares(self) -> int:
        """Shares collected so far."""
        return sum(len(account) for account, _, _ in self._parts)

    def new_accounts(self, n: int, *, group: str | None = None) -> NDArray[np.int64]:
        """Accounts that are not of the crowd; those with a group go into the truth."""
        accounts = np.arange(self.n_accounts, self.n_accounts + n)
        self.n_accounts += n
        if group is not None:
            self.members += [(int(account), group) for account in accounts]
        return accounts

    def new_objects(self, n: int) -> NDArray[np.int64]:
        """Objects that the crowd has not shared."""
        objects = np.arange(self.n_objects, self.n_objects + n)
        self.n_objects += n
        return objects

    def share(
        self, account: NDArray[np.int64], thing: int | NDArray[np.int64], time_s: float | NDArray[np.float64]
    ) -> None:
        """Each of these accounts shares its object at its time; a single object or time goes for all."""
        shape = account.shape
        self._parts.append((account, np.broadcast_to(thing, shape), np.broadcast_to(time_s, shape)))

    def follow(self, followers: NDArray[np.int64], followed: int | NDArray[np.int64]) -> None:
        """Each of these newcomers follows this account, beside those of the crowd that it follows anyway."""
        self._followed.append((followers, np.broadcast_to(followed, followers.shape)))

    def any_time(self, n: int) -> NDArray[np.float64]:
        """Moments spread evenly over the world."""
        return self.rng.uniform(0, self.days * DAY_S, n)

    def crowd_at_leisure(self, thing: int, published_s: float, n: int) -> None:
        """`n` accounts of the crowd, the active ones sooner than others, share an object over the next hours."""
        weight = self.people.activity / self.people.activity.sum()
        account = self.rng.choice(self.people.n, min(n, self.people.n // 3), p=weight, replace=False)
        self.share(account, thing, published_s + spread_out(self.rng, np.exp(8.5), 1.8, len(account)))

    def ordinary_shares(self, accounts: NDArray[np.int64], each: int | NDArray[np.int64]) -> None:
        """Each account also shares `each` things that it saw in the crowd, some forty minutes later.

        An array gives each account a number of its own.
        """
        account = np.repeat(accounts, each)
        seen = self.rng.integers(0, self.crowd.n, len(account))
        self.share(
            account, self.crowd.object[seen], self.crowd.time_s[seen] + spread_out(self.rng, 2400, 1.5, len(seen))
        )

    def world(self, *, deleted: float = 0.0) -> World:
        """Everything shared so far, sorted by time, with ids that tell nothing about who is who.

        A part `deleted` of the shares, 0 to below 1, was gone before anyone collected them.
        """
        account, thing, time_s = (np.concatenate(column) for column in zip(*self._parts, strict=True))
        if deleted:
            kept = self.rng.random(len(account)) >= deleted
            account, thing, time_s = account[kept], thing[kept], time_s[kept]
        second = START_S + np.floor(time_s).astype(np.int64)
        account_ids, object_ids = _ids(self.rng, self.n_accounts), _ids(self.rng, self.n_objects)
        order = np.lexsort((thing, account, second))
        return World(
            shares={
                "account_id": account_ids[account[order]],
                "object_id": object_ids[thing[order]],
                "timestamp_share": second[order],
                "content_id": text_column(map(str, range(10**9, 10**9 + len(order)))),
                "platform": np.full(len(order), MADE_UP, dtype=object),
            },
            truth=truth_of((account_ids[number], group) for number, group in self.members),
            follows=partial(self._follows, account_ids, self.rng.spawn(1)[0]),
        )

    def _follows(self, account_ids: NDArray[np.object_], rng: np.random.Generator) -> Columns:
        """Who follows whom: the crowd as it reads, newcomers the famous of the crowd as everyone does."""
        people = self.people
        newcomer = np.repeat(np.arange(people.n, self.n_accounts), READS_MEDIAN)
        nowhere = np.zeros(len(newcomer), np.int64)
        famous = drawn_by_weight(rng, running_total(people.fame), nowhere, nowhere + people.n)
        read = [(people.reader, np.repeat(np.arange(people.n), np.diff(people.reader_start)))]
        follower, followed = map(np.concatenate, zip(*read, (newcomer, famous), *self._followed, strict=True))
        key = np.unique(follower * self.n_accounts + followed)
        follower, followed = account_ids[key // self.n_accounts], account_ids[key % self.n_accounts]
        order = np.lexsort((followed, follower))
        return {"follower": follower[order], "followed": followed[order]}


class Newcomer(Protocol):
    """Someone who joins the crowd."""

    def enter(self, scene: Scene) -> None:
        """Add accounts, objects and shares to the scene."""
        ...


def enter_all(scene: Scene, newcomers: Sequence[Newcomer]) -> None:
    """Let them in, in order."""
    for newcomer in newcomers:
        newcomer.enter(scene)


def _ids(rng: np.random.Generator, n: int) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """`n` different numbers as text, all of one length, in random order."""
    start = 10 ** len(str(n))
    ids = np.empty(n, dtype=object)
    ids[:] = [str(number) for number in start + rng.permutation(n)]
    return ids
