"""Reposts: two accounts repeated the same post.

Where a file flags a repost but hides what it repeats, the repeated words stand for the post.
"""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.normal_text import define_normal_texts
from groundswell.traces.trace import Trace

# An account repeating its own post says nothing about others and is left out.
QUERY = """
select coalesce(repost_of, 'text:' || object_id) as object_id, account_id, post_id, time
from (
    select repost_of, null as object_id, account_id, post_id, time, repost_of_account
    from posts where is_repost and repost_of is not null
    union all
    select repost_of, object_id, account_id, post_id, time, repost_of_account
    from worded where is_repost and repost_of is null
)
where repost_of_account is null or repost_of_account <> account_id
"""


TRACE = Trace(
    name="repost",
    question="Who repeated the same posts?",
    words=Words("reposted", "post", "posts"),
    needs=(define_normal_texts,),
    find=lambda engine: QUERY,
    source="Pacheco et al. 2021, doi:10.1609/icwsm.v15i1.18075",
    innocent=(
        "readers who follow the same accounts and are quick",
        "a post that many people wait for",
        "supporters who boost one account in the open",
    ),
)
