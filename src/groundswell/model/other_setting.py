"""What another window or minimum would list, beside what the latest run listed.

window, minimum ──► pairs of each kind, and what of each group hangs together        nothing is decided anew
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from groundswell.model.multiverse import Multiverse


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLinks:
    """The links of one kind of trace in this setting."""

    kind: str
    n_shares: int
    n_accounts: int
    n_pairs: int
    """Pairs of accounts that met on the minimum of objects within the window."""
    n_listed: int
    """Of these, the pairs that a table of links holds (`detect.limit`): all of them but in a crowd."""
    n_beyond: dict[str, int]
    """Of the pairs listed, those that beat chance, by the null's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSetting:
    """Links in a window and with a minimum that somebody wants to see, and the latest run's groups in them."""

    window_s: float
    min_objects: int
    fdr: float
    kinds: tuple[KindLinks, ...]
    groups: tuple[Multiverse, ...]
    """Each reported group, with the cells of this setting: members that hang together by links that beat chance."""
    run_id: str | None
    """The latest run; None if there is none yet, and then no group."""
    run_windows_s: tuple[float, ...]
    run_min_objects: int | None
    run_pairs: dict[str, dict[float, int]]
    """What that run listed: pairs by kind of trace and window in seconds. What is missing was listed 0 times."""
    left_out: tuple[str, ...] = ()
    """For each kind with more pairs than a table can hold, what was left out."""

    @property
    def n_pairs(self) -> int:
        """Pairs over all kinds of trace."""
        return sum(one.n_pairs for one in self.kinds)

    @property
    def compared_with_s(self) -> float | None:
        """The run's window that is nearest to this one; None without a run."""
        return min(self.run_windows_s, key=lambda one: (abs(one - self.window_s), one), default=None)

    def listed_by_run(self, kind: str) -> int | None:
        """Pairs of this kind that the run listed in that window; None without a run."""
        if self.compared_with_s is None:
            return None
        return self.run_pairs.get(kind, {}).get(self.compared_with_s, 0)

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            **{name: getattr(self, name) for name in ("window_s", "min_objects", "fdr", "n_pairs", "run_id")},
            "run_window_s": self.compared_with_s,
            "run_min_objects": self.run_min_objects,
            "left_out": list(self.left_out),
            "kinds": [{**asdict(one), "n_pairs_of_run": self.listed_by_run(one.kind)} for one in self.kinds],
            "groups": [one.as_json() for one in self.groups],
        }
