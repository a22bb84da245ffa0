"""Panels as they were asked for: looked at once, and kept until the data or what people decided changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.store.study import Study
from groundswell.watch.placebo_nights import FILE as NIGHTS
from groundswell.watch.span import DEFAULT_HOURS
from groundswell.watch.watch import Watched
from groundswell.web.kept import Kept

LOOKS: Kept[Watched] = Kept(64)
"""Those who look at the same panels share them."""


def panels(study: Study, asked: Mapping[str, str]) -> Watched:
    """The panels of ``list``, ``hours`` and ``at``, each of which may be missing or empty.

    Raises
    ------
    WrongUse
        One of them makes no sense.
    """
    length = hours_asked(asked)
    asked_at, list_name = asked.get("at") or None, asked.get("list") or None
    return LOOKS.get(
        (study.folder, _stamp(study.folder), list_name, length, asked_at),
        lambda: pipeline.watch(study, list_name=list_name, hours=length, at=asked_at),
    )


def hours_asked(asked: Mapping[str, str]) -> float:
    """How many hours are to be looked at; 48 where nothing was said."""
    hours = asked.get("hours") or str(DEFAULT_HOURS)
    try:
        return float(hours)
    except ValueError:
        raise WrongUse(f"{hours!r} is no number of hours.\n  The default is 48.") from None


def _stamp(folder: Path) -> tuple[int, ...]:
    changing = (folder / name for name in ("people.sqlite", "people.sqlite-wal", NIGHTS))
    watched = (*sorted((folder / "ledger").glob("*.json")), *changing)
    return tuple(place.stat().st_mtime_ns for place in watched if place.exists())
