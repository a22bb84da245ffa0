"""What the author of a post says of itself, and what it shares with other accounts of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groundswell.engine.engine import Engine
from groundswell.personas.lookalikes import lookalikes
from groundswell.personas.post_spread import iso
from groundswell.personas.study_accounts import study_accounts

AUTHOR = """
select handle, name, bio, picture, created_at, followers from accounts where account_id = $account_id
order by platform limit 1
"""

SAME_PICTURE = """
select account_id, name from accounts
where picture = $picture and account_id <> $account_id order by created_at nulls last, account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """What the author says of itself, and who shares it."""

    account_id: str
    handle: str | None
    name: str | None
    followers: int | None
    created_at: str | None
    age_days: float | None
    """At the time of the post."""
    same_picture: tuple[str, ...] | None
    """Other accounts with the very same picture; None where the picture is not known."""
    same_picture_names: tuple[str, ...]
    """Their names, where they differ from the author's."""
    alike_names: tuple[str, ...] | None
    """Older accounts whose name the author's can be taken for; None where no name is known."""
    gone: bool | None
    """Whether the account is no longer there; None where nobody looked."""
    n_names: int
    """Accounts with a name, among whom alike names were looked for."""


def author_of(engine: Engine, account_id: str, posted: Any, *, gone: bool | None = None) -> Author:
    """Look the author up.

    Parameters
    ----------
    posted
        When the post was written, as the table has it; None where the post is not in the data.
    gone
        Whether the account is no longer there; None where nobody looked.
    """
    rows = engine.rows(AUTHOR, account_id=account_id)
    handle, name, _, picture, created_at, followers = rows[0] if rows else (None,) * 6
    sharing = engine.rows(SAME_PICTURE, picture=picture, account_id=account_id) if picture else []
    alike, n_names = _alike_names(engine, account_id) if handle or name else (None, 0)
    known_age = created_at is not None and posted is not None and created_at <= posted
    return Author(
        account_id=account_id,
        handle=handle,
        name=name,
        followers=followers,
        created_at=iso(created_at),
        age_days=round((posted - created_at).total_seconds() / 86400, 1) if known_age else None,
        same_picture=tuple(account for account, _ in sharing) if picture else None,
        same_picture_names=tuple(dict.fromkeys(other for _, other in sharing if other and other != name)),
        alike_names=alike,
        gone=gone,
        n_names=n_names,
    )


def _alike_names(engine: Engine, account_id: str) -> tuple[tuple[str, ...], int]:
    accounts = study_accounts(engine)
    own = [account for account in accounts if account.account_id == account_id]
    rest = [account for account in accounts if account.account_id != account_id]
    found = lookalikes(own, rest).pairs
    older = [
        pair.protected_name
        for pair in found
        if pair.protected.created_at is None
        or pair.candidate.created_at is None
        or pair.protected.created_at < pair.candidate.created_at
    ]
    return tuple(dict.fromkeys(older)), len(accounts)
