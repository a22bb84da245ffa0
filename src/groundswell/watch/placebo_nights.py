"""The placebo night after night: twenty items a night, and how often the page rang for nothing over all of them.

    first post ┼────┼────┼────┼── last post        a night is a midnight, UTC, and the stretch that ends there
                 20   20   20  items ──► alarms / tried, with an interval

Each night draws other stand-ins and other items, by a seed that is its date. The items of a night share one stand-in
list, so nights differ more than items drawn apart would; the interval is Wilson's, widened by as much as they do.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from groundswell.errors import Failed
from groundswell.store.study import Study
from groundswell.watch.audit import wilson
from groundswell.watch.controls import N_CONTROLS, draw_controls
from groundswell.watch.log import EPOCH, Ints, Log
from groundswell.watch.placebo import placebo
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span

MOST_NIGHTS = 30
"""The last so many: what a page rang for last year says little of it now."""

N_STAND_IN = 100
"""Accounts of the stand-in where no list is looked at, or a tenth of everybody if that is fewer."""

DAY = timedelta(days=1)
FILE = "placebo.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one night's placebo found."""

    until: datetime
    """The midnight, UTC without zone, at which the stretch ends."""
    hours: float
    list_name: str | None
    """In whose place the stand-in stood; None where it is a tenth of everybody, or a hundred of them."""
    tried: int
    rang: tuple[str, ...]
    """Names of the items that rang, sorted."""

    def as_json(self) -> dict[str, Any]:
        """The night, its time as ISO 8601 in UTC."""
        return {
            "until": f"{self.until.isoformat()}Z",
            "hours": self.hours,
            "list": self.list_name,
            "tried": self.tried,
            "rang": list(self.rang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """How often the page rings for nothing, over several nights."""

    nights: int
    alarms: int
    tried: int
    low: float
    high: float
    """95 % interval of alarms over tried."""

    def as_json(self) -> dict[str, Any]:
        """The figures, rounded as they are printed."""
        return {**asdict(self), "low": round(self.low, 4), "high": round(self.high, 4)}


def midnights(first: datetime, last: datetime) -> tuple[datetime, ...]:
    """The last midnights after the first post and not after the last one, oldest first."""
    n = (last - EPOCH) // DAY
    ends = (EPOCH + (n - back) * DAY for back in reversed(range(MOST_NIGHTS)))
    return tuple(end for end in ends if first < end)


def try_night(log: Log, span: Span, *, list_name: str | None = None, members: Ints | None = None) -> Night:
    """Send a list of nobody in particular through the page of one night.

    Parameters
    ----------
    members
        Account numbers of the list in whose place it stands; without them stand-ins are drawn from everybody.
    """
    seed = (span.at - EPOCH) // DAY
    listed = _anybody(log, seed) if members is None else members
    controls = draw_controls(log.people, listed, n=N_CONTROLS + 1, seed=seed)
    found = placebo(Scope(log=log, span=span, members=listed, controls=controls), seed=seed)
    tried, rang = (0, ()) if found is None else (found.tried, found.rang)
    return Night(until=span.at, hours=span.hours, list_name=list_name, tried=tried, rang=rang)


def _anybody(log: Log, seed: int) -> Ints:
    n = len(log.people.ids)
    drawn = np.random.default_rng(seed).permutation(n)[: max(1, min(N_STAND_IN, n // 10))] + 1
    return np.sort(drawn).astype(np.int64)


def false_alarms(nights: Iterable[Night]) -> FalseAlarms | None:
    """The rate over some nights; None where nothing was tried."""
    told = [(len(one.rang), one.tried) for one in nights if one.tried]
    alarms, tried = sum(k for k, _ in told), sum(n for _, n in told)
    if not tried:
        return None
    wider = _overdispersion(told, alarms / tried)
    low, high = wilson(alarms / wider, tried / wider)
    return FalseAlarms(nights=len(told), alarms=alarms, tried=tried, low=low, high=high)


def _overdispersion(told: list[tuple[int, int]], rate: float) -> float:
    """How much more nights differ than draws of one rate would: 1 where they don't, or nothing tells."""
    if len(told) < 2 or not 0 < rate < 1:
        return 1.0
    spread = sum((k - n * rate) ** 2 / (n * rate * (1 - rate)) for k, n in told)
    return max(1.0, spread / (len(told) - 1))


def kept_nights(study: Study) -> tuple[Night, ...]:
    """The nights of a study that were tried, as they were kept, by list and in the order of time.

    Raises
    ------
    Failed
        The file is not as `keep_nights` writes it.
    """
    place = study.folder / FILE
    if not place.is_file():
        return ()
    try:
        rows = json.loads(place.read_text(encoding="utf-8"))["nights"]
        return tuple(
            Night(
                until=datetime.fromisoformat(row["until"]).replace(tzinfo=None),
                hours=float(row["hours"]),
                list_name=row["list"],
                tried=int(row["tried"]),
                rang=tuple(map(str, row["rang"])),
            )
            for row in rows
        )
    except (ValueError, TypeError, KeyError) as error:
        raise Failed(
            f"{place} can't be read: {error!r}.\n"
            "  It holds how often pages rang for nothing. Take it away, and `groundswell watch --placebo` tries anew."
        ) from error


def keep_nights(study: Study, nights: Iterable[Night]) -> tuple[Night, ...]:
    """Put these in place of what was kept; returns them in their order."""
    told = tuple(sorted(nights, key=lambda one: (one.list_name or "", one.hours, one.until)))
    aside = study.folder / f".{FILE}.part"
    with aside.open("w", encoding="utf-8") as file:
        json.dump({"nights": [one.as_json() for one in told]}, file, indent=2, sort_keys=True, ensure_ascii=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(study.folder / FILE)
    return told


def forget_nights(study: Study) -> None:
    """Delete what was kept: hashtags of posts that were taken out may stand in it."""
    (study.folder / FILE).unlink(missing_ok=True)
