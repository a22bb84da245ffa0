"""gather: who is there, and who reads whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.simulate.people import FAVOURITES, drawn_by_weight, gather, running_total


@pytest.fixture(scope="module")
def people():
    return gather(np.random.default_rng(1), 2000, fast=0.05)


def sources(people):
    """The source of each edge."""
    return np.repeat(np.arange(people.n), np.diff(people.reader_start))


def test_a_community_is_one_run_of_numbers(people):
    for number, (first, end) in enumerate(zip(people.community_start, people.community_start[1:], strict=False)):
        assert set(people.community[first:end]) == {number}
    assert people.community_start[-1] == people.n


def test_nobody_reads_itself_or_an_account_twice(people):
    edges = list(zip(sources(people).tolist(), people.reader.tolist(), strict=True))

    assert all(source != reader for source, reader in edges)
    assert len(set(edges)) == len(edges)


def test_most_reading_stays_inside_the_community(people):
    inside = people.community[sources(people)] == people.community[people.reader]

    assert 0.8 < inside.mean() < 0.95


def test_the_most_read_have_hundreds_of_readers_and_the_median_a_few(people):
    readers = np.sort(np.diff(people.reader_start))

    assert readers[-1] > 20 * readers[len(readers) // 2]


def test_only_fast_accounts_react_at_once(people):
    assert 0.03 < people.fast.mean() < 0.07
    assert (people.at_once == people.fast[people.reader]).all()


def test_selective_accounts_react_at_once_to_their_most_famous_sources_alone():
    people = gather(np.random.default_rng(2), 500, fast=0.2, selective=True)
    source = sources(people)

    for reader in np.flatnonzero(people.fast):
        edges = np.flatnonzero(people.reader == reader)
        chosen = set(source[edges[people.at_once[edges]]])
        by_fame = sorted(source[edges], key=lambda one: -people.fame[one])
        assert chosen == set(by_fame[:FAVOURITES])


weights = st.lists(st.integers(1, 9), min_size=1, max_size=12)


@given(weights, st.data())
def test_a_draw_by_weight_lands_where_a_walk_through_the_weights_would(weights, data):
    first = data.draw(st.integers(0, len(weights) - 1))
    end = data.draw(st.integers(first + 1, len(weights)))
    seed = data.draw(st.integers(0, 99))
    (drawn,) = drawn_by_weight(
        np.random.default_rng(seed), running_total(np.array(weights, float)), np.array([first]), np.array([end])
    )
    left = np.random.default_rng(seed).random(1)[0] * sum(weights[first:end])
    walked = first
    while left >= weights[walked] and walked < end - 1:
        left -= weights[walked]
        walked += 1

    assert drawn == walked
