"""Members of a list from indicators that a platform published: those that name an account the study has collected.

indicator ──handle, or the last step of a profile's address──► account ──► member, its row as the source

A published list speaks of the day it was published. Who stands on it is watched under a tier of its own, never pooled
with accounts that were found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from groundswell.read.threat_indicators import Indicator
from groundswell.watch.lists import Member, member

TIER = "published"


def members_of_indicators(
    indicators: Iterable[Indicator],
    accounts: Iterable[Sequence[str | None]],
    *,
    source: str,
    who: str,
    added: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> tuple[Member, ...]:
    """One row for each account that an indicator names; others are about accounts nobody collected, or no accounts.

    Parameters
    ----------
    accounts
        ``(account_id, handle)`` of the study. A handle of several accounts names none of them.
    source
        The file as readers can find it again; the row is put behind it.
    since, until
        The first and the last moment of what was collected: the rows are in force for it.
    """
    called: dict[str, set[str]] = {}
    for account_id, handle in accounts:
        for word in (account_id, handle):
            if account_id and word:
                called.setdefault(word.lstrip("@").casefold(), set()).add(account_id)
    rows: dict[str, Member] = {}
    for one in indicators:
        found = called.get(_name(one.value), set())
        if len(found) != 1:
            continue
        (account_id,) = found
        why = one.comment or one.tactic or one.kind
        rows.setdefault(
            account_id,
            member(
                account_id,
                reason=f"named in a published list: {why}",
                source=f"{source}, row {one.row}",
                who=who,
                tier=TIER,
                added=added,
                since=since,
                until=until,
            ),
        )
    return tuple(rows.values())


def _name(value: str) -> str:
    """What an indicator calls an account: itself, or the last step of its address."""
    try:
        path = urlsplit(value).path if "://" in value else value
    except ValueError:
        return ""
    return path.rstrip("/").rsplit("/", 1)[-1].lstrip("@").casefold()
