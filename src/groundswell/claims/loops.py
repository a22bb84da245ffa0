"""Circular reporting: documents that name each other, and a house that is confirmed by what it said itself.

A ──► B ──► A                        a loop of documents
Quay, 14 May ──► Lantern ──► Quay, 8 May       a house that comes back to itself through another
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from groundswell.claims.document import Document
from groundswell.claims.graph import Graph

LONGEST = 8
"""Hops of a way back to the same house; longer ones are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Reporting that comes back to where it started."""

    path: tuple[str, ...]
    """Documents, each taking it over from the next; a loop of documents ends before it would repeat."""
    of_documents: bool
    """Whether the very documents name each other; else a house comes back to an earlier document of its own."""


def loops(graph: Graph) -> list[list[int]]:
    """Sets of documents that rest on one another in the likeliest graph, sorted."""
    edges = graph.sure()
    n = len(graph.nodes)
    matrix = coo_matrix((np.ones(len(edges)), ([e.a for e in edges], [e.b for e in edges])), shape=(n, n))
    _, label = connected_components(matrix, directed=True, connection="strong")
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node, component in enumerate(label.tolist()):
        members[component].append(node)
    return sorted(circle for circle in members.values() if len(circle) > 1)


def circular(graph: Graph, documents: Mapping[str, Document]) -> tuple[Circle, ...]:
    """All circular reporting of a claim: loops of documents first, then houses that come back to themselves."""
    found = [Circle(path=tuple(graph.nodes[i] for i in circle), of_documents=True) for circle in loops(graph)]
    inside = {i for circle in loops(graph) for i in circle}
    out: defaultdict[int, list[int]] = defaultdict(list)
    for edge in graph.sure():
        out[edge.a].append(edge.b)
    houses: defaultdict[str, list[int]] = defaultdict(list)
    for i, node in enumerate(graph.nodes):
        if (document := documents.get(node)) and document.publisher:
            houses[document.publisher].append(i)
    for _, own in sorted(houses.items()):
        for start in own if len(own) > 1 else ():
            way = _way_back(start, set(own), out)
            if way and not inside.issuperset(way):
                found.append(Circle(path=tuple(graph.nodes[i] for i in way), of_documents=False))
    return tuple(found)


def _way_back(start: int, own: set[int], out: Mapping[int, list[int]]) -> list[int] | None:
    """The shortest way from a document through others' to another one of its house."""
    before: dict[int, int] = {}
    queue: deque[tuple[int, int]] = deque()
    for target in sorted(set(out.get(start, ())) - own):
        before[target] = start
        queue.append((target, 1))
    while queue:
        node, hops = queue.popleft()
        for target in sorted(out.get(node, ())):
            if target == start or target in before or hops >= LONGEST:
                continue
            before[target] = node
            if target in own:
                way = [target]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            queue.append((target, hops + 1))
    return None
