"""The accounts of a study as records, in the order of platform and id."""

from __future__ import annotations

from datetime import UTC

from groundswell.engine.engine import Engine
from groundswell.errors import NothingToDo
from groundswell.model.post import ACCOUNTS, Account

QUERY = f"""
select {", ".join(ACCOUNTS.columns)}
from accounts
where handle is not null or name is not null
order by platform, account_id
"""


def study_accounts(engine: Engine) -> tuple[Account, ...]:
    """Accounts that have a handle or a display name.

    Parameters
    ----------
    engine
        Holds the table ``accounts``.

    Raises
    ------
    NothingToDo
        No account has a name.
    """
    rows = engine.rows(QUERY)
    if not rows:
        raise NothingToDo(
            "No account in this study has a handle or a display name.\n"
            "  The files that were read hold ids only; names can't be compared.\n"
            "  Give a list instead: `groundswell lookalikes names.txt --protected protected.txt`."
        )
    accounts = (Account(**dict(zip(ACCOUNTS.columns, row, strict=True))) for row in rows)
    return tuple(_in_utc(account) for account in accounts)


def _in_utc(account: Account) -> Account:
    if account.created_at is None:
        return account
    values = {name: getattr(account, name) for name in ACCOUNTS.columns}
    return Account(**{**values, "created_at": account.created_at.replace(tzinfo=UTC)})
