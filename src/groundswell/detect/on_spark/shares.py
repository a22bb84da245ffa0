"""Traces as numbers, on Spark: the `Shares` of every kind in one table.

    traces ──► accounts, objects      kind · id · number, in the order of the ids as text · n, its shares
               shares                 kind · account · object · time_us

The numbers run on from one kind to the next, so an account of two kinds has two, and no pair crosses kinds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.detect.shares import Shares
from groundswell.engine.spark import Spark
from groundswell.model.table import Columns

NAMES = """
select 0 as what, kind, account_id as id, count(*) as n from traces group by kind, account_id
union all
select 1 as what, kind, object_id as id, count(*) as n from traces group by kind, object_id
"""
"""Accounts first, then objects: sorted once, numbered once."""

SHARES = """
select (case t.kind {numbers} end)::bigint as kind, a.number as account, o.number as object, epoch_us(t.time) as time_us
from traces as t
join accounts as a on t.kind = a.kind and t.account_id = a.id
join objects as o on t.kind = o.kind and t.object_id = o.id
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trace, and where its accounts stand among those of all kinds."""

    number: int
    name: str
    n_shares: int
    first_account: int
    n_accounts: int


def define_shares(spark: Spark) -> tuple[Kind, ...]:
    """Number the accounts and objects of the view ``traces``, and make the table ``shares``."""
    spark.number("names", NAMES, by=("what", "kind", "id"))
    for what, name in enumerate(("accounts", "objects")):
        spark.view(name, f"select kind, id, n, number from names where what = {what}")
    found = spark.rows(
        "select kind, sum(n)::bigint as n_shares, min(number) as first, count(*) as many from accounts"
        " group by kind order by kind"
    )
    kinds = tuple(Kind(number, *row) for number, row in enumerate(found))
    numbers = " ".join(f"when $kind_{kind.number} then {kind.number}" for kind in kinds)
    spark.define("shares", SHARES.format(numbers=numbers), **{f"kind_{kind.number}": kind.name for kind in kinds})
    return kinds


def local(columns: Columns) -> Shares:
    """The rows of one partition as `Shares`: its accounts and objects numbered anew, in the same order.

    The ids of the result are the numbers that they have on Spark.
    """
    account_ids, account = np.unique(columns["account"], return_inverse=True)
    object_ids, thing = np.unique(columns["object"], return_inverse=True)
    order = np.lexsort((account, columns["time_us"], thing))
    return Shares(
        kind="",
        account=account[order].astype(np.int32),
        object=thing[order].astype(np.int32),
        time_us=columns["time_us"][order],
        post=np.empty(0, dtype=object),
        account_ids=account_ids,
        object_ids=object_ids,
    )
