"""Where does the power of the group scan end? Planted campaigns of every size, length and pace.

    sizes x paces x seeds ──► cells          four campaigns of 3, 8, 15 and 40 objects in each world

The campaigns take part six times in ten, half of what their accounts share is ordinary, and the
crowd has 5 % fast accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from groundswell.evaluate.journal import Journal
from groundswell.evaluate.processes import check_counts, told_of
from groundswell.evaluate.rules import group_scan
from groundswell.evaluate.scores import score
from groundswell.simulate.logs import ShareLog
from groundswell.simulate.newcomers import Campaign

SIZES = (3, 5, 10, 20, 50)
OBJECTS = (3, 8, 15, 40)
PACES_S = (10.0, 60.0, 600.0, 3600.0, 21_600.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Campaigns of one size, number of objects and pace."""

    accounts: int
    objects: int
    pace_s: float
    recall: float
    """Mean part of the campaign's accounts that are reported."""
    seeds: int


def reach(
    *,
    seeds: int = 3,
    first_seed: int = 0,
    jobs: int = 1,
    kept: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Cell, ...]:
    """Recall of the group scan by size, number of objects and pace.

    Parameters
    ----------
    seeds, first_seed
        Worlds of each size and pace.
    jobs
        Processes to share the worlds; the answer does not depend on it.
    kept
        Worlds that were told before, by the same rule; each further one is written into it as soon as it is done.
    progress
        Called with (worlds done, worlds in all).

    Raises
    ------
    WrongUse
        `seeds` or `jobs` is not positive.
    """
    check_counts(seeds, jobs)
    worlds = [
        (size, pace_s, seed) for pace_s in PACES_S for size in SIZES for seed in range(first_seed, first_seed + seeds)
    ]
    found = told_of(
        worlds,
        recall_in,
        jobs=jobs,
        kept=kept,
        to_json=dict,
        from_json=lambda told: {int(objects): recall for objects, recall in told.items()},
        progress=progress,
    )
    return tuple(
        Cell(
            accounts=size,
            objects=objects,
            pace_s=pace_s,
            recall=fmean(found[size, pace_s, seed][objects] for seed in range(first_seed, first_seed + seeds)),
            seeds=seeds,
        )
        for pace_s in PACES_S
        for size in SIZES
        for objects in OBJECTS
    )


def recall_in(size: int, pace_s: float, seed: int) -> dict[int, float]:
    """Recall of each of the four campaigns of one world, by its number of objects."""
    campaigns = {n: Campaign(accounts=size, objects=n, pace_s=pace_s, name=f"planted-{n}") for n in OBJECTS}
    world = ShareLog(fast=0.05, newcomers=tuple(campaigns.values()))(seed, None)
    recall = score(world, group_scan(world)).recall
    # A campaign of three may turn out to have shared nothing.
    return {n: recall.get(campaign.name, 0.0) for n, campaign in campaigns.items()}


def as_json(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """The table for machines."""
    return [asdict(cell) for cell in cells]


def as_text(cells: Sequence[Cell]) -> str:
    """The table for people: a line for each size, a block for each pace, objects from left to right."""
    recall = {(cell.pace_s, cell.accounts, cell.objects): cell.recall for cell in cells}
    lines = []
    for pace_s in sorted({cell.pace_s for cell in cells}):
        lines.append(f"within {pace_s:g} s    " + "".join(f"{n:>4} obj" for n in OBJECTS))
        lines += [
            f"{size:>4} accounts  " + "".join(f"{recall[pace_s, size, n]:>8.2f}" for n in OBJECTS) for size in SIZES
        ]
    return "\n".join(lines) + "\n"
