"""Where else the words, the picture and the hashtags of a post stand in the data, and where they stand first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from groundswell.engine.engine import Engine
from groundswell.personas.post_spread import iso
from groundswell.traces.normal_text import text_object

COPIES = """
select post_id, account_id, time from posts join copied_text using (text)
where not is_repost order by time, account_id, post_id
"""

PICTURES = """
with shown as (
    select distinct post_id, account_id, time, unnest(shared_kinds) as kind, unnest(shared_objects) as thing from posts
    where not is_repost
)
select distinct post_id, account_id, time from shown
where kind = 'image' and thing in (select thing from shown where post_id = $post_id and kind = 'image')
order by time, account_id, post_id
"""

FIRST_TAG = """
select tag, min(time), arg_min(post_id, (time, account_id, post_id)), count(*), count(distinct account_id)
from (select distinct post_id, account_id, time, lower(unnest(hashtags)) as tag from posts where not is_repost)
where tag in (select unnest($tags::text[])) group by tag order by tag
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The same words, or the same picture, elsewhere in the data."""

    posts: int
    """This post included."""
    accounts: int
    first_post: str
    first_time: str
    """The earliest that survives in what was collected; it need not be the first."""
    post_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A hashtag of the post, and its earliest surviving use."""

    tag: str
    posts: int
    """This post included."""
    accounts: int
    first_post: str
    first_time: str


def text_copies(engine: Engine, text: str | None) -> Copies | None:
    """Posts with the same words, signs and case aside; None of a text too short to tell."""
    thing = text_object(text) if text else None
    if thing is None:
        return None
    texts = engine.query("select distinct text from posts where text is not null and not is_repost order by text")
    same = [one for one in texts["text"] if text_object(one) == thing]
    engine.define("copied_text", "select unnest($texts::text[]) as text", texts=same)
    return _copies(engine.rows(COPIES))


def picture_copies(engine: Engine, post_id: str) -> Copies | None:
    """Posts with a picture of this one; None where it has none."""
    return _copies(engine.rows(PICTURES, post_id=post_id))


def _copies(rows: Sequence[tuple[Any, ...]]) -> Copies | None:
    if not rows:
        return None
    return Copies(
        posts=len(rows),
        accounts=len({account for _, account, _ in rows}),
        first_post=rows[0][0],
        first_time=iso(rows[0][2]) or "",
        post_ids=tuple(post for post, _, _ in rows),
    )


def tags_of(engine: Engine, hashtags: Sequence[str] | None) -> tuple[Tag, ...]:
    """The earliest surviving use of each hashtag."""
    tags = sorted({tag.lower() for tag in hashtags or ()})
    rows = engine.rows(FIRST_TAG, tags=tags) if tags else []
    return tuple(
        Tag(tag=tag, posts=posts, accounts=accounts, first_post=post, first_time=iso(time) or "")
        for tag, time, post, posts, accounts in rows
    )
