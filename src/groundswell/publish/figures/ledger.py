"""What became of the rows of a file: kept, other records, left out; the segments are the whole file, always."""

from __future__ import annotations

from markupsafe import Markup

from groundswell.model.ledger import FileLedger
from groundswell.publish.figures.svg import hatched, percent, rect, strip
from groundswell.publish.spelling import count

HEIGHT = 24


def segments(ledger: FileLedger) -> tuple[tuple[str, str, int], ...]:
    """(what, paint, rows) of each part that is not empty, in the order of the bar. The rows sum to the file's rows."""
    parts = [("kept as posts", "kept", ledger.posts)]
    parts += [(f"other records: {kind}", "other", rows) for kind, rows in sorted(ledger.other_records.items())]
    parts += [(f"left out: {entry.reason}", "out", entry.rows) for entry in ledger.left_out]
    return tuple(part for part in parts if part[2])


def ledger_bar(ledger: FileLedger) -> Markup:
    """Draw the file as one bar."""
    label = f"{count(ledger.rows)} rows: " + ", ".join(f"{count(rows)} {what}" for what, _, rows in segments(ledger))
    marks: list[Markup] = [rect("0", 0, "100%", HEIGHT, "p-sunk")]
    start = 0.0
    for _, paint, rows in segments(ledger):
        part = rows / ledger.rows
        x, width = percent(start), percent(part)
        marks.append(hatched(x, 0, width, HEIGHT) if paint == "out" else rect(x, 0, width, HEIGHT, f"p-{paint}"))
        start += part
    return strip(HEIGHT, label + ".", *marks)
