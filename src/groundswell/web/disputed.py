"""What was said against a finding, as it is now: on its page, on its accounts' pages and on the summary.

people.sqlite ──► the status before a page, and the replies beneath it

Nothing stored is changed by a reply, so every page says this when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from groundswell.model.dispute import Dispute, Standing, standing
from groundswell.publish.corrections import redacted
from groundswell.publish.frame import Frame
from groundswell.publish.page import part_of_page
from groundswell.publish.redaction import Redaction
from groundswell.store.disputes import disputes
from groundswell.web.shelf import Shelf

TEMPLATE = "web/disputes.html"


def around(shelf: Shelf, frame: Frame, run_id: str, address: str) -> tuple[Markup, Markup]:
    """What stands before and beneath a page of a run, as far as disputes go."""
    rows = disputes(shelf.study)
    redaction = shelf.accounts.redaction if rows else None
    standings = _standings(shelf, run_id, rows, redaction, address) if redaction else []
    history = {row.dispute_id: row for _, stands in standings for row in stands.history}
    content: dict[str, Any] = {
        "disputed": [(f"groups/{group}.html", group, str(stands.status)) for group, stands in standings],
        "rows": [redacted(row, redaction) for row in history.values()] if redaction else [],
        "run_id": run_id,
        "address": address,
        "about_account": address.startswith("accounts/"),
    }
    before = part_of_page(TEMPLATE, "scope", frame=frame, **content) if standings else Markup("")
    beneath = part_of_page(TEMPLATE, "main", frame=frame, **content) if "/" in address else Markup("")
    return before, beneath


def _standings(
    shelf: Shelf, run_id: str, rows: tuple[Dispute, ...], redaction: Redaction, address: str
) -> list[tuple[str, Standing]]:
    """The disputed groups that a page speaks of, by name."""
    named = [replace(row, account_id=redaction.account(row.account_id)) if row.account_id else row for row in rows]
    folder, _, page = address.rpartition("/")
    name = page.removesuffix(".html")
    found = []
    for group in shelf.groups(run_id):
        if group["outcome"] != "reported" or (folder == "groups" and group["group_id"] != name):
            continue
        if folder == "accounts" and name not in map(_page_name(redaction), group["account_ids"]):
            continue
        stands = standing(named, group["group_id"], group["account_ids"])
        if stands.history:
            found.append((group["group_id"], stands))
    return found


def _page_name(redaction: Redaction) -> Callable[[str], str]:
    """How the page of an account is called, from the name that tables give it."""
    return redaction.pseudonym if redaction.shown else str
