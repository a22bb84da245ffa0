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
from scipy.special import gammainc

from groundswell.detect.compiled import compiled
from groundswell.detect.histories import Common
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


def timing(
    common: Common, near: np.ndarray[Any, Any], n_objects: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """Expected meetings of each pair, and the chance of meeting on as many objects as it did.

    Parameters
    ----------
    common
        What each pair has in common.
    near
        `meeting_chance` of every object.
    n_objects
        Objects on which each pair met, 1 or more.

    Returns
    -------
    expected, P(T >= n_objects)
        Shape as the pairs. T is a sum of independent 0/1 variables with the chances of the common objects: exact up
        to `EXACT_UP_TO` of them, a bound from above beyond.
    """
    chance = meets_at_all(near[common.object], common.times_a.astype(np.int64) * common.times_b)
    expected, p = _timing(common.start, chance, n_objects)
    many = np.diff(common.start) > EXACT_UP_TO
    p[many] = at_least_bound(expected[many], n_objects[many])
    return expected, np.maximum(p, SMALLEST)


def meets_at_all(near: Any, pairs: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The chance that one of `pairs` pairs of shares is near, if each is with chance `near`.

    Two accounts that shared an object 2 and 3 times make 6 pairs. They are taken as independent; shares stand in
    clumps, so that near pairs come together and the true chance of at least one is rather lower.
    """
    with np.errstate(divide="ignore"):  # a chance of 1 has a logarithm of minus infinity, and comes back as 1
        return np.asarray(-np.expm1(pairs * np.log1p(-np.asarray(near))))


@compiled
def _timing(start: Any, chance: Any, n_objects: Any) -> Any:
    expected, p = np.zeros(n_objects.size), np.ones(n_objects.size)
    room = np.empty(EXACT_UP_TO)
    for pair in range(n_objects.size):
        low, high = start[pair], start[pair + 1]
        for i in range(low, high):
            expected[pair] += chance[i]
        if high - low <= EXACT_UP_TO:
            p[pair] = at_least(chance[low:high], n_objects[pair], room)
    return expected, p


@compiled
def at_least(chance: Any, least: int, room: Any) -> float:
    """P(T >= `least`), where T counts successes of independent trials, each with its own `chance`.

    Exact, in trials x `least` steps: only the chances of 0 to `least` - 1 successes are kept, and what passes
    `least` is added up. Nothing is subtracted from 1, so a small tail keeps all its digits.

    Parameters
    ----------
    chance
        Chance of each trial (Poisson-binomial).
    least
        Successes asked for, 1 or more.
    room
        Scratch space for `least` numbers or more.
    """
    if least > chance.size:
        return 0.0
    for k in range(least):
        room[k] = 0.0
    room[0] = 1.0
    passed = 0.0
    for trial in range(chance.size):
        p = chance[trial]
        passed += room[least - 1] * p
        for k in range(min(trial + 1, least - 1), 0, -1):
            room[k] = room[k] * (1.0 - p) + room[k - 1] * p
        room[0] *= 1.0 - p
    return float(min(passed, 1.0))
