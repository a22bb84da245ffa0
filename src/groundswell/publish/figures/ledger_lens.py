"""The rows of a file that are no posts, drawn larger: at true scale a few hundred of a million are a hairline."""

from __future__ import annotations

from markupsafe import Markup

from groundswell.model.ledger import FileLedger
from groundswell.publish.figures.ledger import segments
from groundswell.publish.figures.svg import hatched, percent, rect, strip
from groundswell.publish.spelling import count

HEIGHT = 24
TOO_SMALL = 0.1
"""Below this part of the file the other rows are drawn a second time."""


def ledger_lens(ledger: FileLedger) -> tuple[Markup, str] | None:
    """Draw the rows that are no posts as a bar of their own, and say how much larger; None where the first bar does."""
    others = [(what, paint, rows) for what, paint, rows in segments(ledger) if paint != "kept"]
    n = sum(rows for _, _, rows in others)
    if not n or n >= TOO_SMALL * ledger.rows:
        return None
    label = f"Enlarged, {count(n)} of {count(ledger.rows)} rows: " + ", ".join(
        f"{count(rows)} {what}" for what, _, rows in others
    )
    marks: list[Markup] = []
    start = 0.0
    for _, paint, rows in others:
        x, width = percent(start), percent(rows / n)
        marks.append(hatched(x, 0, width, HEIGHT) if paint == "out" else rect(x, 0, width, HEIGHT, f"p-{paint}"))
        start += rows / n
    larger = ledger.rows / n
    said = f"Top: all {count(ledger.rows)} rows at true scale. Below: the other {count(n)}, {larger:,.0f} times larger."
    return strip(HEIGHT, label + ".", *marks), said
