"""Traces of one kind as dense numbers: what the kernels read.

    traces of one kind ──► Shares      sorted by object, then time, then account

Accounts are numbered in the order of their ids as text, so a < b as numbers is a < b as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine

QUERY = """
with account as (
    select account_id, (row_number() over (order by account_id) - 1)::integer as account
    from (select distinct account_id from traces where kind = $kind)
), object as (
    select object_id, (row_number() over (order by object_id) - 1)::integer as object
    from (select distinct object_id from traces where kind = $kind)
)
select account, object, epoch_us(time) as time_us, account_id, object_id, post_id
from traces join account using (account_id) join object using (object_id)
where kind = $kind
order by object, time_us, account, post_id
"""


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

    def first(self) -> Shares:
        """Only the first share of each object by each account: the ones after it are the account's own echo."""
        key = self.object.astype(np.int64) * max(len(self.account_ids), 1) + self.account
        _, at = np.unique(key, return_index=True)
        at.sort()
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
    """The shares of one kind in the view ``traces``."""
    found = engine.query(QUERY, kind=kind)
    account, thing = found["account"].astype(np.int32), found["object"].astype(np.int32)
    return Shares(
        kind=kind,
        account=account,
        object=thing,
        time_us=found["time_us"].astype(np.int64),
        post=found["post_id"],
        account_ids=_ids(account, found["account_id"]),
        object_ids=_ids(thing, found["object_id"]),
    )


def _ids(number: np.ndarray[Any, Any], text: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The text id of each number, by the first row that has it."""
    _, at = np.unique(number, return_index=True)
    ids = np.empty(len(at), dtype=object)
    ids[:] = text[at]
    return ids
