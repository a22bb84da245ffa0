"""Panels as they were asked for: looked at once, and kept until the data or what people decided changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from groundswell import pipeline
from groundswell.errors import WrongUse
from groundswell.store.study import Study
from groundswell.watch.span import DEFAULT_HOURS
from groundswell.watch.watch import Watched

MOST_KEPT = 64


def panels(study: Study, asked: Mapping[str, str]) -> Watched:
    """The panels of ``list``, ``hours`` and ``at``, each of which may be missing or empty.

    Raises
    ------
    WrongUse
        One of them makes no sense.
    """
    length = hours_asked(asked)
    return _looked(study.folder, _stamp(study.folder), asked.get("list") or None, length, asked.get("at") or None)


def hours_asked(asked: Mapping[str, str]) -> float:
    """How many hours are to be looked at; 48 where nothing was said."""
    hours = asked.get("hours") or str(DEFAULT_HOURS)
    try:
        return float(hours)
    except ValueError:
        raise WrongUse(f"{hours!r} is no number of hours.\n  The default is 48.") from None


@lru_cache(maxsize=MOST_KEPT)
def _looked(folder: Path, _stamp: tuple[int, ...], list_name: str | None, hours: float, at: str | None) -> Watched:
    return pipeline.watch(pipeline.open_study(folder), list_name=list_name, hours=hours, at=at)


def _stamp(folder: Path) -> tuple[int, ...]:
    watched = (*sorted((folder / "ledger").glob("*.json")), folder / "people.sqlite", folder / "people.sqlite-wal")
    return tuple(place.stat().st_mtime_ns for place in watched if place.exists())
