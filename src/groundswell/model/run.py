"""What a run was asked to do. Everything a stranger needs to repeat it stands here or in the files' hashes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from groundswell.errors import WindowTooFine, WrongUse

DEFAULT_WINDOW = timedelta(seconds=60)
"""The field's most used window (Coordination Network Toolkit)."""

SCAN_WINDOWS_S = (10.0, 60.0, 600.0, 3600.0)
"""The group scan's own ladder (fixed beforehand, paid for in the evidence)."""

LEAST_TIMES, CAUTIOUS_TIMES = 3.0, 5.0
"""The minimum effect of the group scan, and that of the cautious setting (docs/decisions)."""

DEFAULT_POWER = 10
"""Ten planted campaigns of each make tell «nearly always» from «hardly ever», in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The choices of one run, with the reasons of their defaults beside them."""

    windows: tuple[timedelta, ...] = ()
    """Windows of the links table, shortest first. Empty means `DEFAULT_WINDOW`, or the clock's grain where that is
    coarser; `fitted` puts it in."""
    min_objects: int = 2
    """Fewest distinct objects for a pair to stand in the links table: one meeting is coincidence."""
    fdr: float = 0.05
    """Benjamini–Hochberg level at which a link is called beyond chance and its meetings are kept."""
    campaign: str | None = None
    """A hashtag, URL or phrase whose share is to be measured."""
    seed: int = 0
    show_handles: bool = False
    kinds: tuple[str, ...] = field(default=())
    """Kinds of trace to look at; empty means all that the data have."""
    power: int = DEFAULT_POWER
    """Campaigns of each make to plant into a copy of the traces, to see what would have been found; 0 for none."""
    cautious: bool = False
    """Report groups only that are in step more than five times as often as outsiders, not three."""

    @property
    def theta(self) -> float:
        """The minimum effect that a group must show, times chance."""
        return CAUTIOUS_TIMES if self.cautious else LEAST_TIMES

    def __post_init__(self) -> None:
        for window in self.windows:
            if window <= timedelta(0):
                raise WrongUse(
                    f"A window must be longer than nothing, but {window.total_seconds():g} s was asked for.\n"
                    "  A window is the longest time between two posts that still counts.\n"
                    "  Ask for `--window 60s`, for example; 10s, 5min and 1h are understood too."
                )
        if self.min_objects < 1:
            raise WrongUse(
                f"--min-objects must be 1 or more, but {self.min_objects} was asked for.\n"
                "  It is the fewest different objects two accounts must share to be listed."
            )
        if self.power < 0:
            raise WrongUse(
                f"--power must be 0 or more, but {self.power} was asked for.\n"
                "  It is how many made-up campaigns of each make are planted into a copy of the data; 0 plants none."
            )
        if not 0 < self.fdr < 1:
            raise WrongUse(f"--fdr must lie between 0 and 1, but {self.fdr:g} was asked for.\n  The default is 0.05.")

    def fitted(self, grain_s: float) -> Parameters:
        """These parameters on data whose clock has this grain in seconds.

        Raises
        ------
        WindowTooFine
            A window that was asked for is finer than the clock.
        """
        if not self.windows:
            return replace(self, windows=(max(DEFAULT_WINDOW, timedelta(seconds=grain_s)),))
        for window in self.windows:
            if window.total_seconds() < grain_s:
                raise WindowTooFine(window.total_seconds(), grain_s)
        return replace(self, windows=tuple(sorted(set(self.windows))))

    def as_json(self) -> dict[str, Any]:
        """The ``parameters`` of ``run.json``."""
        return {
            "windows_s": [window.total_seconds() for window in self.windows],
            "scan_windows_s": list(SCAN_WINDOWS_S),
            "min_objects": self.min_objects,
            "fdr": self.fdr,
            "campaign": self.campaign,
            "seed": self.seed,
            "show_handles": self.show_handles,
            "kinds": list(self.kinds),
            "power": self.power,
            "cautious": self.cautious,
        }
