"""Hashtag sequences: two accounts set the same three or more tags in the same order.

One shared tag is a topic. The same row of tags in the same order is a template.
"""

from __future__ import annotations

from groundswell.traces.hashtag import define_folded_tags
from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace

FEWEST_TAGS = 3
"""Two tags meet by chance in any live event; Pacheco et al. (2021) ask for five distinct ones a day instead."""

# Repeats of a tag inside a post stay in the sequence; three distinct ones are needed.
QUERY = f"""
select string_agg('#' || f.object_id, ' ' order by place) as object_id, account_id, post_id, time
from (
    select unnest(hashtags) as tag, generate_subscripts(hashtags, 1) as place, account_id, post_id, time
    from posts
    where not is_repost and len(hashtags) >= {FEWEST_TAGS}
)
join folded_tags as f using (tag)
group by account_id, post_id, time
having count(distinct f.object_id) >= {FEWEST_TAGS}
"""


TRACE = Trace(
    name="hashtag_sequence",
    question="Who set the same hashtags in the same order?",
    words=Words("used", "sequence of hashtags", "sequences of hashtags"),
    needs=(define_folded_tags,),
    find=lambda engine: QUERY,
    source="Pacheco et al. 2021, doi:10.1609/icwsm.v15i1.18075",
    innocent=(
        "a template that an organiser gave out in the open",
        "a share button that fills in the tags",
        "one organisation posting from its official accounts",
    ),
)
