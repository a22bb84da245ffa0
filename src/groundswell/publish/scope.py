"""What a page is about, in the numbers that stand at its top: how many posts, by whom, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groundswell.engine.engine import Engine

COUNTS = "select count(*), min(time), max(time) from posts"
PLATFORMS = "select distinct platform from posts where platform is not null order by platform"
ACCOUNTS = "select count(*) from (select account_id from posts union select account_id from traces)"
OBJECTS = """
select kind, count(*), count(distinct object_id), count(distinct account_id) from traces group by kind order by kind
"""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What was looked at."""

    n_posts: int
    n_accounts: int
    """Accounts that wrote or shared at least once."""
    platforms: tuple[str, ...]
    first: Any
    last: Any
    """UTC; None without posts."""
    traces: tuple[tuple[str, int, int, int], ...]
    """(kind, traces, distinct objects, accounts) of each kind of trace."""


def scope(engine: Engine) -> Scope:
    """Count what was looked at."""
    ((n_posts, first, last),) = engine.rows(COUNTS)
    ((n_accounts,),) = engine.rows(ACCOUNTS)
    return Scope(
        n_posts=n_posts,
        n_accounts=n_accounts,
        platforms=tuple(platform for (platform,) in engine.rows(PLATFORMS)),
        first=first,
        last=last,
        traces=tuple((kind, n, objects, accounts) for kind, n, objects, accounts in engine.rows(OBJECTS)),
    )
