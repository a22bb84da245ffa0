"""The tables of a run under the edition's names: what the CSV, spreadsheet and Parquet exports hold alike.

    accounts · edges · groups · members · meetings · findings · shares · ledger

Every part of a whole stands beside its whole, and every finding beside its status. Unknown is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from groundswell.model.finding import Side, Weight
from groundswell.model.link import MEETINGS
from groundswell.publish.edition import Edition
from groundswell.publish.pointers import Pointers
from groundswell.publish.spelling import iso
from groundswell.publish.tables import EDGE_COLUMNS, account_rows, edges

MET = """
select * from meetings
where exists (
    select 1 from (select unnest($group_ids) as group_id, unnest($account_ids) as account_id) as a
    join (select unnest($group_ids) as group_id, unnest($account_ids) as account_id) as b using (group_id)
    where a.account_id = meetings.account_a and b.account_id = meetings.account_b
)
order by kind, account_a, account_b, object_id
"""


@dataclass(frozen=True, kw_only=True)
class PlainTable:
    """A table of text, numbers and None."""

    name: str
    columns: dict[str, str]
    """Column to DuckDB type; times are text, ISO 8601 in UTC."""
    rows: list[tuple[Any, ...]]


def plain_tables(edition: Edition) -> Iterator[PlainTable]:
    """Every table, redacted."""
    yield PlainTable(name="accounts", columns=ACCOUNTS, rows=account_rows(edition))
    yield PlainTable(name="edges", columns=EDGES, rows=edges(edition))
    yield PlainTable(name="groups", columns=GROUPS, rows=_groups(edition))
    yield PlainTable(name="members", columns=MEMBERS, rows=_members(edition))
    yield PlainTable(name="meetings", columns=MET_COLUMNS, rows=_meetings(edition))
    yield PlainTable(name="findings", columns=FINDINGS, rows=_findings(edition))
    yield PlainTable(name="shares", columns=SHARES, rows=_shares(edition))
    yield PlainTable(name="ledger", columns=LEDGER, rows=_ledger(edition))


ACCOUNTS = {
    **{"account": "text", "platform": "text", "handle": "text", "name": "text", "n_posts": "bigint"},
    **{"first_time": "text", "last_time": "text", "group_ids": "text"},
}
_INTEGERS = ("n_objects", "n_shared")
EDGES = {
    name: "bigint"
    if name in _INTEGERS
    else "double"
    if name in ("window_s", "expected") or name[:2] in ("p_", "q_")
    else "text"
    for name in EDGE_COLUMNS
}
GROUPS = {
    **{"group_id": "text", "outcome": "text", "status": "text", "n_accounts": "bigint", "kind": "text"},
    **{
        "window_s": "double",
        "evidence": "double",
        "times_at_least": "double",
        "times_chance": "double",
        "n_occasions": "bigint",
    },
    **{"n_objects": "bigint", "n_days": "bigint", "first_meeting": "text", "last_meeting": "text"},
}
MEMBERS = {"group_id": "text", "account": "text"}
MET_COLUMNS = {name: "double" if name == "lag_s" else "text" for name in MEETINGS.columns}
FINDINGS = dict.fromkeys(("group_id", "status", "verdict", "part", "weight", "sentence"), "text")
SHARES = {
    **{"of": "text", "count": "bigint", "whole": "bigint", "low": "double", "high": "double"},
    **{"basis": "text", "high_if_missing": "double"},
}
LEDGER = {"file": "text", "sha256": "text", "became": "text", "rows": "bigint", "rows_in_file": "bigint"}


def _groups(edition: Edition) -> list[tuple[Any, ...]]:
    return [
        (
            *(group.group_id, str(group.outcome), str(edition.standing(group).status), group.size, layer.kind),
            *(layer.window_s, layer.evidence, layer.times_at_least, layer.times_chance),
            *(layer.n_occasions, layer.n_objects, layer.n_days),
            *(iso(group.first_meeting), iso(group.last_meeting)),
        )
        for group in edition.groups
        for layer in group.layers
    ]


def _members(edition: Edition) -> list[tuple[Any, ...]]:
    return sorted(
        (group.group_id, edition.redaction.account(account))
        for group in edition.reported
        for account in group.account_ids
    )


def _meetings(edition: Edition) -> list[tuple[Any, ...]]:
    pairs = [(group.group_id, account) for group in edition.reported for account in group.account_ids]
    met = edition.engine.rows(MET, group_ids=[group for group, _ in pairs], account_ids=[one for _, one in pairs])
    posts = Pointers(edition, (post for row in met for post in (row[4], row[5])))
    name, thing = edition.redaction.account, edition.redaction.thing
    rows = (
        (name(a), name(b), kind, thing(kind, what), posts.post(pa), posts.post(pb), iso(ta), iso(tb), lag)
        for a, b, kind, what, pa, pb, ta, tb, lag in met
    )
    return sorted(rows, key=lambda row: row[:6])


def _findings(edition: Edition) -> list[tuple[Any, ...]]:
    say = edition.redaction.names
    rows: list[tuple[Any, ...]] = []
    for group in edition.reported:
        finding = edition.finding(group)
        if finding is None:
            continue
        about = (group.group_id, str(edition.standing(group).status), str(finding.verdict))
        rows.append((*about, "claim", None, say(finding.claim)))
        rows += [(*about, str(one.side), None, say(one.sentence)) for one in _by_side(finding.evidence)]
        rows += [
            (*about, "innocent explanation", str(one.weight), f"{say(one.name)}: {say(one.reason)}")
            for one in finding.alternatives
            if one.weight is not Weight.CANNOT_TELL or one.reason
        ]
    return rows


def _by_side(evidence: Sequence[Any]) -> list[Any]:
    return sorted(evidence, key=lambda one: one.side is not Side.FOR)


def _shares(edition: Edition) -> list[tuple[Any, ...]]:
    campaign = edition.assessment.campaign
    shares = (*(campaign.shares if campaign else ()), *edition.assessment.shares)
    return [
        (edition.redaction.names(one.of), one.count, one.whole, one.low, one.high, one.basis, one.high_if_missing)
        for one in shares
    ]


def _ledger(edition: Edition) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for file in edition.ledgers:
        parts = [("posts", file.posts), *((f"other: {kind}", n) for kind, n in sorted(file.other_records.items()))]
        parts += [(f"left out: {one.reason}", one.rows) for one in file.left_out]
        rows += [(file.path, file.sha256, what, n, file.rows) for what, n in parts]
    return rows
