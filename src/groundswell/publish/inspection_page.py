"""What a file is, as a page for whoever holds it: the format, where its rows would go, what is damaged, a look inside.

Inspection ──► one HTML page      rows stand on it as they are in the file, and the page says so
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from groundswell.assess.wording import counted, percent
from groundswell.publish.file_account import file_account
from groundswell.publish.page import page, printed
from groundswell.publish.redaction import inert
from groundswell.publish.row_shape import cut
from groundswell.publish.spelling import count
from groundswell.read.doctor import State, Verdict
from groundswell.read.inspect import Inspection

DOCTORS = {"ids": "ID doctor", "text": "Text doctor", "times": "Time doctor"}
CHIPS = {State.WHOLE: "same", State.MENDED: "person", State.DAMAGED: "person", State.UNKNOWN: "unknown"}
"""Damage asks for a person's eye; it is not an alarm."""

LONGEST_POST = 160
MOST_COLUMNS = 60


def inspection_html(seen: Inspection, *, version: str, columns: Mapping[str, str] | None = None) -> str:
    """Write what `inspect` saw as one HTML page; the same file gives the same bytes.

    Parameters
    ----------
    columns
        Our column name to the file's own, as it was told.
    """
    return page("inspection.html", **inspection_content(seen, version=version, columns=columns))


def inspection_content(seen: Inspection, *, version: str, columns: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything that ``inspection.html`` asks for, by name."""
    ledger = seen.ledger
    used = f"{percent(ledger.posts / ledger.rows)}" if ledger.rows else "none"
    return {
        "version": version,
        "name": ledger.path,
        "headline": f"This looks like {ledger.title}.",
        "sure": printed(f"{seen.sure}."),
        "n_posts": count(ledger.posts),
        "of_rows": f"of {counted(ledger.rows, 'row', 'rows')} would be posts",
        "used": printed(used),
        "n_accounts": counted(ledger.n_accounts, "account", "accounts"),
        "file": file_account(ledger, lambda reason, example: cut(inert(" ".join(example.split())))),
        "doctors": [_doctor(verdict) for verdict in seen.verdicts],
        "columns": [cut(inert(one)) for one in seen.columns[:MOST_COLUMNS]],
        "told": [(ours, inert(theirs)) for ours, theirs in sorted((columns or {}).items())],
        "n_columns": counted(len(seen.columns), "column", "columns"),
        "n_more_columns": count(len(seen.columns) - MOST_COLUMNS) if len(seen.columns) > MOST_COLUMNS else "",
        "preview": [_row(post) for post in seen.preview],
        "preview_heading": (
            f"The first {len(seen.preview)} of {counted(ledger.posts, 'post', 'posts')}, as read"
            if len(seen.preview) < ledger.posts
            else f"{'The' if ledger.posts == 1 else 'All'} {counted(ledger.posts, 'post', 'posts')}, as read"
        ),
    }


def _doctor(verdict: Verdict) -> dict[str, Any]:
    return {
        "name": DOCTORS[verdict.about],
        "chip": CHIPS[verdict.state],
        "state": str(verdict.state),
        "sentences": [printed(one) for one in verdict.sentences],
    }


def _row(post: Any) -> Sequence[str]:
    """Row, account, time, text; what the file did not tell is empty, and the page hatches it."""
    text = " ".join(str(post.get("text") or "").split())
    return (
        count(post["source_row"]),
        cut(inert(post["account_id"])),
        post["time"].removesuffix("Z").replace("T", " "),
        inert(text if len(text) <= LONGEST_POST else f"{text[: LONGEST_POST - 1].rstrip()}…"),
    )
