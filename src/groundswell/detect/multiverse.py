"""Would the same group have been found with other choices?

    reported groups × kind × window × null × minimum ──► Multiverse        members found again, setting by setting

Each group is put to other rules; it is not searched for anew. A setting that shows it says that these accounts stand
out there too, and nothing about what else that setting would have reported: two of the four nulls are those of single
pairs, which name innocent people as soon as some accounts read fast (docs/how_it_works.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from groundswell.detect.decision import Rule, decide
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import FirstShares, Ints
from groundswell.detect.groups import Measured, Scan, measured
from groundswell.detect.limit import within_limits
from groundswell.detect.links import linked
from groundswell.detect.pairs import Pairs
from groundswell.detect.refine import SMALLEST, refine
from groundswell.detect.scan import SIDE_BY_SIDE, STRICT_PASSES, Setting, dominates, without_control
from groundswell.detect.shares import Shares
from groundswell.detect.speed import Speed
from groundswell.model.group import Outcome
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.model.table import Columns

MIN_OBJECTS = (2, 3, 4, 5)
THETAS = (3.0, 5.0)
"""The minimum effect of the rule, and a cautious one."""

PAIR_NULLS = {"pairs, timing": "q_timing", "pairs, selection": "q_selection"}
"""Each null of single pairs, and its column in the links table."""

Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


def group_null(theta: float) -> str:
    """The words for the group scan with this minimum effect."""
    return f"group, {theta:g} times chance"


def multiverse(
    layers: Sequence[Shares],
    scan: Scan,
    *,
    fdr: float = 0.05,
    min_objects: Sequence[int] = MIN_OBJECTS,
    thetas: Sequence[float] = THETAS,
    follows: Columns | None = None,
    logs: Sequence[Measured] | None = None,
    memory: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Multiverse, ...]:
    """Put each reported group to every combination of kind of trace, window, null and minimum.

    Parameters
    ----------
    layers
        The shares of each kind, as the scan had them.
    scan
        The scan whose reported groups are tried; its windows, clock, seed and price of a report are kept.
    fdr
        Level at which a link beats chance.
    min_objects
        Fewest different objects on which an account must stand with other members.
    thetas
        Minimum effects of the group scan.
    follows
        Who follows whom, as the scan had it.
    logs
        What `groups.measured` says of these layers and follows, from whoever has asked already.
    memory
        Bytes that counting pairs may take, in all kinds that are looked at side by side.
    progress
        Called with (kinds of trace done, kinds in all).

    Returns
    -------
    one `Multiverse` for each reported group, in the scan's order
        A cell counts the members found together. With a null of pairs: the largest part of the members that hangs
        together by links which beat chance on `min_objects` objects or more. With the group scan: the members that
        are left when the group is refined in this setting and still reported, each in step with another member on
        `min_objects` objects or more; 0 if it would be a note there, or nothing.

    Notes
    -----
    The minimum is applied to one table of links made with the smallest. Its q-values are those of that table, so a
    higher minimum has to pay for more trials than it made, and is a little too strict. Where there are more links than
    a table can hold, those of too few objects are left out (`limit`), and a cell can be too small.
    Time: the links table for each window, and one tally for each window and kind; no search. Memory: the links of one
    window, of as many kinds as are looked at side by side.
    """
    reported = scan.reported
    cells: dict[str, list[Cell]] = {group.group_id: [] for group in reported}
    if not reported:
        return ()
    logs = measured(layers, follows) if logs is None else logs
    share = None if memory is None else memory // SIDE_BY_SIDE
    pool = ThreadPoolExecutor(SIDE_BY_SIDE)
    try:
        asked = [
            pool.submit(_of_kind, layer, log, speed, scan, fdr, min_objects, thetas, share)
            for layer, (log, speed) in zip(layers, logs, strict=True)
        ]
        for number, one in enumerate(asked):
            if progress:
                progress(number, len(layers))
            for group_id, cell in one.result():
                cells[group_id].append(cell)
    finally:
        pool.shutdown(cancel_futures=True)
    if progress:
        progress(len(layers), len(layers))
    return tuple(
        Multiverse(
            group_id=group.group_id,
            size=group.size,
            cells=tuple(sorted(cells[group.group_id], key=lambda c: (c.kind, c.null, c.window_s, c.min_objects))),
        )
        for group in reported
    )


def _of_kind(
    layer: Shares,
    log: FirstShares,
    speed: Speed,
    scan: Scan,
    fdr: float,
    min_objects: Sequence[int],
    thetas: Sequence[float],
    memory: int | None,
) -> list[tuple[str, Cell]]:
    """The cells of each reported group in one kind of trace."""
    members = {group.group_id: log.numbers_of(group.account_ids) for group in scan.reported}
    block = log.numbers_of({account for group in scan.groups for account in group.account_ids})
    windows = [timedelta(seconds=window_s) for window_s in scan.windows_s]
    cells: list[tuple[str, Cell]] = []
    for shares, some, limit in within_limits(layer, windows, min_objects=min(min_objects)):
        for pairs, figures in linked(shares, some, limit.min_objects if limit else min(min_objects), memory=memory):
            window_s = pairs.window / timedelta(seconds=1)
            for group_id, of_group in members.items():
                inside = among(pairs, figures, of_group, log.n_accounts)
                hanging = hanging_together(layer.kind, inside, of_group, window_s, fdr, min_objects)
                cells += [(group_id, cell) for cell in hanging]
    for window_s in scan.windows_s:
        cells += _weighed(log, speed, members, block, scan, window_s, min_objects, thetas)
    return cells


def among(pairs: Pairs, figures: Columns, members: Ints, n_accounts: int) -> Columns:
    """The links with both ends among the members, which are numbers and stay so."""
    member = np.zeros(n_accounts, np.bool_)
    member[members] = True
    inside = np.flatnonzero(member[pairs.a])
    inside = inside[member[pairs.b[inside]]]
    columns = {"a": pairs.a, "b": pairs.b, **figures}
    return {name: columns[name][inside] for name in ("a", "b", "n_objects", *PAIR_NULLS.values())}


def hanging_together(
    kind: str, among: Columns, members: Ints, window_s: float, fdr: float, min_objects: Sequence[int]
) -> Iterator[Cell]:
    """For each null and minimum, the largest part of the members that hangs together by links that beat chance."""
    for null, column in PAIR_NULLS.items():
        beyond = among[column] <= fdr
        for least in min_objects:
            kept = beyond & (among["n_objects"] >= least)
            yield Cell(
                kind=kind,
                window_s=window_s,
                null=null,
                min_objects=least,
                n_members=_largest_part(among, kept, members),
            )


def _largest_part(among: Columns, kept: Mask, members: Ints) -> int:
    """Accounts in the largest connected part of these links; 0 without any."""
    if not kept.any():
        return 0
    a, b = (np.searchsorted(members, among[side][kept]) for side in ("a", "b"))
    ties = coo_array((np.ones(len(a)), (a, b)), shape=(len(members), len(members)))
    _, part = connected_components(ties, directed=False)
    return int(np.bincount(part).max())


def _weighed(
    log: FirstShares,
    speed: Speed,
    members: dict[str, Ints],
    block: Ints,
    scan: Scan,
    window_s: float,
    min_objects: Sequence[int],
    thetas: Sequence[float],
) -> Iterator[tuple[str, Cell]]:
    rule = Rule(needed=scan.needed_digits, precision_s=scan.precision_s, seed=scan.seed)
    # What is tallied, and the yardstick of the whole group, are the same at every minimum effect.
    bare = Setting.of(log, speed, window_s=window_s, theta=min(thetas))
    bare = bare.keeping_apart(list(members.values()))
    for group_id, of_group in members.items():
        first = bare.evidence(of_group) if len(of_group) >= SMALLEST else None
        for theta in thetas:
            setting = replace(bare, theta=theta)
            left = _left(setting, first.asking(theta), of_group, block, rule) if first else of_group[:0]
            met = objects_in_step(log, left, window_s)
            for least in min_objects:
                n = int(np.count_nonzero(met >= least))
                yield (
                    group_id,
                    Cell(
                        kind=log.shares.kind,
                        window_s=window_s,
                        null=group_null(theta),
                        min_objects=least,
                        n_members=n if n >= SMALLEST else 0,
                    ),
                )


def _left(setting: Setting, evidence: Evidence, members: Ints, block: Ints, rule: Rule) -> Ints:
    """Those of the members whom the group scan reports in this setting; nobody if it reports none.

    `evidence` weighs all of them. Where they, or the block of all that stand out, dominate the collection, they are
    reported as the scan would.
    """
    left = members
    for _ in range(STRICT_PASSES):
        before, left = left, np.intersect1d(refine(evidence, left), members)
        if np.array_equal(left, before):
            break
        if len(left) < SMALLEST:
            return left[:0]
        evidence = setting.evidence(left)
    decision = decide(evidence, left, rule)
    for dominant in (left, block):
        if dominates(setting.log, dominant):
            _, decision = without_control(setting, dominant, left, rule, decision)
    return left if decision and decision.outcome is Outcome.REPORTED else left[:0]


def objects_in_step(log: FirstShares, members: Ints, window_s: float) -> Ints:
    """For each of these sorted members, the objects that it first shared within the window of another member."""
    rows = log.rows_of(members)
    if len(rows) < 2:
        return np.zeros(len(members), np.int64)
    # Rows lie by object and then time, so whoever stands nearest is a neighbour.
    thing, time_us = log.shares.object[rows], log.shares.time_us[rows]
    near = (np.diff(time_us) <= round(window_s * 1e6)) & (np.diff(thing) == 0)
    in_step = np.zeros(len(rows), np.bool_)
    in_step[1:] |= near
    in_step[:-1] |= near
    counts = np.bincount(log.shares.account[rows][in_step], minlength=log.n_accounts)
    return np.asarray(counts[members], dtype=np.int64)
