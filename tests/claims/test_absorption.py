"""absorption: hand-made graphs, and that the walk by components agrees with one over the whole graph."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims import absorption
from groundswell.claims.absorption import drawn, effective, likeliest
from groundswell.claims.graph import Edge, Graph
from groundswell.claims.statements import Claim


def graph(n, edges, supporters):
    made = tuple(Edge(a=a, b=b, p=p) for a, b, p in sorted(edges))
    return Graph(claim=Claim.SPREAD, nodes=tuple(map(str, range(n))), edges=made, supporters=tuple(supporters))


def roots(of):
    return float(effective(likeliest(of)[:, None])[0])


def test_eleven_that_lead_back_to_one_are_one():
    assert roots(graph(12, [(i, i - 1, 1.0) for i in range(1, 12)], range(1, 12))) == pytest.approx(1.0)


def test_eleven_without_a_source_are_eleven():
    assert roots(graph(11, [], range(11))) == pytest.approx(11.0)


def test_two_sources_share_a_document():
    assert roots(graph(3, [(2, 0, 1.0), (2, 1, 0.8)], [2])) == pytest.approx(2.0)


def test_a_loop_without_a_way_out_is_one_root():
    assert roots(graph(2, [(0, 1, 1.0), (1, 0, 1.0)], [0, 1])) == pytest.approx(1.0)


def test_a_loop_with_a_way_out_is_none():
    found = likeliest(graph(3, [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0)], [0, 1]))

    assert found.tolist() == pytest.approx([0.0, 0.0, 1.0])


def test_a_guess_moves_as_much_as_it_is_sure():
    assert likeliest(graph(2, [(1, 0, 0.4)], [1])).tolist() == pytest.approx([0.4, 0.6])


def test_certain_edges_leave_no_interval():
    found = drawn(graph(3, [(1, 0, 1.0), (2, 0, 1.0)], [1, 2]), 50, 0)

    assert np.allclose(found, 1.0)


def test_nobody_who_says_so_rests_on_nothing():
    assert roots(graph(2, [(1, 0, 1.0)], [])) == 0.0


def test_a_loop_too_large_to_solve_leaves_by_its_ways_out(monkeypatch):
    monkeypatch.setattr(absorption, "LARGEST_LOOP", 2)
    ring = [(i, (i + 1) % 4, 1.0) for i in range(4)]

    assert likeliest(graph(5, [*ring, (2, 4, 1.0)], range(4)))[4] == pytest.approx(1.0)
    assert roots(graph(4, ring, range(4))) == pytest.approx(1.0)


def whole_graph(n, edges, supporters):
    """The slow twin: step by step over all nodes, then closed circles counted as one."""
    sources = {a: [b for x, b in edges if x == a] for a in range(n)}
    mass = np.zeros(n)
    mass[list(supporters)] = 1 / len(supporters)
    for _ in range(4_000):
        moved = np.zeros(n)
        for node in range(n):
            if sources[node]:
                for target in sources[node]:
                    moved[target] += mass[node] / len(sources[node])
            else:
                moved[node] += mass[node]
        mass = (mass + moved) / 2
    reach = np.eye(n, dtype=bool)
    for a, b in edges:
        reach[a, b] = True
    for k in range(n):
        reach |= np.outer(reach[:, k], reach[k])
    circle = [min(j for j in range(n) if reach[i, j] and reach[j, i]) for i in range(n)]
    return 1 / sum(sum(mass[i] for i in range(n) if circle[i] == c) ** 2 for c in set(circle))


pairs = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=9).map(
    lambda edges: sorted({(a, b) for a, b in edges if a != b})
)


@given(pairs, st.sets(st.integers(0, 5), min_size=1))
def test_agrees_with_a_walk_over_the_whole_graph(edges, supporters):
    of = graph(6, [(a, b, 1.0) for a, b in edges], sorted(supporters))

    assert roots(of) == pytest.approx(whole_graph(6, edges, supporters), abs=1e-3)
    assert drawn(of, 3, 0).tolist() == pytest.approx([roots(of)] * 3)


@given(pairs, st.integers(0, 3))
def test_all_mass_ends_somewhere_in_every_draw(edges, seed):
    of = graph(6, [(a, b, 0.6) for a, b in edges], range(6))
    found = drawn(of, 20, seed)

    assert likeliest(of).sum() == pytest.approx(1.0)
    assert ((found >= 1 - 1e-9) & (found <= 6 + 1e-9)).all()
