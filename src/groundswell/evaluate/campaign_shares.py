"""Does the interval of a campaign's share hold the truth, and do its bounds hold it under deletion?

    crowd + planted campaign of known share ──► read in part, or deleted in part ──► the scan ──► held or not

*Read*: so many accounts in a hundred are read, each with all its posts, and the 95 % interval is asked whether it holds
the share in the whole world. *Deleted*: three posts in ten are gone, at random, of the campaign only or of the others
only, and the bounds are asked. The interval takes the accounts read for a small part of all; where four in ten are
read it is wider than it need be, and that is measured beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundswell.assess.volumes import volumes_of
from groundswell.detect.groups import find_groups
from groundswell.evaluate.journal import Journal
from groundswell.evaluate.layers import PRECISION_S, layers_of
from groundswell.evaluate.processes import check_counts, told_of
from groundswell.evaluate.rates import Estimate, rate
from groundswell.model.group import Outcome
from groundswell.model.records import revive
from groundswell.model.table import Columns
from groundswell.simulate.logs import ShareLog
from groundswell.simulate.newcomers import Campaign
from groundswell.simulate.scenario import World

FAST = 0.05
GONE = 0.3
"""Part of the posts that are deleted: the most that is asked for."""

LARGE = 60_000
"""Shares of a world of which a tenth is read."""
SMALL = 12_000

LARGE_WORLDS = {
    "250 accounts": (Campaign(accounts=250, objects=15, pace_s=60),),
    "250 accounts, some busy": (Campaign(accounts=250, objects=15, pace_s=60, uneven=1.2),),
    "250 accounts, nobody echoes": (Campaign(accounts=250, objects=15, pace_s=60, brings="own"),),
    "150 and 100 accounts": (
        Campaign(accounts=150, objects=15, pace_s=60, name="planted-1"),
        Campaign(accounts=100, objects=20, pace_s=60, name="planted-2"),
    ),
}
SMALL_WORLDS = {
    "20 accounts": (Campaign(accounts=20, objects=15, pace_s=60),),
    "10 accounts": (Campaign(accounts=10, objects=8, pace_s=60),),
    "20 accounts, nobody echoes": (Campaign(accounts=20, objects=15, pace_s=60, brings="own"),),
    "50 and 10 accounts": (
        Campaign(accounts=50, objects=15, pace_s=60, name="planted-1"),
        Campaign(accounts=10, objects=15, pace_s=60, name="planted-2"),
    ),
}

READ_TENTH, READ_MORE = "1 account in 10 read", "4 accounts in 10 read"
AT_RANDOM, THEIRS, OTHERS = "3 posts in 10 deleted", "3 in 10 of theirs deleted", "as many deleted, of others only"
READ = {READ_TENTH: 0.1, READ_MORE: 0.4}
WHOLES = ("posts", "accounts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One share of one world: the truth, and what the assessment said."""

    whole: str
    """Of what it is a share: ``posts`` or ``accounts``."""
    truth: float
    low: float
    point: float
    high: float
    bound_low: float
    bound_high: float
    n_reported: int
    """Groups reported; where there are none, no share is claimed."""

    @property
    def in_interval(self) -> bool:
        """Whether the 95 % interval holds the truth."""
        return self.low <= self.truth <= self.high

    @property
    def in_bounds(self) -> bool:
        """Whether the bounds do."""
        return self.bound_low <= self.truth <= self.bound_high


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often the truth was held, over the worlds in which a group was reported."""

    done: str
    """What was done to the worlds."""
    whole: str
    worlds: int
    reported: int
    """Worlds in which a group was reported."""
    interval: Estimate | None
    """How often the 95 % interval held the truth; None under deletion, which it does not claim to cover."""
    bounds: Estimate | None
    """How often the bounds did; None where nothing is missing but accounts that were not read."""
    bounds_everywhere: Estimate | None
    """The same over all worlds, with or without a reported group."""
    bias: float | None
    """Mean of the point less the truth, as a part of the truth."""
    width: float | None
    """Mean width of the interval, as a part of the truth."""


def evaluate_shares(
    *,
    seeds: int = 3,
    first_seed: int = 0,
    jobs: int = 1,
    kept: Journal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Coverage, ...]:
    """How often interval and bounds hold the share that was planted.

    Parameters
    ----------
    seeds, first_seed
        Worlds of each of four campaigns, for reading and for deletion.
    jobs
        Processes to share the worlds; the answer does not depend on it.
    kept
        Worlds that were told before; each further one is written into it as soon as it is done.
    progress
        Called with (worlds done, worlds in all).

    Raises
    ------
    WrongUse
        `seeds` or `jobs` is not positive.
    """
    check_counts(seeds, jobs)
    names = [("large", name) for name in LARGE_WORLDS] + [("small", name) for name in SMALL_WORLDS]
    worlds = [(size, name, seed) for size, name in names for seed in range(first_seed, first_seed + seeds)]
    told = told_of(worlds, shares_in, jobs=jobs, kept=kept, to_json=_to_json, from_json=_from_json, progress=progress)
    return tuple(
        _coverage(done, whole, [held for world in worlds for held in told[world].get(done, ()) if held.whole == whole])
        for done in (READ_TENTH, READ_MORE, AT_RANDOM, THEIRS, OTHERS)
        for whole in WHOLES
        # Deletion leaves the accounts of a share log uncounted: those that lost all their posts are not there.
        if whole == "posts" or done in READ
    )


def shares_in(size: str, name: str, seed: int) -> dict[str, tuple[Held, ...]]:
    """What is held in one world, by what was done to it."""
    large = size == "large"
    campaigns = (LARGE_WORLDS if large else SMALL_WORLDS)[name]
    world = ShareLog(fast=FAST, newcomers=campaigns)(seed, LARGE if large else SMALL)
    assert world.shares is not None
    members = frozenset().union(*world.planted().values())
    planted = np.isin(world.shares["account_id"].astype(str), sorted(members))
    rng = np.random.default_rng([seed, 1])
    if large:
        return {READ_TENTH: _asked(world, planted, _read(world.shares, READ[READ_TENTH], rng), seed)}
    draw = rng.random(len(planted))
    fewer = np.argsort(draw + ~planted, kind="stable")[: round(GONE * planted.sum())]
    others = np.argsort(draw + planted, kind="stable")[: round(GONE * len(planted))]
    return {
        READ_MORE: _asked(world, planted, _read(world.shares, READ[READ_MORE], rng), seed),
        AT_RANDOM: _asked(world, planted, draw >= GONE, seed),
        THEIRS: _asked(world, planted, _without(fewer, len(planted)), seed),
        OTHERS: _asked(world, planted, _without(others, len(planted)), seed),
    }


def as_json(rows: Sequence[Coverage]) -> list[dict[str, Any]]:
    """The table for machines."""
    return [asdict(row) for row in rows]


def as_text(rows: Sequence[Coverage]) -> str:
    """The table for people, one row a line; intervals of the rates are 95 %."""
    lines = [("share of", "worlds", "a group reported", "interval held", "bounds held", "width", "off by")] + [
        (
            f"{row.whole}, {row.done}",
            str(row.worlds),
            str(row.reported),
            _shown(row.interval),
            _shown(row.bounds),
            f"{row.width:.2f}" if row.width is not None and row.interval else "–",
            f"{row.bias:+.3f}" if row.bias is not None and row.interval else "–",
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


class _Counts:
    """Posts by account, as a share log holds them; nobody repeats anyone there."""

    def __init__(self, accounts: NDArray[Any]) -> None:
        names, n = np.unique(accounts.astype(str), return_counts=True)
        self.posts = {str(name): (int(k), 0) for name, k in zip(names, n, strict=True)}
        self.reposts: list[tuple[str, str, int]] = []


def _asked(world: World, planted: NDArray[np.bool_], keep: NDArray[np.bool_], seed: int) -> tuple[Held, ...]:
    """The shares counted from the rows that are kept, beside the truth of the whole world."""
    assert world.shares is not None
    account = world.shares["account_id"].astype(str)
    shares = {name: column[keep] for name, column in world.shares.items()}
    scan = find_groups(layers_of(World(shares=shares, truth=world.truth)), precision_s=PRECISION_S, seed=seed)
    groups = [group for group in scan.groups if group.outcome is Outcome.REPORTED]
    aside = [group for group in scan.groups if group.outcome is not Outcome.REPORTED]
    told = volumes_of(_Counts(account[keep]), groups, aside, seed=seed)
    truth = {"posts": float(planted.mean()), "accounts": len(set(account[planted])) / len(set(account))}
    found = []
    for whole in WHOLES:
        said = {"posts": told.posts, "accounts": told.accounts}[whole]
        ends = {name: getattr(said, name) for name in ("low", "point", "high", "bound_low", "bound_high")}
        found.append(Held(whole=whole, truth=truth[whole], n_reported=len(groups), **ends))
    return tuple(found)


def _read(shares: Columns, part: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Rows of the accounts that are read: each account by itself, with all its posts."""
    names, account = np.unique(shares["account_id"].astype(str), return_inverse=True)
    return np.asarray((rng.random(len(names)) < part)[account])


def _without(rows: NDArray[np.int64], n: int) -> NDArray[np.bool_]:
    keep = np.ones(n, dtype=np.bool_)
    keep[rows] = False
    return keep


def _coverage(done: str, whole: str, held: Sequence[Held]) -> Coverage:
    claimed = [one for one in held if one.n_reported]
    read = done in READ

    def often(hits: Sequence[bool]) -> Estimate | None:
        return rate(sum(hits), len(hits)) if hits else None

    return Coverage(
        done=done,
        whole=whole,
        worlds=len(held),
        reported=len(claimed),
        interval=often([one.in_interval for one in claimed]) if read else None,
        bounds=None if read else often([one.in_bounds for one in claimed]),
        bounds_everywhere=None if read else often([one.in_bounds for one in held]),
        bias=float(np.mean([one.point / one.truth - 1 for one in claimed])) if claimed else None,
        width=float(np.mean([(one.high - one.low) / one.truth for one in claimed])) if claimed else None,
    )


def _shown(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    hits = round(estimate.value * estimate.n)
    return f"{hits} of {estimate.n} [{estimate.low:.3f}, {estimate.high:.3f}]"


def _to_json(told: dict[str, tuple[Held, ...]]) -> Any:
    return {done: [asdict(one) for one in held] for done, held in told.items()}


def _from_json(value: Any) -> dict[str, tuple[Held, ...]]:
    return {done: tuple(revive(Held, one) for one in held) for done, held in value.items()}
