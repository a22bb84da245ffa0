"""A share button fills in the text: strangers then post the same words, with the page's address behind them.

It explains equal words, never equal minutes. The titles of the pages are not in the files and nothing is fetched.
"""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import part
from groundswell.model.finding import Weight

FILLED_IN = ("text", "hashtag_sequence")
"""Kinds of trace that a button can write."""

QUERY = """
select count(*), count(*) filter (where n_urls > 0), count(n_urls)
from group_share join group_post using (group_id, account_id, post_id)
where group_id = $group_id and kind = $kind and is_member
"""


def weigh(case: Case) -> tuple[Weight, str]:
    """Look whether the copied posts carry an address at all."""
    if case.layer.kind not in FILLED_IN:
        return Weight.AGAINST, f"The group rests on {case.words.many} at the same time, not on equal words."
    ((posts, with_url, known),) = case.rows(QUERY)
    if not known:
        return (
            Weight.CANNOT_TELL,
            "The files do not say which posts carry a link, nor what a button would write.",
        )
    said = f"A link stands in {part(with_url, posts, 'copied post', 'copied posts')}"
    if not with_url:
        return Weight.AGAINST, f"{said}: no button that shares a page wrote them."
    return Weight.CANNOT_TELL, f"{said}. What a button would have written there is not in the files."


ALTERNATIVE = Explanation(
    name="A share button that filled in the text",
    question="Does a page offer these very words?",
    weigh=weigh,
)
