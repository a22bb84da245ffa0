"""A group under other choices: which of the settings that a careful person might have picked would show it too?

    group ──► a cell for each kind of trace, window, null and minimum        how many of its members are found again

Cells in which the group is not found are cells all the same, and count.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

LEAST_FOUND = 3
"""Fewer accounts than this are no group, whatever part of one they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One setting, and what of the group is found in it."""

    kind: str
    """Kind of trace."""
    window_s: float
    null: str
    """What chance was taken to be, in words."""
    min_objects: int
    """Fewest different objects on which an account must stand with the others."""
    n_members: int
    """Members found together in this setting; 0 where they don't stand out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """Every setting that was tried on one reported group."""

    group_id: str
    size: int
    cells: tuple[Cell, ...]
    """Sorted by kind, null, window and minimum."""

    @property
    def enough(self) -> int:
        """Members that must be found for the group to be there: half of them, and three or more."""
        return max(LEAST_FOUND, math.ceil(self.size / 2))

    def found(self, cells: Iterable[Cell]) -> int:
        """The number of these cells in which the group is found again."""
        return sum(cell.n_members >= self.enough for cell in cells)

    @property
    def n_found(self) -> int:
        """Settings in which the group is found again."""
        return self.found(self.cells)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of trace that were looked at."""
        return tuple(dict.fromkeys(cell.kind for cell in self.cells))

    def of(self, kind: str) -> tuple[Cell, ...]:
        """The cells of one kind of trace."""
        return tuple(cell for cell in self.cells if cell.kind == kind)

    def as_json(self) -> dict[str, Any]:
        """As it stands in ``groups.json``."""
        return {
            "group_id": self.group_id,
            "size": self.size,
            "n_settings": len(self.cells),
            "n_found": self.n_found,
            "enough_members": self.enough,
            "by_kind": [
                {"kind": kind, "n_settings": len(self.of(kind)), "n_found": self.found(self.of(kind))}
                for kind in self.kinds
            ],
            "cells": [asdict(cell) for cell in self.cells],
        }
