"""What a file is, before anything is kept of it: the ledger that reading it would give, and a look inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.model.ledger import FileLedger
from groundswell.model.table import Columns, n_rows
from groundswell.read.doctor import Looking, Verdict, verdicts
from groundswell.read.ingest import NO_COLUMNS, ingest_recognised
from groundswell.read.recognise import recognise
from groundswell.read.survey import LIMITS, Limits, survey

PREVIEW = 20
"""Posts shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What reading a file would give. Nothing was kept."""

    ledger: FileLedger
    sure: str
    """How sure the format is, in words."""
    columns: tuple[str, ...]
    """The columns or keys seen, under the file's own names."""
    verdicts: tuple[Verdict, ...]
    """On ids, texts and times."""
    preview: tuple[Mapping[str, Any], ...]
    """The first posts, as plain values. For the person who holds the file; never published."""

    def as_json(self) -> dict[str, Any]:
        """What ``inspect --json`` prints."""
        return {
            **self.ledger.as_json(),
            "sure": self.sure,
            "columns": list(self.columns),
            "left_out_examples": {one.reason: list(one.examples) for one in self.ledger.left_out},
            "verdicts": {one.about: one.as_json() for one in self.verdicts},
            "preview": [dict(post) for post in self.preview],
        }


class _Preview:
    """A sink that keeps the first few posts and lets everything else go."""

    def __init__(self) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self.looking = Looking()

    def posts(self, columns: Columns) -> None:
        """Keep the first ones, and look at all."""
        self.looking.posts(columns)
        for i in range(min(n_rows(columns), PREVIEW - len(self.kept))):
            self.kept.append({name: _plain(column[i]) for name, column in columns.items()})

    def accounts(self, columns: Columns) -> None:
        """Let them go."""


def inspect_file(
    path: Path,
    columns: Mapping[str, str] = NO_COLUMNS,
    *,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits = LIMITS,
) -> Inspection:
    """Read a whole file without keeping anything, and say what it is.

    Raises what `read.ingest.ingest` raises.
    """
    looked = survey(path, limits)
    recognised = recognise(looked, columns, limits)
    preview = _Preview()
    ledger = ingest_recognised(looked, recognised, sink=preview, progress=progress)
    return Inspection(
        ledger=ledger,
        sure=recognised.sure,
        columns=recognised.columns,
        verdicts=verdicts(ledger, preview.looking),
        preview=tuple(preview.kept),
    )


def said(post: Mapping[str, Any]) -> str:
    """What a post of the preview says, on one line; where it has no words, what it repeats or shares."""
    if words := " ".join(str(post.get("text") or "").split()):
        return words
    if post.get("is_repost"):
        return f"(repost of {post.get('repost_of') or post.get('repost_of_account') or 'a post that is not named'})"
    kinds, objects = post.get("shared_kinds") or (), post.get("shared_objects") or ()
    shared = [f"{kind} {thing}" for kind, thing in zip(kinds, objects, strict=True)] or list(post.get("urls") or ())
    return f"({', '.join(shared)})" if shared else "(no words)"


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return f"{value.astype('datetime64[us]').item().isoformat()}Z"
    return value.item() if isinstance(value, np.generic) else value
