"""Rules that name groups in a world: ours, and the plain threshold that most tools use.

A rule is a function from a world to the accounts of each group that it would report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeAlias

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from groundswell.detect.groups import find_groups
from groundswell.detect.pairs import pairs_within
from groundswell.evaluate.layers import PRECISION_S, layers_of
from groundswell.model.group import Outcome
from groundswell.simulate.scenario import World

Rule: TypeAlias = Callable[[World], Sequence[frozenset[str]]]

NAIVE_WINDOW = timedelta(seconds=60)
NAIVE_OBJECTS = 2
"""The field's most used defaults: twice within a minute (Coordination Network Toolkit)."""


def group_scan(world: World) -> tuple[frozenset[str], ...]:
    """The groups that the group scan reports; its notes are no reports."""
    found = find_groups(layers_of(world), precision_s=PRECISION_S)
    return tuple(frozenset(group.account_ids) for group in found.groups if group.outcome is Outcome.REPORTED)


def naive_floor(world: World) -> tuple[frozenset[str], ...]:
    """Whoever shared two things within a minute of each other is linked; whoever hangs together is a group.

    No chance model at all: what a threshold alone does, for every table to show beside ours.
    """
    groups: set[frozenset[str]] = set()
    for layer in layers_of(world):
        (pairs,) = pairs_within(layer, [NAIVE_WINDOW], min_objects=NAIVE_OBJECTS)
        n = len(layer.account_ids)
        ties = coo_array((np.ones(len(pairs.a)), (pairs.a, pairs.b)), shape=(n, n))
        _, part = connected_components(ties, directed=False)
        linked = np.union1d(pairs.a, pairs.b)
        groups |= {frozenset(layer.account_ids[linked[part[linked] == one]]) for one in np.unique(part[linked])}
    return tuple(sorted(groups, key=sorted))
