"""What the data hold: the wholes that every sentence of a run counts against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from groundswell.engine.engine import Engine

POSTS = """
select count(*), count(distinct account_id), count(distinct time::date), count(*) filter (where is_repost),
       count(text), count(*) filter (where len(urls) > 0), count(*) filter (where len(hashtags) > 0), count(client)
from posts
"""

KINDS = "select kind, count(*) from traces group by kind order by kind"

PROFILES = """
select count(distinct account_id) from accounts where trim(coalesce(bio, '')) <> '' or trim(coalesce(picture, '')) <> ''
"""

CLIENTS = (
    "select client, count(distinct account_id) from posts where client is not null group by client order by client"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The wholes of one run."""

    n_posts: int
    n_accounts: int
    """Accounts that wrote at least one of the posts."""
    n_days: int
    """Distinct UTC days with a post."""
    n_reposts: int
    n_with_text: int
    n_with_urls: int
    n_with_hashtags: int
    n_with_client: int
    n_profiles: int
    """Accounts whose bio or picture is known and not empty."""
    kinds: Mapping[str, int]
    """Traces of each kind that was looked at and had any."""
    clients: Mapping[str, int]
    """Accounts that posted through each client."""
    precision_s: float
    """The clock's grain in seconds."""
    min_objects: int
    """Fewest objects that made a pair a link."""


def scope_of(engine: Engine, *, precision_s: float, min_objects: int) -> Scope:
    """Count the wholes in the tables ``posts``, ``accounts`` and ``traces``."""
    ((n_posts, n_accounts, n_days, n_reposts, text, urls, hashtags, client),) = engine.rows(POSTS)
    ((n_profiles,),) = engine.rows(PROFILES)
    return Scope(
        n_posts=n_posts,
        n_accounts=n_accounts,
        n_days=n_days,
        n_reposts=n_reposts,
        n_with_text=text,
        n_with_urls=urls,
        n_with_hashtags=hashtags,
        n_with_client=client,
        n_profiles=n_profiles,
        kinds=dict(engine.rows(KINDS)),
        clients=dict(engine.rows(CLIENTS)),
        precision_s=precision_s,
        min_objects=min_objects,
    )
