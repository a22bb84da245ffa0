"""Who is called what: names for pages, accounts for names, and what the published table says of each.

posts, latest run ──► Redaction            a hash for each account: made once a change, not once a page
accounts.csv      ──► name to posts        read once a run
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from groundswell import pipeline
from groundswell.publish.redaction import Redaction
from groundswell.store.study import Study
from groundswell.web.kept import Kept


class Listed(NamedTuple):
    """An account's row in the published table."""

    account_id: str
    n_posts: str


@dataclass(frozen=True)
class Accounts:
    """The accounts of the study that is served."""

    study: Study
    _redaction: Kept[Redaction] = field(default_factory=Kept)
    _table: Kept[Mapping[str, Listed]] = field(default_factory=Kept)

    @property
    def redaction(self) -> Redaction:
        """How accounts are called on pages now."""
        return self._redaction.get(self._stamp(), lambda: pipeline.redaction_of(self.study))

    def listed(self, table: Path, asked: str) -> Listed | None:
        """An account's row, by any name that is its alone: as the table has it, an id, a handle or a name."""
        rows = self._table.get((table, table.stat().st_mtime_ns), lambda: _rows(table))
        found = rows.get(asked.removeprefix("@").casefold())
        if found is None and (known := self.redaction.called(asked)) is not None:
            found = rows.get(self.redaction.account(known).casefold())
        return found

    def address(self, found: Listed) -> str:
        """Where the page of an account lies if it has one: under its pseudonym, also where handles are shown."""
        known = self.redaction.account_shown_as(found.account_id) if self.redaction.shown else None
        return f"accounts/{found.account_id if known is None else self.redaction.pseudonym(known)}.html"

    def _stamp(self) -> tuple[object, ...]:
        ledger = sorted((self.study.folder / "ledger").glob("*.json"))
        return (self.study.latest_run(), *(place.stat().st_mtime_ns for place in ledger))


def _rows(table: Path) -> dict[str, Listed]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return {row["account_id"].casefold(): Listed(row["account_id"], row["n_posts"]) for row in rows}
