"""How many independent sources is that? The roots of one claim, their weights, and the effective number of them.

Graph ──► Roots        «26 articles rest on 1.9 independent roots (1.9 to 3.0)»
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from groundswell.claims.absorption import drawn, effective, likeliest
from groundswell.claims.citation import OUTSIDE_PREFIX, is_outside
from groundswell.claims.document import Document, Kind
from groundswell.claims.graph import OWN_PREFIX, Graph
from groundswell.claims.loops import loops

DRAWS = 2_000
LEVEL = (2.5, 97.5)
"""Per cent: ends of the interval."""


class RootKind(StrEnum):
    """Why there is no further source."""

    DATA = "data that others draw on"
    OWN = "an own finding"
    OUTSIDE = "outside the collection"
    LOOP = "a loop: they name each other"
    UNSOURCED = "names no source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A source behind which there is no other."""

    node: str
    name: str
    kind: RootKind
    weight: float
    """Part of all who say so that rests on it, 0 to 1."""
    members: tuple[str, ...]
    """The documents of a loop; else the node alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """The roots of one claim and their effective number."""

    n_documents: int
    """Articles and posts that say so: the denominator of every weight."""
    roots: tuple[Root, ...]
    """The heaviest first."""
    effective: float
    """By the likeliest graph; 0 if nobody says so."""
    low: float
    high: float
    """95 % of the graphs that were drawn, widened to hold the likeliest."""
    n_draws: int
    seed: int
    n_unsourced: int
    """Of the documents, those that name no source and found nothing themselves."""
    if_shared: float
    """The effective number if those rested on the heaviest root, too."""


def find_roots(graph: Graph, documents: Mapping[str, Document], *, n_draws: int = DRAWS, seed: int = 0) -> Roots:
    """Count the independent roots of a claim.

    Parameters
    ----------
    documents
        By id.
    n_draws, seed
        Of the interval: in each draw an edge is there as often as it is sure.

    Notes
    -----
    The interval covers doubt about the edges that were found. It knows nothing of sources that nobody names: see
    `Roots.if_shared` for how far those could matter.
    """
    weights = likeliest(graph)
    draws = drawn(graph, n_draws, seed) if graph.supporters else np.zeros(0)
    point = float(effective(weights[:, None])[0]) if len(graph.nodes) else 0.0
    low, high = (float(end) for end in np.percentile(draws, LEVEL)) if draws.size else (point, point)
    circles = {graph.nodes[min(circle)]: tuple(graph.nodes[i] for i in circle) for circle in loops(graph)}
    roots = [
        _root(node, float(weight), documents, circles)
        for node, weight in zip(graph.nodes, weights, strict=True)
        if weight > 1e-12
    ]
    roots.sort(key=lambda root: (-root.weight, root.node))
    unsourced = [root for root in roots if root.kind is RootKind.UNSOURCED]
    return Roots(
        n_documents=len(graph.supporters),
        roots=tuple(roots),
        effective=point,
        low=min(low, point),
        high=max(high, point),
        n_draws=n_draws,
        seed=seed,
        n_unsourced=len(unsourced),
        if_shared=_if_shared(roots),
    )


def _root(node: str, weight: float, documents: Mapping[str, Document], circles: Mapping[str, tuple[str, ...]]) -> Root:
    members = circles.get(node, (node,))
    if node in circles:
        kind, name = RootKind.LOOP, " and ".join(documents[one].name for one in members[:3])
    elif is_outside(node):
        kind, name = RootKind.OUTSIDE, node.removeprefix(OUTSIDE_PREFIX)
    elif node.startswith(OWN_PREFIX):
        kind, name = RootKind.OWN, node.removeprefix(OWN_PREFIX)
    elif documents[node].kind is Kind.DATASET:
        kind, name = RootKind.DATA, documents[node].name
    else:
        kind, name = RootKind.UNSOURCED, documents[node].name
    return Root(node=node, name=name, kind=kind, weight=weight, members=members)


def _if_shared(roots: list[Root]) -> float:
    """The effective number when what names no source rests on the heaviest root that is one."""
    kept = [root.weight for root in roots if root.kind is not RootKind.UNSOURCED]
    lost = sum(root.weight for root in roots if root.kind is RootKind.UNSOURCED)
    if not roots:
        return 0.0
    if not kept:
        return 1.0
    return float(effective(np.array([[kept[0] + lost], *([weight] for weight in kept[1:])]))[0])
