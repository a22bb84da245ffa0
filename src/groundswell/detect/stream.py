"""Which accounts shared the same objects within a window of each other, kept up to date while shares arrive.

    shares, as they come ──► Stream ──► pairs at this moment      the same as `pairs.pairs_within` of the shares kept
                                   └──► pairs that just came to the minimum, each with the two shares that did it

A share counts until the horizon has passed since it: the newest share has time t, and those after t − horizon are
kept. What is older takes its meetings with it. A share may be late; one that is later than the stated lateness is
refused and counted, because what follows from it was said already.

This module counts. A pair is no finding: whether accounts act together is decided about groups, on stored traces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np

from groundswell.detect.pairs import microseconds
from groundswell.detect.shares import Shares
from groundswell.detect.stream_kernel import (
    ACCOUNT,
    ASIDE,
    COUNT,
    LATEST,
    LIVE,
    NOTHING,
    OBJECT,
    PAIR,
    arrive,
    counts_of,
    moved,
)
from groundswell.detect.stream_kernel import expire as expire_shares
from groundswell.detect.stream_names import Names
from groundswell.detect.stream_timeline import Ints, Timeline
from groundswell.engine.room import room
from groundswell.model.table import Columns, text_column

CROWD = 2_000
"""Shares that one may meet. A link that 100,000 accounts post in a minute makes five thousand million pairs; the batch
never stores those below the minimum, but a stream can't know which will stay below."""
ROOM = 1 << 12
LOW_HALF = (1 << 32) - 1
LONG_AGO = -(1 << 62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risen:
    """A pair that came to the minimum, with the two shares that did it."""

    account_a: str
    account_b: str
    """`account_a < account_b`."""
    n_objects: int
    """Distinct objects on which they met, of those kept."""
    object_id: str
    post_a: str
    post_b: str
    lag_s: float
    """Seconds from A's share to B's; negative when B was first."""
    time_us: int
    """When the later of the two was posted."""


class Stream:
    """The shares of one kind within a horizon, and the pairs that they make."""

    def __init__(
        self,
        window: timedelta,
        *,
        horizon: timedelta = timedelta(hours=48),
        lateness: timedelta = timedelta(minutes=10),
        min_objects: int = 2,
        crowd: int = CROWD,
    ) -> None:
        """Begin with no share.

        Parameters
        ----------
        window
            Longest time between two shares that meet, ends included.
        horizon
            How long a share counts; one exactly that old does not.
        lateness
            How much older than the newest a share may be when it arrives. Ten minutes is what two servers of one
            platform differ by (`collect.sealing.OVERLAP`).
        min_objects
            When a pair is reported as `Risen`.
        crowd
            Shares that one share may meet. An object that goes beyond is set aside until all its shares expired, and
            `set_aside` names it; the pairs are then those of the other objects.

        Raises
        ------
        ValueError
            One of these is below nothing, or the lateness longer than the horizon.
        """
        if window < timedelta(0) or lateness < timedelta(0) or horizon <= timedelta(0) or lateness > horizon:
            raise ValueError(f"needs 0 <= window, 0 <= lateness <= horizon, got {window}, {lateness}, {horizon}")
        if min_objects < 1 or crowd < 1:
            raise ValueError(f"min_objects and crowd must be 1 or more, got {min_objects} and {crowd}")
        self.window, self.horizon, self.lateness = window, horizon, lateness
        self.min_objects, self.crowd = min_objects, crowd
        self.n_taken = self.n_late = self.n_early = 0
        self.newest_us = LONG_AGO
        self._timeline = Timeline()
        self._accounts, self._objects = Names(), Names()
        self._rows = np.empty((ROOM, 4), np.int32)
        self._time = np.empty(ROOM, np.int64)
        self._post = np.full(ROOM, None, dtype=object)
        self._free, self._n_free = np.arange(ROOM - 1, -1, -1), ROOM
        self._account_shares = np.zeros(ROOM, np.int32)
        self._of_object = _objects(ROOM)
        self._meetings, self._pairs = _table(ROOM, 3), _table(ROOM, 2)
        self._filled = np.zeros(2, np.int64)
        self._risen = np.empty((4 * (crowd + 1), 2), np.int32)

    def __len__(self) -> int:
        """Shares kept."""
        return len(self._timeline)

    def add(
        self,
        account_id: Sequence[str],
        object_id: Sequence[str],
        time_us: Ints,
        post_id: Sequence[str],
        *,
        now_us: int | None = None,
    ) -> list[Risen]:
        """Take shares in the order of their arrival; the pairs that came to the minimum by them, sorted.

        How shares are cut into batches changes nothing but when `Risen` is told.

        Parameters
        ----------
        account_id, object_id, time_us, post_id
            Parallel; times in microseconds since 1970, UTC.
        now_us
            Shares after it are refused and counted in `n_early`: one post that names next year would make all others
            expire. None believes every time.
        """
        time = np.asarray(time_us, np.int64)
        kept = np.ones(len(time), np.bool_) if now_us is None else time <= now_us
        self.n_early += len(time) - int(np.count_nonzero(kept))
        if kept.any():
            newest = np.maximum.accumulate(np.where(kept, np.maximum(time, self.newest_us), self.newest_us))
            late = kept & (time < newest - self.lateness // timedelta(microseconds=1))
            self.n_late += int(np.count_nonzero(late))
            kept &= ~late
        if not kept.all():
            at = np.flatnonzero(kept).tolist()
            account_id, object_id, post_id = ([column[i] for i in at] for column in (account_id, object_id, post_id))
        numbers = self._accounts.numbers(account_id), self._objects.numbers(object_id)
        risen = self._arrive(*numbers, time[kept], text_column(post_id))
        self.newest_us = max(self.newest_us, int(time[kept].max(initial=LONG_AGO)))
        self._expire()
        return self._told(risen)

    def pairs(self, *, min_objects: int | None = None) -> Columns:
        """Every pair that met on `min_objects` objects or more, by default those of the stream.

        Returns
        -------
        ``account_a`` < ``account_b`` (text) and ``n_objects``, sorted by the two accounts
        """
        listed = self._pairs[self._pairs[:, PAIR] != NOTHING]
        listed = listed[listed[:, COUNT] >= (self.min_objects if min_objects is None else min_objects)]
        one = self._accounts.of(listed[:, PAIR] >> 32)
        other = self._accounts.of(listed[:, PAIR] & LOW_HALF)
        rows = sorted((min(a, b), max(a, b), n) for a, b, n in zip(one, other, listed[:, COUNT].tolist(), strict=True))
        return {
            "account_a": text_column(a for a, _, _ in rows),
            "account_b": text_column(b for _, b, _ in rows),
            "n_objects": np.array([n for _, _, n in rows], np.int64),
        }

    def columns(self) -> Columns:
        """The shares kept: ``account_id``, ``object_id``, ``time_us``, ``post_id``, ``aside``; by time.

        ``aside`` says of a share that its object was set aside and its meetings are not counted.
        """
        slots = self._timeline.numbers
        rows = self._rows[slots]
        return {
            "account_id": self._accounts.of(rows[:, ACCOUNT]),
            "object_id": self._objects.of(rows[:, OBJECT]),
            "time_us": self._timeline.times.copy(),
            "post_id": self._post[slots],
            "aside": self._of_object[rows[:, OBJECT], ASIDE] != 0,
        }

    def shares(self, kind: str) -> Shares:
        """The shares whose meetings count, as the kernels of the batch read them: for `links`, with their chances."""
        found = self.columns()
        counted = ~found["aside"]
        account_ids, account = np.unique(found["account_id"][counted], return_inverse=True)
        object_ids, thing = np.unique(found["object_id"][counted], return_inverse=True)
        time_us, post = found["time_us"][counted], found["post_id"][counted]
        order = np.lexsort((np.unique(post, return_inverse=True)[1], account, time_us, thing))
        return Shares(
            kind=kind,
            account=account[order].astype(np.int32),
            object=thing[order].astype(np.int32),
            time_us=time_us[order],
            post=post[order],
            account_ids=account_ids.astype(object),
            object_ids=object_ids.astype(object),
        )

    def set_aside(self) -> list[tuple[str, int]]:
        """The objects that were set aside, with their shares, sorted."""
        numbers = np.flatnonzero(self._of_object[: self._objects.most, ASIDE]).tolist()
        return sorted((self._objects.name(number), int(self._of_object[number, LIVE])) for number in numbers)

    def put_aside(self, latest_us: Mapping[str, int]) -> None:
        """Set objects aside before their shares arrive, as a stream that is resumed must; each with its last time."""
        numbers = self._objects.numbers(list(latest_us))
        self._make_room(0)
        self._of_object[numbers, ASIDE] = 1
        self._of_object[numbers, LATEST] = list(latest_us.values())

    def _arrive(self, account: Ints, thing: Ints, time: Ints, post: np.ndarray[Any, Any]) -> Ints:
        self._make_room(len(time))
        self._n_free -= len(time)
        slots = self._free[self._n_free : self._n_free + len(time)].copy()
        self._rows[slots, ACCOUNT], self._rows[slots, OBJECT] = account, thing
        self._time[slots], self._post[slots] = time, post
        risen = [np.empty((0, 2), np.int32)]
        done = 0
        while done < len(slots):
            before = done
            done, n_risen = arrive(
                slots,
                done,
                self._rows,
                self._time,
                self._account_shares,
                self._of_object,
                self._meetings,
                self._pairs,
                self._filled,
                self._risen,
                microseconds(self.window),
                microseconds(self.horizon),
                max(self.newest_us, int(time[:done].max(initial=LONG_AGO))),
                self.crowd,
                self.min_objects,
            )
            risen.append(self._risen[:n_risen].copy())
            if done < len(slots) and (done == before or not n_risen):
                self._enlarge()
        self._timeline.add(time, slots)
        self.n_taken += len(slots)
        return np.concatenate(risen).astype(np.int64)

    def _expire(self) -> None:
        cutoff = self.newest_us - self.horizon // timedelta(microseconds=1)
        slots = self._timeline.take(cutoff)
        if not len(slots):
            return
        accounts, objects = expire_shares(
            slots,
            self._rows,
            self._time,
            self._account_shares,
            self._of_object,
            self._meetings,
            self._pairs,
            self._filled,
            microseconds(self.window),
            cutoff,
        )
        self._post[slots] = None
        self._free[self._n_free : self._n_free + len(slots)] = slots
        self._n_free += len(slots)
        self._accounts.give_back(accounts)
        self._objects.give_back(objects)

    def _told(self, risen: Ints) -> list[Risen]:
        """What rose and still stands after the rest of the batch, each pair once, by its last rise."""
        told: dict[tuple[str, str], Risen] = {}
        for (one, other), n in zip(risen.tolist(), counts_of(risen, self._rows, self._pairs).tolist(), strict=True):
            if n < self.min_objects or self._post[one] is None or self._post[other] is None:
                continue
            a, b = sorted((one, other), key=lambda slot: self._accounts.name(int(self._rows[slot, ACCOUNT])))
            found = Risen(
                account_a=self._accounts.name(int(self._rows[a, ACCOUNT])),
                account_b=self._accounts.name(int(self._rows[b, ACCOUNT])),
                n_objects=n,
                object_id=self._objects.name(int(self._rows[a, OBJECT])),
                post_a=self._post[a],
                post_b=self._post[b],
                lag_s=(int(self._time[b]) - int(self._time[a])) / 1e6,
                time_us=max(int(self._time[a]), int(self._time[b])),
            )
            told[found.account_a, found.account_b] = found
        return [told[pair] for pair in sorted(told)]

    def _make_room(self, n: int) -> None:
        """Let `n` more shares, and every name that has a number, have a place."""
        if self._n_free < n:
            size = len(self._time)
            more = max(size, 2 * n)
            self._rows = np.concatenate((self._rows, np.empty((more, 4), np.int32)))
            self._time = np.concatenate((self._time, np.empty(more, np.int64)))
            self._post = np.concatenate((self._post, np.full(more, None, dtype=object)))
            self._free = np.concatenate((np.arange(size + more - 1, size - 1, -1), self._free))
            self._n_free += more
        while len(self._account_shares) < self._accounts.most:
            self._account_shares = np.concatenate((self._account_shares, np.zeros_like(self._account_shares)))
        while len(self._of_object) < self._objects.most:
            self._of_object = np.concatenate((self._of_object, _objects(len(self._of_object))))

    def _enlarge(self) -> None:
        """Let more meetings and pairs have a place; less than half of a table is ever filled."""
        more = 2 * (self.crowd + 1)
        if 2 * (int(self._filled[0]) + more) > len(self._meetings):
            self._meetings = _larger(self._meetings, int(self._filled[0]) + more, by=1)
        if 2 * (int(self._filled[1]) + more) > len(self._pairs):
            self._pairs = _larger(self._pairs, int(self._filled[1]) + more, by=0)


def _objects(n: int) -> Ints:
    found = np.zeros((n, 4), np.int64)
    found[:, 0] = NOTHING
    return found


def _table(n: int, columns: int) -> Ints:
    table = room(n * columns, np.int64).reshape(n, columns)
    table[:, PAIR] = NOTHING
    return table


def _larger(table: Ints, filled: int, *, by: int) -> Ints:
    size = len(table)
    while size < 2 * filled:
        size *= 2
    into = _table(size, table.shape[1])
    moved(table, into, by)
    return into
