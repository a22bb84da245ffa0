"""The tables that leave with a report: accounts.csv and edges.csv, as RFC 4180 has them.

Canonical tables: no cell is changed for the sake of a spreadsheet. Unknown is an empty cell, times are ISO 8601 in
UTC, rows end in CRLF, and accounts stand under the names that the report uses.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from groundswell.model.link import LINKS
from groundswell.publish.edition import Edition
from groundswell.publish.redaction import inert

# ISO 8601 in UTC without idle zeros. Written by the engine: a million times in Python take half a minute.
ISO = r"regexp_replace(strftime({time}, '%Y-%m-%dT%H:%M:%S.%f'), '\.?0*$', '') || 'Z'"

ACCOUNTS = f"""
with wrote as (
    select account_id, count(*) as n_posts, min(time) as first_time, max(time) as last_time
    from posts group by account_id
), told as (
    select account_id, min(handle) as handle, min(name) as name, min(platform) as platform
    from accounts group by account_id
), shared as (
    select account_id, min(time) as first_time, max(time) as last_time from traces group by account_id
), everyone as (
    select account_id from wrote union select account_id from told union select account_id from shared
)
select account_id, platform, handle, name, coalesce(n_posts, 0) as n_posts,
       {ISO.format(time="coalesce(wrote.first_time, shared.first_time)")} as first_time,
       {ISO.format(time="coalesce(wrote.last_time, shared.last_time)")} as last_time
from everyone
left join wrote using (account_id) left join told using (account_id) left join shared using (account_id)
order by account_id
"""

EDGES = f"""
with member as (select unnest($group_ids) as group_id, unnest($account_ids) as account_id)
select links.* replace ({ISO.format(time="first_time")} as first_time, {ISO.format(time="last_time")} as last_time), (
    select min(a.group_id) from member as a join member as b using (group_id)
    where a.account_id = links.account_a and b.account_id = links.account_b
) as group_id
from links
where q_timing <= $fdr or q_selection <= $fdr or group_id is not null
order by kind, window_s, account_a, account_b
"""

ACCOUNT_COLUMNS = ("account_id", "platform", "handle", "name", "n_posts", "first_time", "last_time", "group_ids")
EDGE_COLUMNS = (*LINKS.columns, "group_id")


def accounts_csv(edition: Edition) -> str:
    """The rows of `account_rows` as a table."""
    return _csv(ACCOUNT_COLUMNS, account_rows(edition))


def account_rows(edition: Edition) -> list[tuple[Any, ...]]:
    """Every account of the edition: what it is called here, how much it wrote, and the groups it is in."""
    found = edition.engine.query(ACCOUNTS)
    groups: dict[str, list[str]] = {}
    for group in edition.reported:
        for account_id in group.account_ids:
            groups.setdefault(account_id, []).append(group.group_id)
    shown = edition.parameters.show_handles
    rows = [
        (
            edition.redaction.account(account_id),
            platform,
            handle if shown else None,
            name if shown else None,
            n_posts,
            first,
            last,
            " ".join(sorted(groups.get(account_id, ()))),
        )
        for account_id, platform, handle, name, n_posts, first, last in _rows(found)
    ]
    return sorted(rows, key=lambda row: row[0])


def edges(edition: Edition) -> list[tuple[Any, ...]]:
    """The links beyond chance under either null, and all links inside a reported group, as `EDGE_COLUMNS`.

    Accounts carry the names of the edition, so a < b holds for their ids and not always for these names.
    """
    members = [(group.group_id, account) for group in edition.reported for account in group.account_ids]
    found = edition.engine.query(
        EDGES,
        group_ids=[group for group, _ in members],
        account_ids=[account for _, account in members],
        fdr=edition.parameters.fdr,
    )
    name = edition.redaction.account
    rows = ((name(row[0]), name(row[1]), *row[2:]) for row in _rows({column: found[column] for column in EDGE_COLUMNS}))
    return sorted(rows, key=lambda row: (row[2], row[3], row[0], row[1]))


def edges_csv(rows: Iterable[Sequence[Any]]) -> str:
    """The rows of `edges` as a table."""
    return _csv(EDGE_COLUMNS, rows)


def _rows(columns: dict[str, np.ndarray[Any, Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows of plain Python values; NaN and None are None."""
    lists = [
        [None if value != value else value for value in column.tolist()] if column.dtype.kind == "f" else list(column)
        for column in columns.values()
    ]
    return zip(*lists, strict=True)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(columns)
    # A NUL ends the file for many readers, and half a character can't be written at all.
    write.writerows([inert(value) if isinstance(value, str) else value for value in row] for row in rows)
    return out.getvalue()
