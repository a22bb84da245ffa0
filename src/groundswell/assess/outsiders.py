"""How often the members met, and how often they would have if they were in step like the outsiders.

    traces of one kind, groups ──► Ties      pairs and meetings of each group, beside what outsiders' timing gives

The ``expected`` of a link counts every sharer of an object, the pair's own group among them, and where a group owns
an object it finds nothing odd: in a made-up campaign whose texts nobody else posts, 257 meetings of 257 expected.
Here each group is left out of its own yardstick, as in the scan (docs/how_it_works.md), and an object that nobody
else shared is judged by objects of its size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from groundswell.detect.first_shares import FirstShares, Floats, Ints, first_shares
from groundswell.detect.shares import shares_of
from groundswell.detect.speed import speed_of
from groundswell.detect.yardstick import OUTSIDE, tally, yardstick
from groundswell.engine.engine import Engine
from groundswell.model.group import Group


@dataclass(frozen=True, slots=True)
class Ties:
    """What the members of one group have with each other in one kind of trace, each account's first share counted."""

    pairs: int
    """Pairs that met on at least the fewest objects that make a link."""
    meetings: int
    """Over all pairs: objects that both shared within the layer's window."""
    expected: float
    """The same, if any two members stood together as often as two sharers outside the group."""
    shared: int = 0
    """Objects that two members or more shared."""
    beyond: int = 0
    """Of these, objects on which more than `LEAST_TIMES` as many pairs met as outsiders' timing would give."""


LEAST_TIMES = 3.0
"""The effect the scan asks for (theta in docs/how_it_works.md)."""

TiesOf: TypeAlias = Mapping[tuple[str, str], Ties]
"""By group and kind of trace."""


def ties_of(engine: Engine, groups: Sequence[Group], *, min_objects: int, set_aside: Sequence[Group] = ()) -> TiesOf:
    """Count the meetings inside each group, layer by layer, against outsiders.

    Parameters
    ----------
    engine
        Holds the table ``traces``.
    groups
        All reported groups.
    min_objects
        Fewest objects on which a pair must have met to be counted among `Ties.pairs`.
    set_aside
        What the scan found and did not report. They are in step, whatever the reason, so they are no yardstick: the
        pairs inside any group are left out of it.
    """
    found: dict[tuple[str, str], Ties] = {}
    for kind in sorted({layer.kind for group in groups for layer in group.layers}):
        log = first_shares(shares_of(engine, kind))
        if not log.n_objects:
            continue
        speed = speed_of(log)
        members = [log.numbers_of(group.account_ids) for group in groups]
        label = np.full(log.n_accounts, OUTSIDE, dtype=np.int64)
        apart = [*(log.numbers_of(group.account_ids) for group in set_aside), *members]
        for number, accounts in enumerate(apart):
            label[accounts] = number
        layers = [(group, own, layer) for group, own in zip(groups, members, strict=True) for layer in group.layers]
        for window_us in sorted({round(layer.window_s * 1e6) for _, _, layer in layers if layer.kind == kind}):
            near_share = yardstick(tally(log, speed, window_us), label).near_share
            for group, own, layer in layers:
                if layer.kind == kind and round(layer.window_s * 1e6) == window_us:
                    found[group.group_id, kind] = _ties(log, own, window_us, near_share, min_objects)
    return found


def _ties(log: FirstShares, members: Ints, window_us: int, near_share: Floats, min_objects: int) -> Ties:
    rows = log.rows_of(members)
    seat = np.searchsorted(members, log.shares.account[rows])
    met = np.zeros((len(members), len(members)), dtype=np.int64)
    expected, shared, beyond = 0.0, 0, 0
    things, start, sharers = np.unique(log.shares.object[rows], return_index=True, return_counts=True)
    for thing, first, n in zip(things, start, sharers, strict=True):
        time_us, seats = log.shares.time_us[rows[first : first + n]], seat[first : first + n]
        near = np.abs(time_us[:, None] - time_us[None, :]) <= window_us
        met[np.ix_(seats, seats)] += near
        by_chance = n * (n - 1) / 2 * float(near_share[thing])
        expected += by_chance
        shared += n > 1
        # Each pair stands in the square twice, and each member with itself once.
        beyond += n > 1 and (int(near.sum()) - n) / 2 > LEAST_TIMES * by_chance
    met = np.triu(met, k=1)
    return Ties(
        pairs=int((met >= min_objects).sum()),
        meetings=int(met.sum()),
        expected=float(expected),
        shared=int(shared),
        beyond=int(beyond),
    )
