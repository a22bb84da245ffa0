"""Fans, followers or activists acting in the open: they wait for one account and are quick.

A campaign that always boosts one account within a minute leaves the same data as a fandom (docs/how_it_works.md of its
answer), so a lead speaks for this explanation and never against anyone.
"""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.disclosure import declares_itself
from groundswell.assess.wording import part
from groundswell.model.finding import Weight

SOURCE = """
select count(*), max(n)
from (
    select repost_of_account, count(distinct object_id) as n
    from group_share join group_post using (group_id, account_id, post_id)
    where group_id = $group_id and kind = $kind and is_member and repost_of_account is not null
    group by repost_of_account
)
"""


def weigh(case: Case) -> tuple[Weight, str]:
    """Look for one account that goes first, one account that is reposted, and profiles that say so."""
    declared = sum(declares_itself(profile) for profile in case.profiles)
    read, size = case.n_read, case.group.size
    lead = case.group.leads[0] if case.group.leads else None
    first = lead.occasions / lead.of if lead and lead.of else None
    ((sources, most),) = case.rows(SOURCE)
    source = most / case.layer.n_objects if sources and case.layer.n_objects else None
    sentences = [
        f"One account went first, or just before, on {part(lead.occasions, lead.of, 'occasion', 'occasions')}."
        if lead and lead.of
        else "Who went first is not known.",
    ]
    if source is not None:
        whole = max(case.layer.n_objects, most)
        sentences.append(f"One account wrote {part(most, whole, 'post', 'posts')} that they repeated.")
    sentences.append(
        f"{declared} of the {read} profiles read say they are fans, supporters, volunteers or the like."
        if read
        else "No profile was read that could say they are fans or activists."
    )
    return judge(first=first, source=source, declared=declared / size, read=read > 0), " ".join(sentences)


def judge(*, first: float | None, source: float | None, declared: float, read: bool) -> Weight:
    """Weigh three shares from 0 to 1: led by one account, all from one source, declared in profiles."""
    marks = (first or 0.0, source or 0.0)
    if declared >= 0.5 or min(marks) >= 0.8:
        return Weight.CLEARLY_FOR
    if max(marks) >= 0.5:
        return Weight.FOR
    return Weight.AGAINST if first is not None and max(marks) < 0.3 and read and not declared else Weight.CANNOT_TELL


ALTERNATIVE = Explanation(
    name="Fans or activists acting in the open",
    question="Do they follow one account, or a call that anyone can read?",
    weigh=weigh,
)
