"""Which accounts act together beyond chance, in whatever kind of trace?

    Shares of each kind ──► Scan         groups, notes, and what was tried

One scan for each kind of trace and each window; what is too little in each kind is added up; then groups of different
kinds that are about the same accounts become one. How a group is weighed stands in `evidence`, how it is decided upon
in `decision`, and what data like these can't show in `power`.

Source: docs/how_it_works.md. The decision is about groups, never about pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeAlias

from groundswell.detect.decision import Rule, needed_digits
from groundswell.detect.first_shares import FirstShares, first_shares
from groundswell.detect.merging import Finding, Short, beside_a_block, by_several_kinds, merged, without_overlaps
from groundswell.detect.naming import names
from groundswell.detect.scan import SIDE_BY_SIDE, Scanned, Setting, WindowTried, scan
from groundswell.detect.shares import Shares
from groundswell.detect.speed import Speed, speed_of
from groundswell.model.group import Group, Outcome
from groundswell.model.table import Columns

SCAN_WINDOWS_S = (10.0, 60.0, 600.0, 3600.0)

RULE_VERSION = 4
"""Goes up when the same shares can give other groups. Measured error rates belong to a version: docs/evaluation.md."""

Measured: TypeAlias = tuple[FirstShares, Speed]

Progress: TypeAlias = Callable[[float, str], None]
"""Called with the share of the work that is done, 0 to 1, and what is looked at next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTried:
    """What was looked at in one kind of trace. Counts are of first shares: one for each account and object."""

    kind: str
    n_shares: int
    n_accounts: int
    n_objects: int
    n_eligible: int
    """Accounts with two objects or more that others shared too: N, out of which a group is chosen."""
    windows: tuple[WindowTried, ...]
    n_following: int | None = None
    """Accounts of which it is known whom they follow; None where nobody listed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The groups, and what the search for them was."""

    groups: tuple[Group, ...]
    """Reported ones first, then the notes; each by evidence, most first."""
    kinds: tuple[KindTried, ...]
    windows_s: tuple[float, ...]
    refused_windows_s: tuple[float, ...]
    """Windows finer than the data's clock."""
    precision_s: float
    needed_digits: float
    """Evidence that a report needs: the price of all kinds and windows tried, over alpha."""
    theta: float
    alpha: float
    resolution: float
    seed: int
    rule_version: int = RULE_VERSION

    @property
    def reported(self) -> tuple[Group, ...]:
        """The groups that may stand in a report as such."""
        return tuple(group for group in self.groups if group.outcome is Outcome.REPORTED)

    def tried_as_json(self) -> dict[str, Any]:
        """Everything but the groups."""
        return {name: value for name, value in asdict(self).items() if name != "groups"}


def find_groups(
    layers: Sequence[Shares],
    *,
    windows_s: Sequence[float] = SCAN_WINDOWS_S,
    precision_s: float,
    seed: int = 0,
    resolution: float = 0.15,
    theta: float = 3.0,
    alpha: float = 0.001,
    previous: Sequence[tuple[str, frozenset[str]]] = (),
    follows: Columns | None = None,
    logs: Sequence[Measured] | None = None,
    memory: int | None = None,
    progress: Progress | None = None,
) -> Scan:
    """Find the groups of accounts that stand together more than `theta` times as often as chance and habit suggest.

    Parameters
    ----------
    layers
        The shares of each kind of trace, each kind once. Only an account's first share of an object counts.
    windows_s
        Longest times, in seconds, within which members may stand together. Those finer than the clock are left
        out, and named in the answer.
    precision_s
        The data's clock: all times are whole multiples of it.
    seed
        Of the community search and of the lead test's draws.
    resolution
        Least density of ties inside a candidate. Lower finds thinner groups and joins more.
    theta
        Least effect, times chance. With 1, quick readers of the same sources are reported in every world
        (docs/how_it_works.md).
    alpha
        Price of a report over all kinds and windows: nominal, and not the measured rate of false reports.
    previous
        Names and accounts of an earlier run's groups, so that they keep their names.
    follows
        Who follows whom, by `model.follow.FOLLOWS`: shares that come soon after one by a followed outsider then make
        no group. None where nobody listed it.
    logs
        What `measured` says of these layers and follows, from whoever has asked already.
    memory
        Bytes that counting pairs may take, in all scans that go side by side. The answer does not depend on it.
    progress
        Called before each kind and window.

    Returns
    -------
    Scan
        A `Group` has the members of its strongest layer: reported before not reported, then by evidence. A union
        over kinds would name accounts that no single kind shows to be in step, and an intersection would lose most
        of a campaign that splits its work. The figures of its other layers are those of these same members,
        weighed in the other kind with themselves left out; a kind in which they don't stand out is not listed.

    Raises
    ------
    ValueError
        A window, `theta`, `alpha` or `resolution` is not positive, or a kind comes twice.

    Notes
    -----
    Nothing here is a probability to print: the yardstick is estimated from the data, and objects are not quite
    independent. Quote measured rates of false reports.
    Time O(shares x strata) for each kind and window, and for each candidate; the pairs of an object are never put
    down, except those that meet on several objects more than chance allows.
    """
    if min(*windows_s, theta, alpha, resolution) <= 0:
        raise ValueError(f"{windows_s=}, {theta=}, {alpha=} and {resolution=} must be positive")
    kinds = [layer.kind for layer in layers]
    if len(set(kinds)) < len(kinds):
        raise ValueError(f"each kind of trace may come once, got {kinds}")
    used = tuple(sorted({float(window) for window in windows_s if window >= precision_s}))
    needed = needed_digits(alpha, max(1, len(used) * len(layers)))
    rule = Rule(needed=needed, precision_s=precision_s, seed=seed)
    logs = measured(layers, follows) if logs is None else logs
    scanned = _scanned(logs, used, rule, theta=theta, resolution=resolution, memory=memory, progress=progress)
    tried: list[KindTried] = []
    findings: list[Finding] = []
    settings: dict[str, list[Setting]] = {}
    short: list[Short] = []
    for (log, _), seen in zip(logs, scanned, strict=True):
        kind = log.shares.kind
        settings[kind] = [one.setting for one in seen]
        findings += without_overlaps([Finding(one.setting, rule, found) for one in seen for found in one.decisions])
        short += [Short(one.setting, members) for one in seen for members in one.short]
        tried.append(
            KindTried(
                kind=kind,
                n_shares=log.shares.n,
                n_accounts=log.n_accounts,
                n_objects=log.n_objects,
                n_eligible=log.n_eligible,
                windows=tuple(one.tried for one in seen),
                n_following=log.following.n_listed if log.following else None,
            )
        )
    findings += by_several_kinds(short, settings, rule, findings)
    groups = merged(beside_a_block(findings))
    given = names([(group.outcome, frozenset(group.account_ids)) for group in groups], previous)
    return Scan(
        groups=tuple(replace(group, group_id=name) for group, name in zip(groups, given, strict=True)),
        kinds=tuple(tried),
        windows_s=used,
        refused_windows_s=tuple(sorted({float(window) for window in windows_s} - set(used))),
        precision_s=precision_s,
        needed_digits=needed,
        theta=theta,
        alpha=alpha,
        resolution=resolution,
        seed=seed,
    )


def measured(layers: Sequence[Shares], follows: Columns | None) -> list[Measured]:
    """The first shares of each kind, and the speed of each share."""

    def look(layer: Shares) -> Measured:
        log = first_shares(layer, follows)
        return log, speed_of(log)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return list(pool.map(look, layers))


def _scanned(
    logs: Sequence[Measured],
    windows_s: Sequence[float],
    rule: Rule,
    *,
    theta: float,
    resolution: float,
    memory: int | None,
    progress: Progress | None,
) -> list[list[Scanned]]:
    """What came of each kind in each window. Scans know nothing of one another, so some go side by side."""
    share = None if memory is None else memory // SIDE_BY_SIDE

    def look(log: FirstShares, speed: Speed, window_s: float) -> Scanned:
        setting = Setting.of(log, speed, window_s=window_s, theta=theta)
        return scan(setting, rule, resolution=resolution, memory=share)

    n = len(logs) * len(windows_s)
    done: list[Scanned] = []
    pool = ThreadPoolExecutor(SIDE_BY_SIDE)
    try:
        asked = [
            (f"{log.shares.kind} within {window_s:g} s", pool.submit(look, log, speed, window_s))
            for log, speed in logs
            for window_s in windows_s
        ]
        for name, one in asked:
            if progress:
                progress(len(done) / n, name)
            done.append(one.result())
    finally:
        # Whoever stops the program waits for the scans that have begun, and for no more.
        pool.shutdown(cancel_futures=True)
    if progress:
        progress(1.0, "done")
    return [done[at * len(windows_s) : (at + 1) * len(windows_s)] for at in range(len(logs))]
