"""Sets of accounts that are more tied to each other than a given density, from a graph of pairs.

    pairs ──► communities          Leiden on the constant Potts model; dense, and each member with two ties or more

Large communities are split until their parts can be weighed; nothing is thrown away for its size.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from graspologic_native import leiden_csr
from scipy import sparse

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import Ints

# The best of so many starts. From one start alone three cliques with a few ties between them can end as one
# community; eight starts of one round cost as much as one start of four, and never did.
TRIALS = 8


def communities(
    a: Ints, b: Ints, *, resolution: float, seed: int, smallest: int = 3, largest: int = 400
) -> tuple[list[Ints], int]:
    """Sort the accounts of a graph into communities.

    Parameters
    ----------
    a, b
        The two accounts of each pair, each pair once. Their numbers break ties, so number them by something
        that does not depend on names.
    resolution
        Density of ties at which two sets of accounts are better off apart: the constant of the Potts model.
    smallest, largest
        Sizes to put out.

    Returns
    -------
    communities
        Sorted account numbers, in order of the smallest; each at least as dense as `resolution`, and every member
        with two ties or more inside (its 2-core).
    n_too_large
        Communities above `largest`. They are split, at twice the resolution and so on, and the parts put out.

    Notes
    -----
    Traag, Waltman & van Eck (2019), doi:10.1038/s41598-019-41695-z. Blind to a group whose ties make a
    thinner net than `resolution`.
    """
    if not len(a):
        return [], 0
    accounts, ends = np.unique(np.concatenate((a, b)), return_inverse=True)
    one, other = ends[: len(a)], ends[len(a) :]
    graph = sparse.csr_array(
        (np.ones(2 * len(a)), (np.concatenate((one, other)), np.concatenate((other, one)))),
        shape=(len(accounts), len(accounts)),
    )
    found: list[Ints] = []
    n_too_large = 0
    waiting = [(np.arange(len(accounts)), resolution)]
    while waiting:
        within, density = waiting.pop()
        for part in _partition(graph[within][:, within] if len(within) < len(accounts) else graph, density, seed):
            core = _two_core(graph, within[part])
            if len(core) > largest and density < 1:
                n_too_large += 1
                waiting.append((core, min(2 * density, 1.0)))
            elif smallest <= len(core) <= largest and _density(graph, core) >= resolution:
                found.append(core)
    return sorted((accounts[core] for core in found), key=lambda core: int(core[0])), n_too_large


def _partition(graph: sparse.csr_array, resolution: float, seed: int) -> list[Ints]:
    _, community = leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        graph.shape[0],
        resolution=resolution,
        trials=TRIALS,
        use_modularity=False,
        seed=seed,
    )
    of = np.array([community[node] for node in range(graph.shape[0])])
    order = np.argsort(of, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(of[order])) + 1)


def _two_core(graph: sparse.csr_array, nodes: Ints) -> Ints:
    """What is left when nodes with fewer than two ties are taken off, again and again."""
    return np.asarray(nodes[_ties_left(graph.indptr, graph.indices, nodes, 2) >= 2])


def _density(graph: sparse.csr_array, nodes: Ints) -> float:
    n = len(nodes)
    return float(_ties_left(graph.indptr, graph.indices, nodes, 0).sum() / (n * (n - 1)))


@compiled
def _ties_left(begin: Any, neighbour: Any, nodes: Any, least: int) -> Any:
    """The ties of each node to the others when nodes with fewer than `least` are taken off; 0 for those that were."""
    inside = np.zeros(begin.size - 1, np.bool_)
    for node in nodes:
        inside[node] = True
    ties = np.zeros(nodes.size, np.int64)
    waits = True
    while waits:
        waits = False
        for i in range(nodes.size):
            if not inside[nodes[i]]:
                continue
            ties[i] = 0
            for at in range(begin[nodes[i]], begin[nodes[i] + 1]):
                ties[i] += inside[neighbour[at]]
            if ties[i] < least:
                inside[nodes[i]] = False
                ties[i], waits = 0, True
    return ties
