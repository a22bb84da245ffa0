"""The sentence that may be printed of a list's item: rank, share of all uses, lift and order, in one breath.

The failure that this answers: a tag ranked first in a list of 600 accounts and was 0.27 % of its uses; only the first
half was printed. Here the halves can't be had apart.
"""

from __future__ import annotations

from groundswell.assess.wording import check, counted, percent
from groundswell.watch.history import Lead
from groundswell.watch.lift import times
from groundswell.watch.row import Row
from groundswell.watch.span import Span

LEVEL_DAYS = 0.5
"""Closer than so many days is neither leading nor trailing."""


def watch_sentence(row: Row, *, shown: str, n_members: int, span: Span, lead: Lead | None) -> str:
    """What may be printed of a row.

    Parameters
    ----------
    shown
        The item as readers see it, such as ``#OpenGate``.
    n_members
        Accounts on the list.
    """
    accounts = f"{row.accounts:,} of the list’s {counted(n_members, 'account', 'accounts')}"
    when = f"in the {span.hours:g} hours to {span.at:%-d %B %Y, %H:%M} UTC"
    used = f"{accounts} used {shown} in {counted(row.count, 'post', 'posts')} {when}"
    moved = f"{row.rank_low} to {row.rank_high}" if row.rank_low != row.rank_high else "the same"
    place = f"rank {row.rank} in the list ({moved} when accounts are left out)"
    if row.share_all is None:
        whole = "what share of all uses that is, is unknown: nobody else was collected"
    else:
        whole = f"that is {percent(row.share_all)} of the {counted(row.count_all, 'collected use', 'collected uses')}"
        if row.rank_all is not None:
            whole += f", where it ranks {row.rank_all}"
    said = f"{used}: {place}; {whole}"
    if lead is not None and lead.trails_days is not None:
        said += f", and {_order(lead.trails_days)}"
    said += "."
    if row.lift is not None:
        ratio, low, high = (times(one) for one in (row.lift.ratio, row.lift.low, row.lift.high))
        compared = f"Matched accounts used it as often as these ({low} to {high} times)."
        if not row.lift.typical:
            compared = f"Per post that is {ratio} times as often as matched accounts ({low} to {high})."
        said += f" {compared}"
    said += " Nothing here says that the list made it rise."
    check(said)
    return said


def _order(days: float) -> str:
    if abs(days) < LEVEL_DAYS:
        return "its members came to it at the same time as everybody else"
    way = "after" if days > 0 else "before"
    return f"by the median first use its members came to it {abs(days):.1f} days {way} everybody else"
