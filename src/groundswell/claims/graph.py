"""Who rests on whom for one claim: nodes, edges with their confidence, and who says so.

    Traced, judgements ──► Graph          an edge points from whoever took it over to the source

An own finding is a node of its own, one for each house: two articles about one count are one root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from groundswell.claims.citation import SURE, Basis, Citation
from groundswell.claims.citations import Traced
from groundswell.claims.document import Document
from groundswell.claims.judgements import Standing
from groundswell.claims.statements import Claim

OWN_PREFIX = "own:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """`a` rests on `b` with this probability."""

    a: int
    b: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """The nodes are numbered in the order of `nodes`; edges are sorted."""

    claim: Claim
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    supporters: tuple[int, ...]
    """Articles and posts that say so."""

    def sure(self) -> tuple[Edge, ...]:
        """The edges of the likeliest graph."""
        return tuple(edge for edge in self.edges if edge.p >= SURE)


def judged(citations: Iterable[Citation], standings: Mapping[str, Standing]) -> Iterator[tuple[Citation, float]]:
    """Each citation with its confidence after people have spoken; those rejected are gone."""
    for one in citations:
        standing = standings.get(one.citation_id, Standing.UNCONFIRMED)
        if standing is not Standing.REJECTED:
            yield one, 1.0 if standing is Standing.CONFIRMED else one.confidence


def supporters(traced: Traced, claim: Claim) -> tuple[Document, ...]:
    """Articles and posts with a sentence that makes the claim and is not denied."""
    return tuple(
        one
        for one in traced.documents
        if one.is_report
        and any(claim in said.claims and not said.denied for said in traced.statements[one.document_id])
    )


def graph(traced: Traced, claim: Claim, standings: Mapping[str, Standing]) -> Graph:
    """The graph of one claim: those who say so, and everything they can be traced to."""
    saying = {one.document_id for one in supporters(traced, claim)}
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    own_data: set[str] = set()
    for one, p in judged(traced.citations, standings):
        if claim in one.claims:
            found[one.citing].append((one.cited, p))
            own_data |= {one.citing} if any(span.basis is Basis.OWN_DATA for span in one.spans) else set()
    by_id = {one.document_id: one for one in traced.documents}
    for own in traced.own:
        document = by_id[own.document_id]
        if claim in own.claims and document.is_report and own.document_id not in own_data:
            node = OWN_PREFIX + (document.publisher or document.document_id)
            if (node, 1.0) not in found[own.document_id]:
                found[own.document_id].append((node, 1.0))
    reached, front = set(saying), sorted(saying)
    while front:
        front = sorted({target for node in front for target, _ in found.get(node, ())} - reached)
        reached |= set(front)
    nodes = tuple(sorted(reached))
    number = {node: i for i, node in enumerate(nodes)}
    edges = [Edge(a=number[node], b=number[target], p=p) for node in nodes for target, p in sorted(found.get(node, ()))]
    return Graph(
        claim=claim,
        nodes=nodes,
        edges=tuple(edges),
        supporters=tuple(number[node] for node in sorted(saying)),
    )


def with_edges(of: Graph, edges: Iterable[Edge]) -> Graph:
    """The same nodes with other edges."""
    return replace(of, edges=tuple(edges))
