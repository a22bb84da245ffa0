"""Copied words: two accounts wrote the same text, links and handles aside. Reposts are not copies."""

from __future__ import annotations

from groundswell.traces.kinds import Words
from groundswell.traces.normal_text import define_normal_texts
from groundswell.traces.trace import Trace

# Only texts of at least `normal_text.FEWEST_WORDS` words are compared.
QUERY = """
select object_id, account_id, post_id, time from worded where not is_repost
"""


TRACE = Trace(
    name="text",
    question="Who wrote the same words?",
    words=Words("posted", "text", "texts"),
    needs=(define_normal_texts,),
    find=lambda engine: QUERY,
    source="Keller et al. 2020, doi:10.1080/10584609.2019.1661888",
    innocent=(
        "a share button that fills in the text",
        "a quotation, a slogan or a song everyone knows",
        "one organisation posting from its official accounts",
    ),
)
