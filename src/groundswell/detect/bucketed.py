"""The pair kernel's twin in SQL: the query a reader can check, and the way when data outgrow memory.

    traces ──► (account_a, account_b, n_objects)          the same rows as `pairs.pairs_within`

Shares lie in buckets as long as the window, so two shares at most a window apart are in the same bucket or in
neighbours, and an object shared a million times does not cost a million squared. DuckDB spills what does not
fit. On 10 million shares it takes many times the kernel's CPU time (docs/speed.md); where nothing can be compiled it is
the quicker of the two.
"""

from __future__ import annotations

from datetime import timedelta

from groundswell.detect.shares import Shares
from groundswell.engine.duck import Duck
from groundswell.engine.engine import Engine
from groundswell.model.table import Columns

# Longer than any two times lie apart, and far from overflow when added to one.
LONGEST_US = 1 << 61

QUERY = """
with share as (
    select account_id, object_id, epoch_us(time) as at_us, epoch_us(time) // $width_us as bucket
    from traces
    where kind = $kind
), near as (
    select bucket as meets, * from share
    union all
    select bucket + 1 as meets, * from share
), met as (
    select distinct
        least(early.account_id, late.account_id) as account_a,
        greatest(early.account_id, late.account_id) as account_b,
        early.object_id
    from near as early
    join share as late on early.object_id = late.object_id and early.meets = late.bucket
    where early.account_id <> late.account_id
      and late.at_us - early.at_us between 0 and $window_us
)
select account_a, account_b, count(*) as n_objects
from met
group by account_a, account_b
having count(*) >= $min_objects
order by account_a, account_b
"""


def pairs_by_join(engine: Engine, kind: str, window: timedelta, *, min_objects: int = 2) -> Columns:
    """Every pair of accounts that shared `min_objects` objects or more within `window`, by a bucketed equi-join.

    Parameters
    ----------
    engine
        Holds ``traces``.
    kind
        The kind of trace to look at.
    window
        Longest time between two shares that still count, ends included.
    min_objects
        Fewest distinct objects.

    Returns
    -------
    ``account_a`` < ``account_b`` (text) and ``n_objects``, sorted by the two accounts
    """
    window_us = min(window // timedelta(microseconds=1), LONGEST_US)
    if window_us < 0 or min_objects < 1:
        raise ValueError(f"window and min_objects can't be negative or nothing, got {window} and {min_objects}")
    return engine.query(QUERY, kind=kind, window_us=window_us, width_us=max(window_us, 1), min_objects=min_objects)


NUMBERS = """
select 'number' as kind, account as account_id, object as object_id, make_timestamp(time_us) as time from numbers
"""
"""Shares as traces; the numbers lie in the order of the ids."""


def pairs_of_numbers(shares: Shares, window: timedelta, *, min_objects: int = 2) -> Columns:
    """What `pairs_by_join` tells, for shares that were read already, with their numbers for ids."""
    with Duck() as engine:
        numbers = {"account": shares.account, "object": shares.object, "time_us": shares.time_us}
        engine.con.register("numbers", numbers)
        engine.define("traces", NUMBERS)
        return pairs_by_join(engine, "number", window, min_objects=min_objects)
