"""Were the members' accounts made together, more than the other accounts of the same campaign?

    creation times of members · of the others in the campaign ──► Births

The campaign is its own background: an event that brings newcomers brings them to everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy

from groundswell.assess.deception import FEWEST_OUTSIDE, busiest_day
from groundswell.engine.engine import Engine
from groundswell.model.campaign import Births

NEW_US = 30 * 86_400_000_000

BORN = """
select p.account_id, epoch_us(min(a.created_at)) as born_us, epoch_us(min(p.time)) as first_us
from campaign_post as p
join accounts as a on a.account_id = p.account_id and a.created_at is not null
group by p.account_id
order by born_us, p.account_id
"""


def births_of(engine: Engine, members: Mapping[str, int]) -> Births | None:
    """Compare the creation times; None where that of no member is known."""
    rows = engine.rows(BORN)
    inside = [(born, first) for account, born, first in rows if account in members]
    outside = [(born, first) for account, born, first in rows if account not in members]
    if not inside:
        return None
    theirs, others = _busiest(inside), _busiest(outside)
    rate = (others + 1) / (len(outside) + 1)
    known = len(outside) >= FEWEST_OUTSIDE
    return Births(
        members=len(inside),
        others=len(outside),
        members_one_day=theirs,
        others_one_day=others,
        members_new=sum(first - born <= NEW_US for born, first in inside),
        others_new=sum(first - born <= NEW_US for born, first in outside),
        # Any of the members may begin the day, so each of them is tried.
        p=min(1.0, len(inside) * float(scipy.stats.binom.sf(theirs - 1, len(inside), rate))) if known else None,
    )


def _busiest(rows: list[tuple[int, int]]) -> int:
    return busiest_day(np.array([born for born, _ in rows], dtype=np.int64))[1] if rows else 0
