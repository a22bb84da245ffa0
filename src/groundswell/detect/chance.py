"""How surprising a link is, if only timing is left to chance; and the tails that both nulls need.

    chance of meeting on each common object, number of meetings ──► p

The timing null keeps who shared what, and when each object was shared; it lets chance decide only which of an
object's sharers stood at which of its times. Popularity, bursts, time of day and shared interest can't surprise it.
Habitually fast accounts can: people who follow the same accounts and read at once are in step without
having agreed on anything. So p is evidence to read and no verdict; the decision about groups is made elsewhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from scipy.special import gammainc

from groundswell.detect.near import NearPairs

EXACT_UP_TO = 500
"""Common objects up to which the tail is computed exactly; above, by its Poisson bound (the cost is squared)."""

SMALLEST = float(np.finfo(np.float64).tiny)
"""A chance that a double can't hold is told as this one, about 2e-308, and not as impossible."""


def meeting_chance(counted: NearPairs) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The chance that two shares of an object by distinct accounts are near, by object number.

    That is the part of such pairs that are near. Where each account shared once, it is what permuting the times
    among the sharers gives exactly. An object shared by nobody or by one account has chance 0.
    """
    return np.asarray(counted.near / np.maximum(counted.possible, 1))


def poisson_at_least(expected: Any, least: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """P(Poisson(`expected`) >= `least`), `least` 1 or more, to full relative precision far into the tail."""
    return np.asarray(np.maximum(gammainc(least, expected), SMALLEST))


def at_least_bound(expected: Any, least: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """An upper bound of P(T >= `least`) for a sum T of independent 0/1 variables with mean `expected`.

    The Poisson tail bounds it wherever `least` is at least one above the mean (Hoeffding 1956,
    doi:10.1214/aoms/1177728178; Anderson & Samuels 1967). Nearer to the mean nothing is surprising, and 1 bounds it.
    """
    bounded = np.asarray(least) >= np.asarray(expected) + 1
    return np.where(bounded, poisson_at_least(expected, least), 1.0)


@njit(nogil=True, cache=True)
def share_chance(near: float, shares_a: int, shares_b: int) -> float:
    """The chance that two accounts meet on an object, if they shared it `shares_a` and `shares_b` times.

    Each of the ``shares_a * shares_b`` pairs of shares is near with chance `near`. They are taken as independent;
    shares stand in clumps, so that near pairs come together and the true chance of at least one is rather lower.
    """
    if near >= 1.0:
        return 1.0
    return float(-np.expm1(shares_a * shares_b * np.log1p(-near)))


@njit(nogil=True, cache=True)
def at_least(chance: Any, n: int, least: int, room: Any) -> float:
    """P(T >= `least`), where T counts successes of independent trials with chances ``chance[:n]``.

    Exact, in n x `least` steps: only the chances of 0 to `least` - 1 successes are kept, and what passes
    `least` is added up. Nothing is subtracted from 1, so a small tail keeps all its digits.

    Parameters
    ----------
    chance
        Chance of each trial (Poisson-binomial).
    n
        Number of trials.
    least
        Successes asked for, 1 or more.
    room
        Scratch space for `least` numbers or more.
    """
    if least > n:
        return 0.0
    for k in range(least):
        room[k] = 0.0
    room[0] = 1.0
    passed = 0.0
    for trial in range(n):
        p = chance[trial]
        passed += room[least - 1] * p
        for k in range(min(trial + 1, least - 1), 0, -1):
            room[k] = room[k] * (1.0 - p) + room[k - 1] * p
        room[0] *= 1.0 - p
    return float(min(passed, 1.0))
