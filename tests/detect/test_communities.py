"""communities: dense sets of accounts, and nothing lost for its size."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from groundswell.detect.communities import _density, _two_core, communities

SETTINGS = {"resolution": 0.15, "seed": 0}


def ties(*pairs):
    return tuple(np.array(end, np.int64) for end in zip(*pairs, strict=True))


def clique(nodes):
    return list(combinations(nodes, 2))


def listed(found):
    return [part.tolist() for part in found[0]]


def test_two_cliques_with_one_tie_between_are_two_communities():
    found = communities(*ties(*clique(range(5)), *clique(range(10, 16)), (4, 10)), **SETTINGS)

    assert listed(found) == [[0, 1, 2, 3, 4], [10, 11, 12, 13, 14, 15]]


def test_an_account_with_one_tie_is_left_out():
    found = communities(*ties(*clique(range(4)), (3, 9)), **SETTINGS)

    assert listed(found) == [[0, 1, 2, 3]]


def test_a_pair_is_no_community():
    assert listed(communities(*ties((0, 1)), **SETTINGS)) == []


def test_no_ties_no_communities():
    none = np.empty(0, np.int64)

    assert communities(none, none, **SETTINGS) == ([], 0)


def test_what_is_too_large_is_split_and_counted():
    parts = [range(0, 8), range(10, 18), range(20, 28)]
    between = [(a, b) for one, other in combinations(parts, 2) for a, b in zip(one, other, strict=True)]
    edges = ties(*[tie for part in parts for tie in clique(part)], *between)

    assert listed(communities(*edges, resolution=0.01, seed=0)) == [[*parts[0], *parts[1], *parts[2]]]
    assert listed(communities(*edges, resolution=0.01, seed=0, largest=10)) == [list(part) for part in parts]
    assert communities(*edges, resolution=0.01, seed=0, largest=10)[1] >= 1


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_communities(seed):
    random = np.random.default_rng(3)
    pairs = {tuple(sorted(pair)) for pair in random.integers(0, 40, (200, 2)).tolist() if pair[0] != pair[1]}
    edges = ties(*sorted(pairs))

    assert listed(communities(*edges, resolution=0.15, seed=seed)) == listed(
        communities(*edges, resolution=0.15, seed=seed)
    )


def slow_core(pairs, nodes):
    """Take off whoever has fewer than two ties, one round after the other."""
    while True:
        kept = [one for one in nodes if sum(one in pair and set(pair) <= set(nodes) for pair in pairs) >= 2]
        if kept == nodes:
            return kept
        nodes = kept


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])),
    st.lists(st.integers(0, 7), min_size=2, unique=True),
)
def test_the_compiled_core_and_density_are_the_slow_ones(pairs, nodes):
    one, other = (list(side) for side in zip(*pairs, strict=True)) if pairs else ([], [])
    graph = sparse.csr_array((np.ones(2 * len(one)), (one + other, other + one)), shape=(8, 8))
    inside = sum(set(pair) <= set(nodes) for pair in pairs)

    assert _two_core(graph, np.array(nodes)).tolist() == slow_core(pairs, nodes)
    assert _density(graph, np.array(nodes)) == 2 * inside / (len(nodes) * (len(nodes) - 1))
