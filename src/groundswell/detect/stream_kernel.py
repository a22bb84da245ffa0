"""The arithmetic of `stream`: a share arrives and meets those near it; a share expires and its meetings go.

    share ──► its object's list, by time ──► meetings (pair, object, until) ──► pairs (pair, n_objects)

A meeting is known until the earlier of its two shares expires; of several meetings of a pair on an object the one that
lasts longest is kept, so that an object counts once. Tables are open-addressed, with a row of -1 where nothing is;
what goes is filled from behind, so that months leave no gaps. The caller makes room; `arrive` says how far it came.

Where a pair stands in a table is anywhere, and the memory takes longer to answer than all the rest. So those a share
meets are first listed, and their places asked for, before the first of them is looked at.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled, prefetch

ACCOUNT, OBJECT, BEFORE, AFTER = range(4)
"""Columns of a share's row: two numbers, and the rows before and after it in its object's list."""
NEWEST, LIVE, ASIDE, LATEST = range(4)
"""Columns of an object: its newest row, how many shares it has, whether it was set aside, and its last time if so."""
PAIR, THING, UNTIL = range(3)
"""Columns of a meeting; of a pair, the second is `COUNT`."""
COUNT = 1
LAST = (1 << 63) - 1
NOTHING, UNLISTED = -1, -2
"""No row; a share of an object that was set aside, which stands in no list."""


@compiled
def arrive(
    slots: Any,
    begin: int,
    rows: Any,
    time: Any,
    accounts: Any,
    objects: Any,
    meetings: Any,
    pairs: Any,
    filled: Any,
    risen: Any,
    window: int,
    horizon: int,
    newest: int,
    crowd: int,
    min_objects: int,
) -> Any:
    """Take the shares in `slots` from number `begin` on; (the number not taken for want of room, rows of `risen`).

    `filled` holds how many meetings and pairs there are. A row of `risen` holds the two shares by which a pair came to
    `min_objects`. `newest` is the newest time before; what a share makes too old meets nobody, expired or not yet.
    """
    n_risen = 0
    near = np.empty(crowd + 2, np.int32)
    most_meetings, most_pairs = meetings.shape[0] // 2, pairs.shape[0] // 2
    room = crowd + 1
    for number in range(begin, slots.size):
        # No share visits more than that many others, so that much room is enough for it.
        if filled[0] + room > most_meetings or filled[1] + room > most_pairs or n_risen + room > risen.shape[0]:
            return number, n_risen
        slot = slots[number]
        thing = rows[slot, OBJECT]
        at = time[slot]
        newest = max(newest, at)
        oldest = newest - horizon
        accounts[rows[slot, ACCOUNT]] += 1
        objects[thing, LIVE] += 1
        if objects[thing, ASIDE] and objects[thing, LATEST] > oldest:
            rows[slot, BEFORE] = UNLISTED
            objects[thing, LATEST] = max(objects[thing, LATEST], at)
            continue
        objects[thing, ASIDE] = 0
        steps = 0
        before, after = objects[thing, NEWEST], NOTHING
        while before >= 0 and time[before] > at and steps <= crowd:
            before, after = rows[before, BEFORE], before
            steps += 1
        rows[slot, BEFORE], rows[slot, AFTER] = before, after
        if before >= 0:
            rows[before, AFTER] = slot
        if after >= 0:
            rows[after, BEFORE] = slot
        else:
            objects[thing, NEWEST] = slot
        n_near = 0
        for forward in range(2):
            other = after if forward else before
            while other >= 0 and abs(time[other] - at) <= window and time[other] > oldest and steps <= crowd:
                steps += 1
                if rows[other, ACCOUNT] != rows[slot, ACCOUNT]:
                    near[n_near] = other
                    n_near += 1
                    _ask(rows, slot, other, meetings, pairs)
                other = rows[other, AFTER] if forward else rows[other, BEFORE]
        for other in near[:n_near]:
            met = _meet(rows, time, slot, other, meetings, pairs, filled)
            if met == min_objects:
                risen[n_risen, 0], risen[n_risen, 1] = slot, other
                n_risen += 1
        if steps > crowd:
            _set_aside(thing, rows, time, objects, meetings, pairs, filled, window)
    return slots.size, n_risen


@compiled
def expire(
    slots: Any,
    rows: Any,
    time: Any,
    accounts: Any,
    objects: Any,
    meetings: Any,
    pairs: Any,
    filled: Any,
    window: int,
    cutoff: int,
) -> Any:
    """Let the shares in `slots` go, all of them at `cutoff` or before; accounts and objects that have none left."""
    for slot in slots:
        if rows[slot, BEFORE] == UNLISTED:
            continue
        other = rows[slot, AFTER]
        while other >= 0 and time[other] - time[slot] <= window:
            if rows[other, ACCOUNT] != rows[slot, ACCOUNT]:
                _ask(rows, slot, other, meetings, pairs)
            other = rows[other, AFTER]
        other = rows[slot, AFTER]
        while other >= 0 and time[other] - time[slot] <= window:
            if rows[other, ACCOUNT] != rows[slot, ACCOUNT]:
                _part(rows, slot, other, meetings, pairs, filled, cutoff)
            other = rows[other, AFTER]
    # Only now, because of two shares at the same time the one that goes first must still find the other.
    gone_accounts, gone_objects = np.empty(slots.size, np.int32), np.empty(slots.size, np.int32)
    n_accounts, n_objects = 0, 0
    for slot in slots:
        account = rows[slot, ACCOUNT]
        accounts[account] -= 1
        if accounts[account] == 0:
            gone_accounts[n_accounts] = account
            n_accounts += 1
        thing = rows[slot, OBJECT]
        before, after = rows[slot, BEFORE], rows[slot, AFTER]
        if before != UNLISTED:
            if before >= 0:
                rows[before, AFTER] = after
            if after >= 0:
                rows[after, BEFORE] = before
            else:
                objects[thing, NEWEST] = before
        objects[thing, LIVE] -= 1
        if objects[thing, LIVE] == 0:
            objects[thing, NEWEST], objects[thing, ASIDE] = NOTHING, 0
            gone_objects[n_objects] = thing
            n_objects += 1
    return gone_accounts[:n_accounts], gone_objects[:n_objects]


@compiled
def counts_of(slots: Any, rows: Any, pairs: Any) -> Any:
    """On how many objects the accounts of each two shares met."""
    n = np.empty(slots.shape[0], np.int64)
    for i in range(n.size):
        key = _pair(rows[slots[i, 0], ACCOUNT], rows[slots[i, 1], ACCOUNT])
        at = _find(pairs, key, key, 0)
        n[i] = pairs[at, COUNT] if pairs[at, PAIR] != NOTHING else 0
    return n


@compiled
def moved(table: Any, into: Any, by: int) -> None:
    """Put every row of a table into a larger one; `by` is the second column of its key."""
    for i in range(table.shape[0]):
        if table[i, PAIR] != NOTHING:
            at = _find(into, table[i, PAIR], table[i, by], by)
            for column in range(table.shape[1]):
                into[at, column] = table[i, column]


@compiled
def _ask(rows: Any, one: int, other: int, meetings: Any, pairs: Any) -> None:
    """Ask the memory for where the meeting and the pair of two shares stand."""
    key = _pair(rows[one, ACCOUNT], rows[other, ACCOUNT])
    met = _home(key, rows[one, OBJECT], meetings.shape[0]) * meetings.shape[1]
    prefetch(meetings, np.uint64(met))
    prefetch(pairs, np.uint64(_home(key, key, pairs.shape[0]) * pairs.shape[1]))


@compiled
def _meet(rows: Any, time: Any, one: int, other: int, meetings: Any, pairs: Any, filled: Any) -> int:
    """Note that two shares met; on how many objects their accounts now did, or 0 if this object counted before."""
    key, thing = _pair(rows[one, ACCOUNT], rows[other, ACCOUNT]), rows[one, OBJECT]
    until = min(time[one], time[other])
    at = _find(meetings, key, thing, THING)
    if meetings[at, PAIR] != NOTHING:
        meetings[at, UNTIL] = max(meetings[at, UNTIL], until)
        return 0
    meetings[at, PAIR], meetings[at, THING], meetings[at, UNTIL] = key, thing, until
    filled[0] += 1
    at = _find(pairs, key, key, 0)
    if pairs[at, PAIR] == NOTHING:
        pairs[at, PAIR], pairs[at, COUNT] = key, 0
        filled[1] += 1
    pairs[at, COUNT] += 1
    n: int = pairs[at, COUNT]
    return n


@compiled
def _part(rows: Any, one: int, other: int, meetings: Any, pairs: Any, filled: Any, cutoff: int) -> None:
    """Forget that two accounts met on an object, unless a meeting after `cutoff` says so too."""
    key, thing = _pair(rows[one, ACCOUNT], rows[other, ACCOUNT]), rows[one, OBJECT]
    at = _find(meetings, key, thing, THING)
    if meetings[at, PAIR] == NOTHING or meetings[at, UNTIL] > cutoff:
        return
    _remove(meetings, at, THING)
    filled[0] -= 1
    at = _find(pairs, key, key, 0)
    pairs[at, COUNT] -= 1
    if pairs[at, COUNT] == 0:
        _remove(pairs, at, 0)
        filled[1] -= 1


@compiled
def _set_aside(
    thing: int, rows: Any, time: Any, objects: Any, meetings: Any, pairs: Any, filled: Any, window: int
) -> None:
    """Forget every meeting on an object, and take no more of it until all its shares are gone."""
    slot = objects[thing, NEWEST]
    while slot >= 0:
        other = rows[slot, BEFORE]
        while other >= 0 and time[slot] - time[other] <= window:
            if rows[other, ACCOUNT] != rows[slot, ACCOUNT]:
                _part(rows, slot, other, meetings, pairs, filled, LAST)
            other = rows[other, BEFORE]
        slot = rows[slot, BEFORE]
    slot = objects[thing, NEWEST]
    objects[thing, LATEST] = time[slot]
    while slot >= 0:
        before = rows[slot, BEFORE]
        rows[slot, BEFORE] = UNLISTED
        slot = before
    objects[thing, NEWEST], objects[thing, ASIDE] = NOTHING, 1


@compiled
def _pair(one: Any, other: Any) -> Any:
    return np.int64(min(one, other)) << 32 | np.int64(max(one, other))


@compiled
def _home(key: Any, second: Any, size: int) -> Any:
    """Where a row would like to stand (the finaliser of splitmix64)."""
    mixed = np.uint64(key) + np.uint64(second) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) & np.uint64(size - 1))


@compiled
def _find(table: Any, key: Any, second: Any, by: int) -> Any:
    """Where a row stands, or would."""
    size = table.shape[0]
    at = _home(key, second, size)
    while table[at, PAIR] != NOTHING and (table[at, PAIR] != key or table[at, by] != second):
        at = (at + 1) & (size - 1)
    return at


@compiled
def _remove(table: Any, gap: int, by: int) -> None:
    """Take a row out; those behind it move up, so that no search stops early."""
    size = table.shape[0]
    at = gap
    while True:
        at = (at + 1) & (size - 1)
        if table[at, PAIR] == NOTHING:
            break
        home = _home(table[at, PAIR], table[at, by], size)
        if (at - home) & (size - 1) >= (at - gap) & (size - 1):
            for column in range(table.shape[1]):
                table[gap, column] = table[at, column]
            gap = at
    table[gap, PAIR] = NOTHING
