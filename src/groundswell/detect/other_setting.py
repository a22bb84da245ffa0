"""How many links would another window or minimum list, and would the groups still hang together by them?

    Shares, reported groups, window, minimum ──► OtherSetting         counted while a person waits; no group is searched

The links are those that `detect` lists, a crowd's cut to what a table can hold, without their names. A group is put to
them as in `multiverse`: a setting that does not show it is no proof against it, and one that shows it says nothing
about who else it would show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np

from groundswell.detect.limit import Limit, within_limits
from groundswell.detect.links import linked
from groundswell.detect.multiverse import PAIR_NULLS, among, hanging_together
from groundswell.detect.shares import Shares
from groundswell.model.group import Group
from groundswell.model.multiverse import Cell, Multiverse
from groundswell.model.other_setting import KindLinks


def other_setting(
    layers: Iterable[Shares], groups: Sequence[Group], window: timedelta, min_objects: int, *, fdr: float = 0.05
) -> tuple[tuple[KindLinks, ...], tuple[Multiverse, ...], tuple[Limit, ...]]:
    """Count the links of each kind in this setting, and what of each group hangs together by them.

    Parameters
    ----------
    layers
        The shares of each kind, one after the other: only one is held.
    groups
        Groups to look for.
    window
        Longest time between two shares that still counts, ends included.
    min_objects
        Fewest distinct objects of a link.
    fdr
        Level at which a link beats chance.

    Returns
    -------
    kinds, groups, limits
        In the order of `layers` and of `groups`; and for each kind that has too many pairs, what is left out.
    """
    kinds, limits = [], []
    cells: dict[str, list[Cell]] = {group.group_id: [] for group in groups}
    for layer in layers:
        ((kept, _, limit),) = within_limits(layer, [window], min_objects=min_objects)
        ((pairs, figures),) = linked(kept, [window], limit.min_objects if limit else min_objects)
        limits += [limit] if limit else []
        kinds.append(
            KindLinks(
                kind=layer.kind,
                n_shares=layer.n,
                n_accounts=len(layer.account_ids),
                n_pairs=limit.n_pairs if limit else len(pairs.a),
                n_listed=len(pairs.a),
                n_beyond={null: int(np.count_nonzero(figures[column] <= fdr)) for null, column in PAIR_NULLS.items()},
            )
        )
        for group in groups:
            members = layer.numbers_of(group.account_ids)
            inside = among(pairs, figures, members, len(layer.account_ids))
            cells[group.group_id] += hanging_together(
                layer.kind, inside, members, window / timedelta(seconds=1), fdr, [min_objects]
            )
    told = [Multiverse(group_id=one.group_id, size=one.size, cells=tuple(cells[one.group_id])) for one in groups]
    return tuple(kinds), tuple(told), tuple(limits)
