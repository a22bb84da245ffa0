"""One file's rows as a page shows them: a sentence, a bar, a table whose foot sums to the file, and first examples.

FileLedger ──► {"sentence": …, "rows": …, "foot": …, "examples": …}      for templates/file_rows.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from groundswell.assess.wording import counted, percent
from groundswell.model.ledger import FileLedger
from groundswell.publish.figures.ledger import ledger_bar
from groundswell.publish.figures.ledger_lens import ledger_lens
from groundswell.publish.page import printed
from groundswell.publish.spelling import count, days, lag

Shown = Callable[[str, str], str]
"""From a reason and what stood in the row to what the page may show of it."""

HEAD = (("What became of them", 0), ("Rows", 1), ("Share of the file", 1), ("First rows", 0))
EXAMPLE_HEAD = (("Row", 1), ("Why it was left out", 0), ("What stood there", 0))


def file_account(ledger: FileLedger, shown: Shown) -> dict[str, Any]:
    """What the page says of one file."""
    lens = ledger_lens(ledger)
    return {
        "name": ledger.path,
        "title": ledger.title,
        "size": f"{count(ledger.n_bytes)} bytes",
        "sha256": ledger.sha256,
        "sentence": sentence(ledger),
        "about": f"{ledger.title}, {counted(ledger.n_accounts, 'account', 'accounts')}, {span(ledger)}",
        "drawing": ledger_bar(ledger),
        "lens": lens[0] if lens else None,
        "lens_words": lens[1] if lens else "",
        "head": HEAD,
        "rows": _rows(ledger),
        "foot": _foot(ledger),
        "example_head": EXAMPLE_HEAD,
        "examples": _examples(ledger, shown),
        "assumptions": [printed(one) for one in ledger.assumptions],
    }


def sentence(ledger: FileLedger) -> str:
    r"""How many rows were left out and why, in a sentence one may print.

    >>> from groundswell.model.ledger import LeftOut
    >>> no_time = LeftOut(reason="no time", rows=318, first_rows=(8,))
    >>> file = {"path": "a.csv", "sha256": "", "n_bytes": 9, "format": "table", "title": "a table"}
    >>> sentence(FileLedger(**file, rows=12_749, posts=12_431, left_out=(no_time,)))
    '318 of 12,749 rows (2.5\xa0%) left out: no time.'
    """
    n, rows = ledger.n_left_out, counted(ledger.rows, "row", "rows")
    if not ledger.rows:
        return "The file holds no row."
    if not n:
        return f"None of {rows} left out."
    part = printed(f"{count(n)} of {rows} ({percent(n / ledger.rows)}) left out")
    if len(ledger.left_out) == 1:
        return f"{part}: {ledger.left_out[0].reason}."
    return f"{part}, for {len(ledger.left_out)} reasons."


def span(ledger: FileLedger) -> str:
    """From when to when, and how fine the clock is."""
    if not ledger.first_time:
        return "no times"
    grain = ledger.precision_s
    clock = "no clock" if grain is None else "finer than 1 s" if grain < 1 else f"to {lag(grain)}"
    return f"{days(ledger.first_time, ledger.last_time)}, UTC, clock {clock}"


def _rows(ledger: FileLedger) -> list[tuple[str, str, str, str, str]]:
    """(paint, what, rows, share, first rows), in the order of the bar."""
    parts = [("kept", "posts", ledger.posts, "")]
    parts += [("other", f"other records: {kind}", n, "") for kind, n in sorted(ledger.other_records.items())]
    parts += [
        ("out", f"left out: {one.reason}", one.rows, _row_numbers(one.first_rows, one.rows)) for one in ledger.left_out
    ]
    return [(paint, what, count(n), _share(n, ledger.rows), first) for paint, what, n, first in parts]


def _row_numbers(first: tuple[int, ...], of: int) -> str:
    return ", ".join(count(row) for row in first) + (" …" if len(first) < of and first else "")


def _foot(ledger: FileLedger) -> tuple[str, str, str, str]:
    others = sum(ledger.other_records.values())
    return (
        "Rows in the file = posts + other records + left out",
        count(ledger.rows),
        _share(ledger.rows, ledger.rows),
        f"{count(ledger.rows)} = {count(ledger.posts)} + {count(others)} + {count(ledger.n_left_out)}",
    )


def _share(n: int, rows: int) -> str:
    return printed(percent(n / rows)) if rows else "none"


def _examples(ledger: FileLedger, shown: Shown) -> list[tuple[str, str, str]]:
    """The first rows left out, in the order of the file; where nothing stood, the page says so."""
    found = [
        (row, one.reason, shown(one.reason, seen) if seen.strip() else "")
        for one in ledger.left_out
        for row, seen in zip(one.first_rows, one.examples, strict=False)
    ]
    return [(count(row), reason, seen) for row, reason, seen in sorted(found)]
