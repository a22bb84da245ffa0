"""Hashtags: two accounts used the same tag. Case and compatibility forms are folded, as platforms do."""

from __future__ import annotations

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.traces.fold_tag import fold_tag
from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace, named_outright

FOLDED_TAGS = TableContract("folded_tags", {"tag": "text", "object_id": "text"}, order=("tag",))

# A tag that stands twice in a post counts once.
QUERY = """
select distinct f.object_id, account_id, post_id, time
from (select unnest(hashtags) as tag, account_id, post_id, time from posts where not is_repost)
join folded_tags as f using (tag)
union all
"""


TAGS = "select distinct tag from (select unnest(hashtags) as tag from posts) where tag is not null"


def define_folded_tags(engine: Engine) -> None:
    """Make the table ``folded_tags``: each distinct hashtag as written, with its folded form."""
    engine.derive(FOLDED_TAGS, TAGS, _folded)


def _folded(columns: Columns) -> Columns:
    """What is left of each tag, if anything."""
    found = [(tag, folded) for tag in columns["tag"] if (folded := fold_tag(tag))]
    return {"tag": text_column(tag for tag, _ in found), "object_id": text_column(folded for _, folded in found)}


TRACE = Trace(
    name="hashtag",
    question="Who used the same hashtags?",
    words=Words("used", "hashtag", "hashtags"),
    needs=(define_folded_tags,),
    find=lambda engine: QUERY + named_outright("hashtag"),
    source="Weber & Neumann 2021, doi:10.1007/s13278-021-00815-2",
    innocent=(
        "people who watch the same live event",
        "fans or activists acting in the open",
        "a tag that the platform itself suggests",
    ),
)
