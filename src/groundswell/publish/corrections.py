"""What was disputed, corrected and withdrawn, on a page and as JSON; and the notice for those who hold a copy.

A correction that stands elsewhere is read by nobody, so the status also stands beside every finding and in every
export. This is the log of how it got there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from groundswell.model.dispute import Dispute, Status
from groundswell.model.group import Group
from groundswell.publish.edition import Edition
from groundswell.publish.page import page
from groundswell.publish.redaction import Redaction, inert

TOUCHED = "group {}"


def corrections(edition: Edition) -> list[dict[str, Any]]:
    """Every dispute about a finding of this edition, redacted, in the order they were entered."""
    return [
        {**redacted(row, edition.redaction), "findings": _findings(edition, row), "taken_back": _undone(edition, row)}
        for row in edition.disputes
        if _findings(edition, row)
    ]


def site_corrections(edition: Edition) -> list[dict[str, Any]]:
    """Every dispute of the study, redacted, with the way from a site's root to the groups that it is about.

    A dispute about a group that the latest run lacks stays in the list, under the name that the group had.
    """
    return [
        {
            **redacted(row, edition.redaction),
            "study": edition.redaction.names(edition.title),
            "findings": _findings(edition, row) or ([row.group_id] if row.group_id else []),
            "pages": {group: f"runs/{edition.run_id}/groups/{group}.html" for group in _findings(edition, row)},
            "taken_back": _undone(edition, row),
        }
        for row in edition.disputes
    ]


def redacted(row: Dispute, redaction: Redaction) -> dict[str, Any]:
    """A dispute as it may be published: names of accounts replaced, and what steers a screen spelt out."""
    told = row.as_json()
    return {
        name: inert(redaction.names(value)) if name in ("why", "context", "without") and value else value
        for name, value in told.items()
    }


def standing_json(edition: Edition, group: Group) -> dict[str, Any]:
    """The status of a finding and how it got there, as it stands in ``findings.json`` and ``groups.json``."""
    stands = edition.standing(group)
    return {"status": str(stands.status), "history": [redacted(row, edition.redaction) for row in stands.history]}


def standing_chips(edition: Edition, group: Group) -> list[tuple[str, str]]:
    """The chip beside a finding that was disputed; none where nobody said anything."""
    status = edition.standing(group).status
    return [] if status is Status.UNDISPUTED else [("person", str(status).capitalize())]


def corrections_html(edition: Edition) -> str:
    """The log as a page."""
    return page(
        "corrections.html",
        version=edition.version,
        run_id=edition.run_id,
        made_up=edition.made_up,
        title=edition.redaction.names(edition.title),
        rows=corrections(edition),
        standing=[(group.group_id, str(edition.standing(group).status)) for group in edition.reported],
    )


def corrections_json(edition: Edition) -> str:
    """The log for programs."""
    told = {"run": edition.run_id, "version": edition.version, "corrections": corrections(edition)}
    return json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def withdrawal_notice(name: str, row: Dispute, groups: Sequence[str], contacts: Sequence[str]) -> str:
    """What those who registered a download are to be told. The text names no account."""
    what = ", ".join(TOUCHED.format(group) for group in groups) or "a finding"
    verb = "withdrawn" if row.status is Status.WITHDRAWN else "corrected"
    without = f"\n{row.without}\n" if row.without else ""
    return f"""To: {", ".join(contacts)}
Subject: {name}, run {row.run_id}: {what} {verb}

You registered a download of the study {name}, run {row.run_id}.

On {row.when} {what} was {verb}. The reason:

    {row.why}
{without}
Please take down or mark what you published of it, and do not hand the files on without this notice. The current
state stands beside every finding of the newest edition, and in its corrections page.

Nothing was sent by the program: a person sends this.
"""


def _findings(edition: Edition, row: Dispute) -> list[str]:
    return [
        group.group_id
        for group in edition.reported
        if row.group_id == group.group_id or row.account_id in group.account_ids
    ]


def _undone(edition: Edition, row: Dispute) -> bool:
    return any(other.reverses == row.dispute_id for other in edition.disputes)
