"""Rules that name groups in a world: ours, and the two plain thresholds that most tools use.

A rule is a function from a world to the accounts of each group that it would report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeAlias

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

NAIVE_QUANTILE = 0.99


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
        groups |= _connected(layer.account_ids, pairs.a, pairs.b)
    return tuple(sorted(groups, key=sorted))


def heaviest_pairs(world: World) -> tuple[frozenset[str], ...]:
    """Of all pairs that met within a minute, those above the .99 quantile of their weight; what hangs together.

    The threshold is a quantile of the data, so that there is always somebody above it (CooRnet's default reads much
    the same: doi:10.1080/1369118X.2020.1739732).
    """
    groups: set[frozenset[str]] = set()
    for layer in layers_of(world):
        (pairs,) = pairs_within(layer, [NAIVE_WINDOW], min_objects=1)
        if len(pairs.a):
            heavy = pairs.n_objects > np.quantile(pairs.n_objects, NAIVE_QUANTILE)
            groups |= _connected(layer.account_ids, pairs.a[heavy], pairs.b[heavy])
    return tuple(sorted(groups, key=sorted))


def _connected(ids: np.ndarray[Any, Any], a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> set[frozenset[str]]:
    """The accounts of each connected part of a graph of pairs."""
    ties = coo_array((np.ones(len(a)), (a, b)), shape=(len(ids), len(ids)))
    _, part = connected_components(ties, directed=False)
    linked = np.union1d(a, b)
    return {frozenset(ids[linked[part[linked] == one]]) for one in np.unique(part[linked])}
