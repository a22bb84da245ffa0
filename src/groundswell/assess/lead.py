"""Did they start it or trail it? When the members first used a thing, against when everyone else did.

    each account's first use ──► Timing       median of the members, median of the others, on one clock

Coming first does not say that others came because of it, and an earlier post may lie outside the collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groundswell.assess.case import Case
from groundswell.assess.wording import counted, duration, part

FIRST_USES = """
select object_id, is_member, epoch_us(time) as time_us
from group_share
where group_id = $group_id and kind = $kind
order by object_id, time_us, account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """First uses of one thing by members and by others."""

    members: int
    others: int
    lag_s: float
    """Median first use of the members minus that of the others, in seconds; below zero the members came first."""


def timing(members_us: Sequence[int], others_us: Sequence[int]) -> Timing | None:
    """Compare first uses, in microseconds; None where one side has none."""
    if not members_us or not others_us:
        return None
    lag_us = float(np.median(members_us) - np.median(others_us))
    return Timing(members=len(members_us), others=len(others_us), lag_s=lag_us / 1e6)


def campaign_sentence(lead: Timing, precision_s: float) -> str:
    """Lead or trail in one campaign, as a sentence."""
    who = (
        f"The median first use by the {counted(lead.members, 'member', 'members')} who used it came"
        if lead.members > 1
        else "The first use by the one member who used it came"
    )
    others = f"the median first use by {counted(lead.others, 'other account', 'other accounts')}"
    if abs(lead.lag_s) <= precision_s:
        return f"{who} at the same time as {others}."
    return f"{who} {duration(abs(lead.lag_s))} {'after' if lead.lag_s > 0 else 'before'} {others}."


@dataclass(frozen=True, slots=True)
class GroupLead:
    """Lead or trail over all the things a group met on."""

    lag_s: float
    """Median over the things, in seconds; below zero the members came first."""
    sentence: str


def group_lead(case: Case) -> GroupLead | None:
    """Lead or trail over the things the group met on; None where nobody else shared any of them."""
    uses: dict[str, tuple[list[int], list[int]]] = {}
    for object_id, is_member, time_us in case.rows(FIRST_USES):
        uses.setdefault(object_id, ([], []))[0 if is_member else 1].append(time_us)
    compared = [lead for members, others in uses.values() if (lead := timing(members, others))]
    if not compared:
        return None
    before = sum(lead.lag_s < 0 for lead in compared)
    lag_s = float(np.median([lead.lag_s for lead in compared]))
    typical = (
        "typically at the same time"
        if abs(lag_s) <= case.scope.precision_s
        else f"typically {duration(abs(lag_s))} {'after' if lag_s > 0 else 'before'} them"
    )
    return GroupLead(
        lag_s,
        f"The members came before the others for {part(before, len(compared), case.words.one, case.words.many)}"
        f" that others {case.words.did} too, {typical} (medians of first uses).",
    )
