"""On which objects did the members of a group stand together, and how?

    Evidence, members ──► Occasions        for each object that two members shared, its largest clump

What a reader can check: these posts, by these members, within these seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.bets import Scene, chance_beside, largest_clump, runs, survival_ratios
from groundswell.detect.compiled import compiled
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Floats, Ints

DAY_US = 86_400_000_000
MINUTE_US = 60_000_000


@dataclass(frozen=True, eq=False)
class Occasions:
    """Objects that at least two members shared, in order of the moment when their largest clump began."""

    object: Ints
    n_members: Ints
    """Members that shared the object at any time."""
    size: Ints
    """Members in the largest clump."""
    first: Ints
    """Place in `rows` of the clump's first; its others follow."""
    rows: Ints
    """All rows of the members, sorted."""
    begins_us: Ints
    ends_us: Ints
    expected: float
    """In-step members to expect beside the firsts, if the outsiders and the members' habits were all there is."""

    def __len__(self) -> int:
        return len(self.object)

    def clumps(self) -> Iterator[Ints]:
        """The rows of each clump."""
        for first, size in zip(self.first, self.size, strict=True):
            yield self.rows[first : first + size]

    def where(self, chosen: np.ndarray[Any, np.dtype[Any]]) -> Occasions:
        """Only the chosen ones: a mask or places."""
        return Occasions(
            self.object[chosen],
            self.n_members[chosen],
            self.size[chosen],
            self.first[chosen],
            self.rows,
            self.begins_us[chosen],
            self.ends_us[chosen],
            self.expected,
        )

    @property
    def n_days(self) -> int:
        """Distinct UTC days on which they began."""
        return len(np.unique(self.begins_us // DAY_US))

    @property
    def second_of_minute(self) -> float:
        """Length of the mean direction of their first seconds in the minute; 0 if there are none."""
        if not len(self):
            return 0.0
        angle = (self.begins_us % MINUTE_US) * (2 * np.pi / MINUTE_US)
        return float(np.hypot(np.cos(angle).mean(), np.sin(angle).mean()))


def occasions(evidence: Evidence, members: Ints) -> Occasions:
    """The largest clump of members on each object that two or more of them shared, the earliest if several."""
    rows = evidence.log.rows_of(members)
    begin = runs(evidence.scene.object, rows)
    n_members = np.diff(begin)
    shared = n_members >= 2
    begin, n_members = begin[:-1][shared], n_members[shared]
    first, size = np.empty_like(begin), np.empty_like(begin)
    expected = find_clumps(evidence.scene, rows, begin, n_members, first, size)
    time_us = evidence.log.shares.time_us
    begins, ends = time_us[rows[first]], time_us[rows[first + size - 1]]
    order = np.lexsort((first, ends, begins))
    first, size = first[order], size[order]
    thing = evidence.log.shares.object[rows[first]].astype(np.int64)
    return Occasions(thing, n_members[order], size, first, rows, begins[order], ends[order], expected)


@compiled
def find_clumps(scene: Scene, rows: Ints, begin: Ints, n_members: Ints, first: Ints, size: Ints) -> float:
    """Write the place of the first and the size of each object's clump; return the expected in-step members.

    The expectation is that of `evidence`, without `theta`: the sum over e of S(e), an upper bound.
    """
    ratio = np.empty(rows.size + 1)
    expected = 0.0
    for i in range(begin.size):
        k = n_members[i]
        present = rows[begin[i] : begin[i] + k]
        size[i], at = largest_clump(scene.time_us, present, k, scene.window_us)
        first[i] = begin[i] + at
        survival_ratios(k, min(1.0, chance_beside(scene, present, k, at)), ratio)
        survival = 1.0
        for e in range(1, k):
            survival *= ratio[e]
            expected += survival
    return expected


@compiled
def n_beside(time_us: Ints, rows: Ints, begin: Ints, window_us: int) -> int:
    """Members beside the first in the largest clump of each object, over all objects of these rows."""
    n = 0
    for run in range(begin.size - 1):
        present = rows[begin[run] : begin[run + 1]]
        n += largest_clump(time_us, present, present.size, window_us)[0] - 1
    return n


def mean_share(part: Ints, whole: Ints | Floats | int) -> float:
    """Mean of part / whole; 0 if there is nothing."""
    return float(np.mean(part / whole)) if len(part) else 0.0
