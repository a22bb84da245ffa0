"""Backoff: waits grow to a bound, differ between clients, and begin anew when something works."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from groundswell.collect.backoff import Backoff


@given(st.integers(0, 2**32), st.integers(1, 200))
def test_no_wait_exceeds_its_bound(seed, failures):
    backoff = Backoff(Random(seed), first_s=0.5, longest_s=60.0)

    for failure in range(failures):
        assert 0 <= backoff.wait_s() <= min(60.0, 0.5 * 2.0 ** min(failure, 60))


def test_two_clients_wait_differently_and_one_seed_alike():
    def waits(seed):
        backoff = Backoff(Random(seed), first_s=0.5, longest_s=60.0)
        return [backoff.wait_s() for _ in range(5)]

    assert waits(1) != waits(2)
    assert waits(1) == waits(1)


def test_what_works_makes_the_next_failure_a_first_one():
    backoff = Backoff(Random(0), first_s=0.5, longest_s=60.0)
    for _ in range(20):
        backoff.wait_s()
    backoff.works()

    assert backoff.wait_s() <= 0.5
