"""Accounts to hold a group against: outside every reported group, as busy in these data, and about as old.

    members, everybody else ──► matched        the nearest in pace and age, a few for each member

«3 of 14 are gone» says nothing alone: most accounts that are looked up years later are gone. It says something beside
accounts that were like them in what could be seen before.
"""

from __future__ import annotations

from collections.abc import Collection

from groundswell.engine.engine import Engine

PACE = 2.0
"""A matched account posted half to twice as often."""
AGE_DAYS = 365
"""And was made within a year of the member, where both are known."""
FOR_EACH = 10
"""Matched accounts for each member, at most."""

MATCHED = """
with paced as (
    select account_id, count(*) as n from posts group by account_id
), born as (
    select account_id, min(created_at) as created_at from accounts group by account_id
), known as (
    select account_id, n, created_at from paced left join born using (account_id)
    where account_id in (select unnest($looked_at::text[]))
), near as (
    select o.account_id, abs(ln(o.n / m.n)) as pace, m.account_id as member,
           row_number() over (
               partition by m.account_id
               order by (o.created_at is null or m.created_at is null), abs(ln(o.n / m.n)),
                        abs(date_diff('day', o.created_at, m.created_at)), o.account_id
           ) as place
    from (select account_id, n::double as n, created_at from known) as m
    join (select account_id, n::double as n, created_at from known) as o
        on o.n between m.n / $pace and m.n * $pace
       and (o.created_at is null or m.created_at is null
            or abs(date_diff('day', o.created_at, m.created_at)) <= $age_days)
    where m.account_id in (select unnest($members::text[]))
      and o.account_id not in (select unnest($excluded::text[]))
)
select distinct account_id from near where place <= $for_each order by account_id
"""


def matched_accounts(
    engine: Engine, members: Collection[str], *, excluded: Collection[str], looked_at: Collection[str]
) -> tuple[str, ...]:
    """Find accounts like the members in pace and age.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``accounts``.
    members
        The accounts of a group.
    excluded
        Accounts that may not be taken: the members of every reported group.
    looked_at
        Accounts whose status is known; others have nothing to compare.

    Notes
    -----
    Time grows with the members times the accounts of their pace.
    """
    rows = engine.rows(
        MATCHED,
        members=sorted(members),
        excluded=sorted({*excluded, *members}),
        looked_at=sorted(looked_at),
        pace=PACE,
        age_days=AGE_DAYS,
        for_each=FOR_EACH,
    )
    return tuple(account for (account,) in rows)
