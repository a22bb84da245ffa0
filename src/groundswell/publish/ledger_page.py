"""The ledger as a page beside the report: of every file, where each row went, why, and the first rows left out.

Edition ──► ledger.html      the sum of each table is the number of rows in its file
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from groundswell.assess.wording import counted, percent
from groundswell.model.ledger import FileLedger
from groundswell.publish.edition import Edition
from groundswell.publish.file_account import file_account
from groundswell.publish.page import page, printed, with_denominator
from groundswell.publish.row_shape import shown_example
from groundswell.publish.spelling import count

MOST_DRAWN = 40
"""Files with a figure of their own: a live collection makes hundreds. The most left out come first."""
MOST_LISTED = 1_000


def ledger_html(edition: Edition) -> str:
    """Write the ledger of an edition as one HTML page; equal editions give equal bytes."""
    return page("ledger.html", **ledger_content(edition))


def ledger_content(edition: Edition) -> dict[str, Any]:
    """Everything that ``ledger.html`` asks for, by name."""
    files = edition.ledgers
    drawn = drawn_of(files)
    rows, left_out = sum(one.rows for one in files), sum(one.n_left_out for one in files)
    others = sum(sum(one.other_records.values()) for one in files)
    return {
        "version": edition.version,
        "run_id": edition.run_id,
        "made_up": edition.made_up,
        "title": edition.title,
        "n_files": counted(len(files), "file", "files"),
        "n_rows": count(rows),
        "headline": with_denominator(headline(files)),
        "lede": (
            f"{counted(others, 'row is another record', 'rows are other records')}, such as profiles and deletions;"
            f" {_left_out_words(left_out, rows)} left out, each with its reason."
            " The parts of each file sum to its rows."
        ),
        "summary": _summary(files[:MOST_LISTED]) if len(files) > 1 else [],
        "summary_foot": summary_row("All files", files),
        "n_unlisted": count(max(0, len(files) - MOST_LISTED)) if len(files) > MOST_LISTED else "",
        "n_undrawn": count(len(files) - len(drawn)) if len(drawn) < len(files) else "",
        "files": [
            file_account(one, lambda reason, seen: shown_example(edition.redaction, reason, seen)) for one in drawn
        ],
        "shown": edition.redaction.shown,
    }


def drawn_of(files: Sequence[FileLedger]) -> Sequence[FileLedger]:
    """The files that get a figure of their own: all of a few, of many those with the most rows left out."""
    return sorted(files, key=lambda one: -one.n_left_out)[:MOST_DRAWN] if len(files) > MOST_DRAWN else files


def _left_out_words(n: int, rows: int) -> str:
    were = "was" if n == 1 else "were"
    return f"{count(n)} ({printed(percent(n / rows))}) {were}" if n else "none was"


def headline(files: Sequence[FileLedger]) -> str:
    """How many rows are posts, of how many in how many files."""
    rows, posts = sum(one.rows for one in files), sum(one.posts for one in files)
    if not rows:
        return "The files hold no row."
    are = "is a post" if posts == 1 else "are posts"
    return f"{count(posts)} of {counted(rows, 'row', 'rows')} in {counted(len(files), 'file', 'files')} {are}."


def _summary(files: Sequence[FileLedger]) -> list[tuple[str, ...]]:
    return [summary_row(one.path, [one]) for one in files]


def summary_row(name: str, files: Sequence[FileLedger]) -> tuple[str, ...]:
    """What became of the rows of some files: name, rows, posts, other records, left out and its share."""
    rows, left_out = sum(one.rows for one in files), sum(one.n_left_out for one in files)
    return (
        name,
        count(rows),
        count(sum(one.posts for one in files)),
        count(sum(sum(one.other_records.values()) for one in files)),
        count(left_out),
        printed(percent(left_out / rows)) if rows else "none",
    )
