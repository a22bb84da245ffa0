"""Replies: two accounts answered the same post."""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace

QUERY = """
select reply_to as object_id, account_id, post_id, time
from posts
where reply_to is not null and reply_to <> '' and not is_repost
"""

TRACE = Trace(
    name="reply",
    question="Who answered the same posts?",
    words=Words("replied to", "post", "posts"),
    find=lambda engine: QUERY,
    source="Graham et al. 2020, Coordination Network Toolkit, https://github.com/QUT-Digital-Observatory/coordination-network-toolkit",
    innocent=(
        "a conversation among people who know each other",
        "a post by a well-known account that everyone answers",
        "readers alerted to each new post of one account",
    ),
)
