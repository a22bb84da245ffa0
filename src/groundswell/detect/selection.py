"""How surprising a link is, if it is left to chance who shares: the selection null.

    Shares, near pairs, links ──► p_selection

It keeps how active each account is at each hour of the day, and how many shares of each object stand near each
other; it lets chance decide whose shares those are. It sees accounts that push objects nobody else shares, to which
the timing null is blind. It does not know shared interest: two fans of the same team surprise it, and have agreed
on nothing. So p is evidence to read and no verdict.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundswell.detect.chance import poisson_at_least
from groundswell.detect.compiled import compiled
from groundswell.detect.histories import Histories, histories
from groundswell.detect.near import HOUR_US, HOURS, NearPairs
from groundswell.detect.pairs import Pairs
from groundswell.detect.shares import Shares

PROFILE_PRIOR = 24.0
"""Shares of everyone's daily rhythm that are mixed into an account's own: with as many shares as the day has hours,
it is believed half."""

TABLE_POINTS = 400
"""Points between which the expected meetings are interpolated; more change no fourth digit."""


def selection(
    shares: Shares, counted: NearPairs, pairs: Pairs, kept: Histories | None = None
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The chance of as many meetings as each pair has, if near shares were dealt out by activity and hour alone.

    A near pair of shares whose hours are g and h is that of accounts a and b with chance
    ``q_a(g) q_b(h) + q_a(h) q_b(g)``, where q(h) is the account's part of all shares in that hour. An object with C
    near pairs is then met on with chance ``1 - exp(-C x that)``; the number of objects met on is taken as Poisson.

    Parameters
    ----------
    shares
        All shares of the kind.
    counted
        Near pairs of the same shares, in the window of `pairs`.
    pairs
        The links.
    kept
        The `histories` of the shares, if they are there already.

    Returns
    -------
    P(Poisson >= n_objects), shape as the pairs
    """
    if not len(pairs.a):
        return np.empty(0, dtype=np.float64)
    kept = kept or histories(shares)
    present, place = np.unique(np.concatenate((pairs.a, pairs.b)), return_inverse=True)
    part = hourly_part(shares, present, kept)
    shape = counted.by_hour / counted.by_hour.sum()
    reach = part @ ((shape + shape.T) / 2)
    n = len(pairs.a)
    same = np.trim_zeros(np.diff(kept.start), "b") / shares.n
    # Near pairs are of distinct accounts, so the chance of drawing the same one twice is left out.
    distinct = 1.0 - np.sum(same**2)
    together = row_products(part, place[:n], reach, place[n:]) / distinct
    return poisson_at_least(expected_meetings(2 * together, counted.near), pairs.n_objects)


def hourly_part(
    shares: Shares, accounts: np.ndarray[Any, Any], kept: Histories
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Each account's part of all shares in each UTC hour of the day, shape accounts x 24.

    Its own rhythm is shrunk towards everyone's by `PROFILE_PRIOR` shares, because few accounts have enough to know it.
    """
    everyone, own = _by_hour(shares.time_us, accounts, kept.start, kept.row)
    everyone = everyone / shares.n
    return part_of_counts(own, everyone, shares.n)


def part_of_counts(
    own: np.ndarray[Any, Any], everyone: np.ndarray[Any, Any], n_shares: int
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """`hourly_part` of accounts whose shares are counted by hour, shape accounts x 24.

    Parameters
    ----------
    everyone
        The part of all shares that each hour has.
    n_shares
        How many shares there are in all.
    """
    n_own = own.sum(axis=1, keepdims=True)
    rhythm = (own + PROFILE_PRIOR * everyone) / (n_own + PROFILE_PRIOR)
    unusual = np.divide(rhythm, everyone, out=np.ones_like(rhythm), where=everyone > 0)
    return np.asarray(n_own / n_shares * unusual)


def expected_meetings(
    chance: np.ndarray[Any, Any], near: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Expected number of objects met on, if each near pair of shares is theirs with `chance`.

    That is the sum of 1 - exp(-chance C) over objects with C near pairs. It depends on the accounts through one
    number, so it is tabulated and interpolated, log by log.
    """
    size, objects = np.unique(near[near > 0], return_counts=True)
    if len(chance) <= TABLE_POINTS:
        return met_on(chance, size, objects)
    return interpolated(chance, *table_of(float(chance.min()), float(chance.max()), size, objects))


def met_on(
    chance: np.ndarray[Any, Any], size: np.ndarray[Any, Any], objects: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """`expected_meetings` added up, where `objects` many objects have `size` near pairs."""
    return np.asarray(-np.expm1(-np.multiply.outer(chance, size)) @ objects)


def table_of(
    least: float, most: float, size: np.ndarray[Any, Any], objects: np.ndarray[Any, Any]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """The logs of chances from `least` to `most`, and of the meetings that they let expect."""
    table = np.geomspace(least, most, TABLE_POINTS)
    return np.log(table), np.log(met_on(table, size, objects))


def interpolated(
    chance: np.ndarray[Any, Any], log_chance: np.ndarray[Any, Any], log_expected: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """`expected_meetings` read off the table."""
    return np.asarray(np.exp(np.interp(np.log(chance), log_chance, log_expected)))


def row_products(
    left: np.ndarray[Any, Any], a: np.ndarray[Any, Any], right: np.ndarray[Any, Any], b: np.ndarray[Any, Any]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Product of row a of `left` with row b of `right`, for each two numbers; added up from the first hour on."""
    return np.asarray(_row_products(left, a, right, b))


@compiled
def _by_hour(time: Any, accounts: Any, start: Any, row: Any) -> Any:
    """Shares in each hour of the day: of everyone, and of each of the accounts."""
    everyone, own = np.zeros(HOURS, np.int64), np.zeros((accounts.size, HOURS), np.int64)
    hour = np.empty(time.size, np.uint8)
    for i in range(time.size):
        hour[i] = time[i] // HOUR_US % HOURS
        everyone[hour[i]] += 1
    for at in range(accounts.size):
        for i in range(start[accounts[at]], start[accounts[at] + 1]):
            own[at, hour[row[i]]] += 1
    return everyone, own


@compiled
def _row_products(left: Any, a: Any, right: Any, b: Any) -> Any:
    total = np.zeros(a.size)
    for i in range(a.size):
        for hour in range(left.shape[1]):
            total[i] += left[a[i], hour] * right[b[i], hour]
    return total
