"""Traces of one kind as dense numbers: what the kernels read.

    traces of one kind ──► Shares      sorted by object, then time, then account

Accounts are numbered in the order of their ids as text, so a < b as numbers is a < b as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.engine.engine import Engine

IDS = "select {0} as id, hash({0}) as hash from traces where kind = $kind group by {0} order by {0}"
"""For one column of our own contract: each id once, in order."""

ROWS = """
select hash(account_id) as account, hash(object_id) as object, epoch_us(time) as time_us, post_id
from traces
where kind = $kind
"""
"""No join, no sort: the traces of a study lie in order already; where they don't, numbers sort quicker than text."""

JOINED = """
with account as (
    select account_id, (row_number() over (order by account_id) - 1)::integer as account
    from (select distinct account_id from traces where kind = $kind)
), object as (
    select object_id, (row_number() over (order by object_id) - 1)::integer as object
    from (select distinct object_id from traces where kind = $kind)
)
select account, object, epoch_us(time) as time_us, post_id
from traces join account using (account_id) join object using (object_id)
where kind = $kind
"""
"""The numbers without hashes, at twice the cost: for ids whose hashes are the same, by chance or by design."""

MOST_STEPS = 8
"""Slots passed over for each id, on average, before hashes are given up: by chance it is about half a slot."""

Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]
Text: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Shares:
    """Every share of one kind. Row i says that `account[i]` shared `object[i]` at `time_us[i]` with post `post[i]`."""

    kind: str
    account: np.ndarray[Any, np.dtype[np.int32]]
    object: np.ndarray[Any, np.dtype[np.int32]]
    time_us: np.ndarray[Any, np.dtype[np.int64]]
    """Microseconds since 1970, UTC."""
    post: np.ndarray[Any, Any]
    account_ids: np.ndarray[Any, Any]
    """Text, sorted: the id of account number i."""
    object_ids: np.ndarray[Any, Any]

    @property
    def n(self) -> int:
        """Number of shares."""
        return len(self.account)

    def numbers_of(self, account_ids: Iterable[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The numbers of these accounts, sorted. Those that shared nothing of this kind are left out."""
        known = self.account_ids
        wanted = sorted(account_ids)
        at = np.searchsorted(known, np.array(wanted, dtype=object)) if len(known) else np.empty(0, np.int64)
        here = [number < len(known) and known[number] == name for number, name in zip(at, wanted, strict=False)]
        return np.asarray(at[np.array(here, np.bool_)], dtype=np.int64)

    def first(self) -> Shares:
        """Only the first share of each object by each account: the ones after it are the account's own echo."""
        at = np.flatnonzero(_is_first(self.object, self.account, len(self.account_ids)))
        return Shares(
            kind=self.kind,
            account=self.account[at],
            object=self.object[at],
            time_us=self.time_us[at],
            post=self.post[at],
            account_ids=self.account_ids,
            object_ids=self.object_ids,
        )


def shares_of(engine: Engine, kind: str) -> Shares:
    """The shares of one kind in the view ``traces``.

    Notes
    -----
    O(n) where the traces lie in the order of their contract, as those of a study do; else O(n log n), on numbers.
    """
    account_ids, account_hash = _ids(engine, kind, "account_id")
    object_ids, object_hash = _ids(engine, kind, "object_id")
    account_slots, object_slots = _slots(account_hash), _slots(object_hash)
    if account_slots is not None and object_slots is not None:
        found = engine.query(ROWS, kind=kind)
        account = _places(found.pop("account").astype(np.uint64, copy=False), account_hash, account_slots)
        thing = _places(found.pop("object").astype(np.uint64, copy=False), object_hash, object_slots)
    else:
        found = engine.query(JOINED, kind=kind)
        account, thing = found.pop("account").astype(np.int32), found.pop("object").astype(np.int32)
    time_us, post = found["time_us"].astype(np.int64, copy=False), found["post_id"]
    order = _order(account, thing, time_us, post)
    if order is not None:
        account, thing, time_us, post = account[order], thing[order], time_us[order], post[order]
    return Shares(
        kind=kind,
        account=account,
        object=thing,
        time_us=time_us,
        post=post,
        account_ids=account_ids,
        object_ids=object_ids,
    )


def _ids(engine: Engine, kind: str, column: str) -> tuple[Text, np.ndarray[Any, np.dtype[np.uint64]]]:
    """Every id in this column, sorted as text, and its hash."""
    found = engine.query(IDS.format(column), kind=kind)
    return found["id"].astype(object, copy=False), found["hash"].astype(np.uint64, copy=False)


def _slots(hashes: np.ndarray[Any, np.dtype[np.uint64]]) -> Numbers | None:
    """Where `_places` looks a hash up; None if two are the same, or if so many stand together that it would be slow."""
    if len(np.unique(hashes)) < len(hashes):
        return None
    slot, steps = _filled(hashes, max(4, (2 * len(hashes)).bit_length()), MOST_STEPS * len(hashes))
    return slot if steps <= MOST_STEPS * len(hashes) else None


def _order(account: Numbers, thing: Numbers, time_us: np.ndarray[Any, Any], post: Text) -> np.ndarray[Any, Any] | None:
    """The order by object, time, account and post; None where the rows lie in it already.

    Posts are compared only between rows that are equal in the other three.
    """
    if len(account) < 2:
        return None
    order = None
    if not _in_order(account, thing, time_us):
        order = np.lexsort((account, time_us, thing))
        account, thing, time_us, post = account[order], thing[order], time_us[order], post[order]
    tied = (np.diff(thing) == 0) & (np.diff(time_us) == 0) & (np.diff(account) == 0)
    after = np.flatnonzero(tied) + 1
    if not len(after) or not (post[after] < post[after - 1]).any():
        return order
    rows = np.union1d(after - 1, after)
    within = np.lexsort((np.unique(post[rows], return_inverse=True)[1], account[rows], time_us[rows], thing[rows]))
    order = np.arange(len(account)) if order is None else order
    order[rows] = order[rows[within]]
    return order


@compiled
def _filled(hashes: Any, bits: int, most_steps: int) -> Any:
    """A table of 2 ** `bits` slots, each hash in the first free one from its own bits on, and the steps that took."""
    slot = np.full(1 << bits, -1, np.int32)
    steps = 0
    for i in range(hashes.size):
        at = np.int64(hashes[i] >> np.uint64(64 - bits))
        while slot[at] >= 0:
            at = (at + 1) & (slot.size - 1)
            steps += 1
            if steps > most_steps:
                return slot, steps
        slot[at] = i
    return slot, steps


@compiled
def _places(hashes: Any, known: Any, slot: Any) -> Any:
    """The place of each hash among the known ones; each is one of them."""
    bits = 0
    while 1 << bits < slot.size:
        bits += 1
    place = np.empty(hashes.size, np.int32)
    for i in range(hashes.size):
        at = np.int64(hashes[i] >> np.uint64(64 - bits))
        while known[slot[at]] != hashes[i]:
            at = (at + 1) & (slot.size - 1)
        place[i] = slot[at]
    return place


@compiled
def _in_order(account: Any, thing: Any, time: Any) -> bool:
    """Whether rows lie by object, time, account."""
    for i in range(1, account.size):
        if thing[i - 1] != thing[i]:
            if thing[i - 1] > thing[i]:
                return False
        elif time[i - 1] != time[i]:
            if time[i - 1] > time[i]:
                return False
        elif account[i - 1] > account[i]:
            return False
    return True


@compiled
def _is_first(thing: Any, account: Any, n_accounts: int) -> Any:
    """Which rows, sorted by object, are the first of their object and account."""
    seen = np.full(n_accounts, -1, np.int32)
    first = np.zeros(thing.size, np.bool_)
    for i in range(thing.size):
        if seen[account[i]] != thing[i]:
            seen[account[i]] = thing[i]
            first[i] = True
    return first
