"""Had the members just seen it at somebody they follow?

    Evidence, rows of members ──► mask         shares that come soon after one by an outsider whom the member follows

A share soon after one by an account that its author follows has an explanation that needs no agreement. Where it is
known who follows whom, a group has to stand out without such shares. Members that follow each other explain nothing:
a group may well follow itself. So a follow list only ever takes evidence away, and one that is forged or has gaps
makes no group.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Ints
from groundswell.detect.leaders import LEAD_US

Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


def prompted(evidence: Evidence, rows: Ints, members: Ints) -> Mask:
    """Those of the members' rows that come after a share of the same object by an outsider whom they follow.

    Up to three minutes after, or as long as the window is; in the same instant of the clock too, for which of the two
    was first can't be told. None of them where there is no follow list.
    """
    log = evidence.log
    if log.following is None:
        return np.zeros(len(rows), np.bool_)
    member = np.zeros(log.n_accounts, np.bool_)
    member[members] = True
    seen: Mask = seen_before(
        log.start,
        log.shares.object,
        log.shares.account,
        log.shares.time_us,
        rows,
        member,
        log.following.start,
        log.following.followed,
        max(evidence.scene.window_us, LEAD_US),
    )
    return seen


@compiled
def seen_before(
    start: Any,
    thing: Any,
    account: Any,
    time_us: Any,
    rows: Any,
    member: Any,
    follow_start: Any,
    followed: Any,
    reach_us: int,
) -> Any:
    """For each row, whether somebody its author follows, no member, shared its object up to `reach_us` before."""
    seen = np.zeros(rows.size, np.bool_)
    for i in range(rows.size):
        row = rows[i]
        low, high = follow_start[account[row]], follow_start[account[row] + 1]
        if low == high:
            continue
        at, end = row, start[thing[row] + 1]
        while at + 1 < end and time_us[at + 1] == time_us[row]:
            at += 1
        while at >= start[thing[row]] and time_us[row] - time_us[at] <= reach_us:
            other = account[at]
            if not member[other]:
                place = low + np.searchsorted(followed[low:high], other)
                if place < high and followed[place] == other:
                    seen[i] = True
                    break
            at -= 1
    return seen
