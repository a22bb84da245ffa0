"""Where the documents' claims come from: a walk from each one along its sources until there is no further source.

    Graph ──► mass of each root, by likeliest graph and in N draws ──► effective number of independent roots

The walk takes each source of a document equally often. What arrives at a root is its weight w, over all who say so;
1 / Σ w² is the number of equally heavy roots that would be as concentrated (Laakso & Taagepera 1979,
doi:10.1177/001041407901200101, there for parties). A loop without a way out is one root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from groundswell.claims.citation import SURE
from groundswell.claims.graph import Edge, Graph

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Bools: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

CHUNK = 200
"""Draws that are worked on together: bounds the memory to nodes × this."""
LARGEST_LOOP = 300
"""Documents of a loop up to which the walk inside it is solved exactly. Beyond, what comes in leaves evenly by the ways
out of it, or stays if there are none."""


def effective(weights: Floats) -> Floats:
    """1 / Σ w² down the first axis; weights are made to sum to one, and nothing at all gives 0.

    >>> effective(np.array([[0.85], [0.15]])).round(2)
    array([1.34])
    """
    total = weights.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = total**2 / (weights**2).sum(axis=0)
    return np.where(total > 0, found, 0.0)


def likeliest(graph: Graph) -> Floats:
    """Mass of each node as a root when each edge that is more likely than not is there.

    Where a document has nothing but a guess, the walk takes it as often as the guess is sure, and stays else.

    Returns
    -------
    array of n nodes, sum 1 (0 if nobody says so)
    """
    sure = {edge.a for edge in graph.edges if edge.p >= SURE}
    weights = np.zeros((len(graph.edges), 1))
    stay = np.zeros((len(graph.nodes), 1))
    guesses: defaultdict[int, list[int]] = defaultdict(list)
    for k, edge in enumerate(graph.edges):
        if edge.p >= SURE:
            weights[k] = 1.0
        elif edge.a not in sure:
            guesses[edge.a].append(k)
    for node, listed in guesses.items():
        p = np.array([graph.edges[k].p for k in listed])
        none = float(np.prod(1 - p))
        weights[listed, 0] = (1 - none) * p / p.sum()
        stay[node] = none
    return _absorbed(graph, weights, stay)[:, 0]


def drawn(graph: Graph, n_draws: int, seed: int) -> Floats:
    """The effective number of roots in each of `n_draws` graphs, each edge there as often as it is sure.

    Returns
    -------
    array of n_draws
    """
    rng = np.random.default_rng(seed)
    p = np.array([edge.p for edge in graph.edges])[:, None]
    found = []
    for first in range(0, n_draws, CHUNK):
        n = min(CHUNK, n_draws - first)
        there = rng.random((len(graph.edges), n)) < p
        found.append(effective(_absorbed(graph, there.astype(float), np.zeros((len(graph.nodes), n)))))
    return np.concatenate(found) if found else np.zeros(0)


def _absorbed(graph: Graph, weights: Floats, stay: Floats) -> Floats:
    """Mass that ends at each node.

    Parameters
    ----------
    weights
        Of each edge (rows) in each graph (columns); a node's are made to sum to one minus `stay`.
    stay
        Part of what comes to a node that ends there though it has edges.
    """
    n_nodes, n_graphs = len(graph.nodes), weights.shape[1]
    out: list[list[int]] = [[] for _ in graph.nodes]
    for k, edge in enumerate(graph.edges):
        out[edge.a].append(k)
    mass, ends = np.zeros((n_nodes, n_graphs)), np.zeros((n_nodes, n_graphs))
    if graph.supporters:
        mass[list(graph.supporters)] = 1 / len(graph.supporters)
    for component in _components(graph):
        if len(component) == 1:
            _pass_on(graph.edges, out[component[0]], component[0], weights, stay, mass, ends)
        elif len(component) > LARGEST_LOOP:
            _pass_through(graph.edges, out, component, weights, mass, ends)
        else:
            _round_and_round(graph.edges, out, component, weights, stay, mass, ends)
    return ends


def _components(graph: Graph) -> list[list[int]]:
    """Loops and single nodes, each before all that it rests on."""
    n = len(graph.nodes)
    rows, columns = [edge.a for edge in graph.edges], [edge.b for edge in graph.edges]
    matrix = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n))
    n_components, label = connected_components(matrix, directed=True, connection="strong")
    members: list[list[int]] = [[] for _ in range(n_components)]
    for node, component in enumerate(label):
        members[component].append(node)
    later: list[set[int]] = [set() for _ in range(n_components)]
    waits = [0] * n_components
    for edge in graph.edges:
        a, b = int(label[edge.a]), int(label[edge.b])
        if a != b and b not in later[a]:
            later[a].add(b)
            waits[b] += 1
    ready = [component for component in range(n_components) if not waits[component]]
    ordered = []
    while ready:
        component = ready.pop()
        ordered.append(members[component])
        for other in sorted(later[component]):
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return ordered


def _pass_on(
    edges: Sequence[Edge], out: list[int], node: int, weights: Floats, stay: Floats, mass: Floats, ends: Floats
) -> None:
    """A node hands on what came to it, or keeps it."""
    total = weights[out].sum(axis=0) if out else np.zeros(mass.shape[1])
    leaves = np.where(total > 0, 1 - stay[node], 0.0)
    ends[node] += mass[node] * (1 - leaves)
    for k in out:
        mass[edges[k].b] += (
            mass[node] * leaves * np.divide(weights[k], total, out=np.zeros_like(total), where=total > 0)
        )


def _pass_through(
    edges: Sequence[Edge], out: list[list[int]], component: list[int], weights: Floats, mass: Floats, ends: Floats
) -> None:
    """A loop too large to be solved hands on what came to it evenly by the ways out."""
    inside = set(component)
    came = mass[component].sum(axis=0)
    exits = [k for node in component for k in out[node] if edges[k].b not in inside]
    total = weights[exits].sum(axis=0) if exits else np.zeros(mass.shape[1])
    ends[component[0]] += np.where(total > 0, 0.0, came)
    for k in exits:
        mass[edges[k].b] += came * np.divide(weights[k], total, out=np.zeros_like(total), where=total > 0)


def _round_and_round(
    edges: Sequence[Edge],
    out: list[list[int]],
    component: list[int],
    weights: Floats,
    stay: Floats,
    mass: Floats,
    ends: Floats,
) -> None:
    """Solve the walk inside a loop, once for each way in which its edges are there."""
    own = [k for node in component for k in out[node]]
    columns = np.concatenate([weights[own], stay[component]])
    patterns, which = np.unique(columns, axis=1, return_inverse=True)
    place = {node: i for i, node in enumerate(component)}
    m = len(component)
    for pattern in range(patterns.shape[1]):
        graphs = np.flatnonzero(which.reshape(-1) == pattern)
        weight = dict(zip(own, patterns[: len(own), pattern], strict=True))
        inner, exits, keeps = np.zeros((m, m)), [], np.zeros(m)
        for i, node in enumerate(component):
            total = sum(weight[k] for k in out[node])
            leaves = 1 - patterns[len(own) + i, pattern] if total > 0 else 0.0
            keeps[i] = 1 - leaves
            for k in out[node]:
                if weight[k] > 0:
                    share = leaves * weight[k] / total
                    if edges[k].b in place:
                        inner[i, place[edges[k].b]] += share
                    else:
                        exits.append((i, edges[k].b, share))
        closed = _closed(inner, keeps, exits)
        open_ = [i for i in range(m) if closed[i] < 0]
        came = mass[np.array(component)[:, None], graphs]
        visits = np.zeros((m, graphs.size))
        if open_:
            leaving = np.eye(len(open_)) - inner[np.ix_(open_, open_)]
            visits[open_] = np.linalg.solve(leaving.T, came[open_])
        for i in open_:
            ends[component[i], graphs] += visits[i] * keeps[i]
        for i in range(m):
            if closed[i] >= 0:
                into = came[i] + sum(visits[j] * inner[j, i] for j in open_)
                ends[component[closed[i]], graphs] += into
        for i, target, share in exits:
            mass[target, graphs] += visits[i] * share


def _closed(inner: Floats, keeps: Floats, exits: Sequence[tuple[int, int, float]]) -> list[int]:
    """For each node of a loop the first of its closed circle, from which nothing leaves; -1 where it is in none."""
    _, label = connected_components(coo_matrix(inner > 0), directed=True, connection="strong")
    leaky = {int(label[i]) for i, _, _ in exits}
    leaky |= {int(label[i]) for i in range(len(keeps)) if keeps[i] > 0}
    for i, j in zip(*np.nonzero(inner), strict=True):
        if label[i] != label[j]:
            leaky.add(int(label[i]))
    first: dict[int, int] = {}
    for i, component in enumerate(label.tolist()):
        first.setdefault(component, i)
    return [-1 if component in leaky else first[component] for component in label.tolist()]
