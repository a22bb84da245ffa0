"""Tallies of a scope by hour, weekday, day or language: counts with their whole, unknown as a row of its own."""

from __future__ import annotations

from typing import Any

from groundswell.watch.panel import Answer
from groundswell.watch.scope import Scope

TALLY = """
with chosen as (select unnest($accounts) as account)
select {key} as key, count(*) as n_all, count(*) filter ($everybody or account in (select account from chosen)) as n
from wrote where time > $start and time <= $at group by key order by key nulls last
"""


def tally(scope: Scope, key: str, names: dict[int, str] | None = None) -> Answer:
    """Count posts by an expression over ``wrote``; keys come from our own files, never from input."""
    members = [] if scope.members is None else [int(one) for one in scope.members]
    found = scope.engine.rows(
        TALLY.format(key=key),
        accounts=members or [-1],
        everybody=scope.members is None,
        start=scope.span.start,
        at=scope.span.at,
    )
    posts, posts_all = sum(n for _, _, n in found), sum(n_all for _, n_all, _ in found)
    rows: list[dict[str, Any]] = [
        {
            "name": "unknown" if value is None else (names or {}).get(value, str(value)),
            "count": n,
            "share_list": n / posts if posts else None,
            "count_all": n_all,
            "share_of_all_posts": n_all / posts_all if posts_all else None,
        }
        for value, n_all, n in found
    ]
    return Answer(rows=rows, n_items=len(rows), shape="tally")
