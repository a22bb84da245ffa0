"""The campaign that a run was asked for, as it may be printed: ids of posts and names of accounts keyed, words kept.

A list of post ids leads straight to their accounts, and a command line is printed to be copied.
"""

from __future__ import annotations

from groundswell.assess.query import POSTS, read_query
from groundswell.publish.redaction import Redaction


def campaign_asked(campaign: str | None, redaction: Redaction) -> str | None:
    """What was asked, with every id replaced unless names are shown; None where nothing was asked."""
    if campaign is None or redaction.shown:
        return campaign
    query = read_query(campaign)
    if query.kind == "posts":
        return f"{POSTS} {', '.join(redaction.post(post_id) for post_id in query.folded.split())}"
    return redaction.names(campaign)
