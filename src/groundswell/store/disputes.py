"""What was said against findings, kept in the study: rows that are added, never changed and never taken out.

Dispute ──add──► people.sqlite ──► all of them, in the order they were entered
"""

from __future__ import annotations

import json
from typing import Any

from groundswell.errors import WrongUse
from groundswell.model.dispute import Dispute, Status
from groundswell.store.people import people
from groundswell.store.study import Study

DISPUTES = """
create table if not exists disputes (
    number integer primary key, dispute_id text not null unique, run_id text not null, group_id text, account_id text,
    status text not null, who text not null, happened text not null, why text not null, context text,
    post_ids text not null, without text, reverses text
)
"""
COLUMNS = (
    *("dispute_id", "run_id", "group_id", "account_id", "status", "who", "happened", "why", "context", "post_ids"),
    *("without", "reverses"),
)


def add_dispute(study: Study, dispute: Dispute) -> None:
    """Keep a dispute.

    Raises
    ------
    WrongUse
        The same one was entered before.
    """
    row = (
        *(dispute.dispute_id, dispute.run_id, dispute.group_id, dispute.account_id, str(dispute.status), dispute.who),
        *(dispute.when, dispute.why, dispute.context, json.dumps(dispute.post_ids), dispute.without, dispute.reverses),
    )
    with people(study, DISPUTES) as rows:
        known = rows.execute("select 1 from disputes where dispute_id = ?", (dispute.dispute_id,)).fetchone()
        if known is None:
            places = ", ".join("?" * len(COLUMNS))
            rows.execute(f"insert into disputes ({', '.join(COLUMNS)}) values ({places})", row)
    if known is not None:
        raise WrongUse(
            f"This dispute is in the study already: {dispute.dispute_id}.\n"
            "  To take it back: `groundswell dispute STUDY --undo " + dispute.dispute_id + " --file FILE`."
        )


def disputes(study: Study) -> tuple[Dispute, ...]:
    """Every dispute, in the order they were entered; a study without people's words has none."""
    if not (study.folder / "people.sqlite").is_file():
        return ()
    with people(study, DISPUTES) as rows:
        found = rows.execute(f"select {', '.join(COLUMNS)} from disputes order by number").fetchall()
    return tuple(_dispute(dict(row)) for row in found)


def _dispute(row: dict[str, Any]) -> Dispute:
    post_ids = tuple(json.loads(row.pop("post_ids")))
    return Dispute(
        **{name: value for name, value in row.items() if name not in ("status", "happened")},
        status=Status(row["status"]),
        when=row["happened"],
        post_ids=post_ids,
    )
