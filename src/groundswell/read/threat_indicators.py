"""Lists of accounts, pages and domains that a platform published with a take-down: no posts, but watchlists.

    indicator_type, indicator_value, comment, ds                       the earlier files
    Tactic, Technique, Procedure, Indicator[, Notes]                    the later ones, by step of the operation

Addresses are defanged in some rows and not in others: hxxp, [.], (dot). Some rows are a sentence such as «658
accounts», which is no indicator; blank rows part the steps. `indicators` gives the list itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from groundswell.errors import WrongUse
from groundswell.read.reader import Broken, LeaveOut, Other, Outcome, Reader, Record
from groundswell.read.recognise import Tally, recognise
from groundswell.read.record import cell
from groundswell.read.survey import LIMITS, Limits, survey

INDICATOR, STATEMENT, SEPARATOR = "indicator", "statement", "blank row"

COUNT = re.compile(r"[\d,.]+\s+\w+.*|(?:no|about|approximately|around|over|more than)\s.*", re.IGNORECASE | re.DOTALL)
DEFANGED = (
    (re.compile(r"^h(?:xx|\*\*|tt)p(s?)(?=:|\[)", re.IGNORECASE), r"http\1"),
    (re.compile(r"\[:?//?\]|\[:\]//|:\[//\]", re.IGNORECASE), "://"),
    (re.compile(r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?", re.IGNORECASE), "."),
    (re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?", re.IGNORECASE), "@"),
    (re.compile(r"\[:\]"), ":"),
)
HANDLE = re.compile(r"@\w{1,30}")
DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One entry of a published list."""

    kind: str
    """As the file says, such as ``domain_name``; where it does not, ``url``, ``domain``, ``handle`` or ``text``."""
    value: str
    """Refanged, to be compared and never to be clicked."""
    written: str
    """As it stands in the file."""
    comment: str | None = None
    tactic: str | None = None
    row: int
    """Of the file, from 1."""


def indicators(path: Path, *, limits: Limits = LIMITS) -> tuple[Indicator, ...]:
    """Every indicator of a file, in its order.

    Raises
    ------
    WrongUse
        It is another kind of file.
    UnreadableFile
        It can't be read at all.
    """
    found = recognise(survey(path, limits), {}, limits)
    if found.reader.name != READER.name:
        raise WrongUse(
            f"{path} is no list of indicators.\n  It looks like {found.reader.title}.\n"
            f"  Read posts with `groundswell read`; a list has the columns indicator_type and indicator_value, or "
            "Tactic and Indicator."
        )
    listed = []
    for row, record in enumerate(found.records(Tally()), 1):
        if not isinstance(record, Broken) and (one := _indicator(record, row)):
            listed.append(one)
    return tuple(listed)


def refanged(written: str) -> str:
    """The value without what keeps it from being clicked by mistake.

    >>> refanged("hxxps://news[.]example/a"), refanged("ana(at)mail[dot]example")
    ('https://news.example/a', 'ana@mail.example')
    """
    for pattern, plain in DEFANGED:
        written = pattern.sub(plain, written)
    return written.strip()


def knows(record: Record) -> bool:
    """Either layout."""
    return {"indicator_type", "indicator_value"} <= record.keys() or {
        "Tactic",
        "Technique",
        "Indicator",
    } <= record.keys()


def to_post(record: Record) -> Outcome:
    """An indicator is no post."""
    written = _written(record)
    if written is None:
        if any(isinstance(value, str) and value.strip() for value in record.values()):
            raise LeaveOut("no indicator")
        return Other(SEPARATOR)
    return Other(STATEMENT if COUNT.fullmatch(written) else INDICATOR)


def _written(record: Record) -> str | None:
    return cell(record, "indicator_value") or cell(record, "Indicator")


def _indicator(record: Mapping[str, object], row: int) -> Indicator | None:
    written = _written(record)
    if written is None or COUNT.fullmatch(written):
        return None
    value = refanged(written)
    return Indicator(
        kind=cell(record, "indicator_type") or _kind(value),
        value=value,
        written=written,
        comment=cell(record, "comment") or cell(record, "Notes") or cell(record, "Comments"),
        tactic=cell(record, "Tactic"),
        row=row,
    )


def _kind(value: str) -> str:
    if value.lower().startswith(("http://", "https://")):
        return "url"
    if HANDLE.fullmatch(value):
        return "handle"
    return "domain" if DOMAIN.fullmatch(value) else "text"


READER = Reader(
    name="threat-indicators",
    title="a published list of accounts, pages and domains (a watchlist, no posts)",
    source="https://github.com/facebook/threat-research",
    shape="table",
    columns=(
        "indicator_type",
        "indicator_value",
        "comment",
        "ds",
        "Tactic",
        "Technique",
        "Procedure",
        "Indicator",
        "Notes",
        "Comments",
    ),
    knows=knows,
    to_post=to_post,
    assumes=("These are names that a platform listed, not posts; nothing here says that an account did anything.",),
    samples=(
        {"indicator_type": "domain_name", "indicator_value": "news[.]example", "comment": "", "ds": "2022-01-01"},
        {
            "Tactic": "Acquiring assets",
            "Technique": "Acquiring domains",
            "Procedure": "Look-alike sites",
            "Indicator": "hxxps://gate[.]example/a",
        },
    ),
)
