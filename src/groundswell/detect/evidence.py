"""How many digits of evidence does a group have, after paying for having been chosen?

    rows of the members ──► for each object, its largest clump of members within the window ──► digits

The null: on every object the members were at most `theta` times as likely to stand together as its outsiders and
their own habits suggest. An e-value is a bet against it whose expected gain is at most nothing. The bets on all
objects are multiplied, and the price of having been free to pick any g of N accounts is taken off.

    S(e)      = min(1, k P(Bin(k - 1, pi) >= e))        bounds the chance of a clump of e + 1 among k members
    bet       = 1 - rho + rho exp(s e) / M(s)           M(s): the mean of exp(s e) if S were its distribution
    log10 E   = max over s, rho of the sum of log10 bets - log10(number of s, rho tried)
    J         = log10 E - log10 C(N, g) - 2 log10 g

Source: CHANCE, section 6 C. It says nothing about why the members stand together; `leaders` asks one such why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from scipy import sparse

from groundswell.detect.first_shares import FirstShares, Floats, Ints
from groundswell.detect.speed import Strata
from groundswell.detect.yardstick import Yardstick

SLOPES = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0])
"""How steeply a bet rises with the size of the clump."""

# Most of a group's posts may be ordinary: then a small stake on each object loses little where nothing happens.
STAKES = np.array([0.03, 0.15, 0.5, 1.0])
N_BETS = len(SLOPES) * len(STAKES)

NOBODY = -1

# The crowd that stood around the clump counts as much as its object does with this many sharers elsewhere.
TRUST_IN_OBJECT = 15.0

# Adding or keeping a member must bring this many digits, however large the group is.
LEAST_MEMBER_COST = 2.5


class Scene(NamedTuple):
    """What the kernels see of one window."""

    object: np.ndarray[tuple[int], np.dtype[np.int32]]
    time_us: Ints
    stratum: Strata
    start: Ints
    near_share: Floats
    ratio: Floats
    window_us: int
    theta: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """Weighs groups in one window, against one yardstick."""

    log: FirstShares
    scene: Scene

    @classmethod
    def against(
        cls, log: FirstShares, stratum: Strata, yardstick: Yardstick, *, window_us: int, theta: float
    ) -> Evidence:
        """Weigh against this yardstick, with these strata of speed."""
        shares = log.shares
        near_share, ratio = yardstick.near_share, yardstick.ratio
        return cls(
            log, Scene(shares.object, shares.time_us, stratum, log.start, near_share, ratio, window_us, float(theta))
        )

    def digits(self, members: Ints, *, rows: Ints | None = None) -> float:
        """J: log10 of the e-value, less the price of the choice. With `rows`, only those of the members' rows."""
        bets = self._by_object(self.log.rows_of(members) if rows is None else rows).sum(axis=0)
        return float(log10_e(bets)) - price(self.log.n_eligible, len(members))

    def balance(self, members: Ints) -> float:
        """Digits when every member pays for itself: what `refine` raises."""
        bets = self._by_object(self.log.rows_of(members)).sum(axis=0)
        return float(log10_e(bets)) - self._cost(len(members))

    def balance_without_each(self, members: Ints) -> Floats:
        """The balance of the group without one member, for each member. Only the member's own objects are reweighed."""
        rows = self.log.rows_of(members)
        seat = _seats(members, self.log.shares.account[rows])
        bets, stakes = self.stakes(members, rows)
        return log10_e(bets - _sums(stakes, seat, len(members))) - self._cost(len(members) - 1)

    def stakes(self, members: Ints, rows: Ints) -> tuple[Floats, Floats]:
        """The log bets on the group, (bets,), and what each of these rows of its members adds to them, (rows, bets).

        A row adds what the bet on its object falls by when the row is an outsider's.
        """
        everyone = self.log.rows_of(members)
        whole = self._by_object(everyone)
        begin = runs(self.scene.object, everyone)
        run = np.searchsorted(begin, np.searchsorted(everyone, rows), side="right") - 1
        n = len(rows)
        without = weigh(self.scene, everyone, begin[run], begin[run + 1], rows, np.full(n, NOBODY), np.arange(n), n)
        return whole.sum(axis=0), whole[run] - without

    def balance_with_each(self, members: Ints, newcomers: Ints) -> Floats:
        """The balance of the group with one newcomer, for each. Only the newcomer's own objects are reweighed."""
        rows, account = self.log.rows_of(members), self.log.shares.account
        arriving = self.log.rows_of(newcomers)
        whole = self._by_object(rows)
        begin = runs(self.scene.object, rows)
        # The run of the newcomer's object begins at or before its place, unless no member shared the object.
        run = np.searchsorted(self.scene.object[rows[begin[:-1]]], self.scene.object[arriving])
        known = run < len(whole)
        known[known] = self.scene.object[rows[begin[run[known]]]] == self.scene.object[arriving[known]]
        run, arriving = run[known], arriving[known]
        seat = _seats(newcomers, account[arriving])
        nobody = np.full(len(arriving), NOBODY)
        grown = weigh(self.scene, rows, begin[run], begin[run + 1], nobody, arriving, seat, len(newcomers))
        bets = whole.sum(axis=0) + grown - _sums(whole[run], seat, len(newcomers))
        return log10_e(bets) - self._cost(len(members) + 1)

    def _by_object(self, rows: Ints) -> Floats:
        """The log bets on each object of the rows: (objects, bets)."""
        begin = runs(self.scene.object, rows)
        n = len(begin) - 1
        nobody = np.full(n, NOBODY)
        return weigh(self.scene, rows, begin[:-1], begin[1:], nobody, nobody, np.arange(n), n)

    def _cost(self, size: int) -> float:
        return size * member_cost(self.log.n_eligible, size)


def log10_e(bets: Floats) -> Floats:
    """The e-values in digits, from the log bets of all slopes and stakes: the best of them, paid for."""
    return np.asarray((bets.max(axis=-1) - math.log(N_BETS)) / math.log(10))


def _sums(bets: Floats, seat: Ints, n_seats: int) -> Floats:
    """Rows of bets summed by seat."""
    n = len(seat)
    summing = sparse.csr_array((np.ones(n), (seat, np.arange(n))), shape=(n_seats, n))
    return np.asarray(summing @ bets)


def _seats(accounts: Ints, account_of_rows: np.ndarray[Any, np.dtype[np.int32]]) -> Ints:
    """The place among sorted `accounts` of each row's account."""
    return np.searchsorted(accounts, account_of_rows)


def runs(thing: np.ndarray[Any, np.dtype[np.int32]], rows: Ints) -> Ints:
    """Where in sorted rows each object begins, and at last where the rows end."""
    changes = np.flatnonzero(np.diff(thing[rows])) + 1
    return np.concatenate((np.zeros(min(len(rows), 1), np.int64), changes, np.array([len(rows)])))


def price(n_eligible: int, size: int) -> float:
    """Digits that the choice of `size` of `n_eligible` accounts costs, and of the size itself."""
    n = max(n_eligible, 10, size)
    log_choices = math.lgamma(n + 1) - math.lgamma(size + 1) - math.lgamma(n - size + 1)
    return log_choices / math.log(10) + 2 * math.log10(max(size, 1))


def member_cost(n_eligible: int, size: int) -> float:
    """Digits that one member must bring: about its part of `price`, and never next to nothing."""
    return max(math.log10(max(n_eligible, 10) / max(size, 1)), LEAST_MEMBER_COST)


@njit(cache=True, nogil=True)
def survival_ratios(k: int, pi: float, ratio: Floats) -> None:
    """Write ``S(e) / S(e - 1)`` to ``ratio[e]`` for e = 1 .. k - 1, with ``S(e) = min(1, k P(Bin(k - 1, pi) >= e))``.

    Ratios, because S itself falls below the smallest float in a large group.
    """
    odds = pi / (1.0 - pi) if pi < 1.0 else 1e300
    beyond = 0.0  # P(X > e) / P(X = e)
    for e in range(k - 2, -1, -1):
        beyond = min(1e300, (k - 1 - e) / (e + 1.0) * odds * (1.0 + beyond))
        ratio[e + 1] = beyond / (1.0 + beyond)
    tail = 1.0
    for e in range(1, k):
        before = k * tail
        tail *= ratio[e]
        if k * tail >= 1.0:
            ratio[e] = 1.0
        elif before > 1.0:
            ratio[e] = k * tail
        else:
            return


@njit(cache=True, nogil=True)
def add_bets(k: int, hits: int, pi: float, ratio: Floats, bets: Floats, seat: int) -> None:
    """Add the log bets on one object to ``bets[seat]``: `hits` others beside the first of the clump, of `k` members."""
    survival_ratios(k, pi, ratio)
    for i in range(SLOPES.size):
        slope = SLOPES[i]
        rise = math.exp(slope)
        term, total, scale = 1.0, 0.0, 0.0
        for e in range(1, k):
            term *= ratio[e] * rise
            total += term
            if total > 1e200:
                term *= 1e-200
                total *= 1e-200
                scale += 200.0 * math.log(10.0)
        # M(s) = 1 + (1 - exp(-s)) sum of S(e) exp(s e): summation by parts keeps every term positive.
        total *= 1.0 - 1.0 / rise
        log_mean = math.log1p(total) if scale == 0.0 else math.log(total) + scale
        log_ratio = slope * hits - log_mean
        for j in range(STAKES.size):
            stake = STAKES[j]
            if stake == 1.0:
                gain = log_ratio
            elif log_ratio > 30.0:
                gain = log_ratio + math.log(stake)
            else:
                gain = math.log(1.0 - stake + stake * math.exp(log_ratio))
            bets[seat, i * STAKES.size + j] += gain


@njit(cache=True, nogil=True)
def largest_clump(time_us: Ints, rows: Ints, k: int, window_us: int) -> tuple[int, int]:
    """Size of the largest clump of the first `k` rows within a window, and the place of its first; the earliest."""
    low, size, at = 0, 0, 0
    for i in range(k):
        while time_us[rows[i]] - time_us[rows[low]] > window_us:
            low += 1
        if i - low + 1 > size:
            size, at = i - low + 1, low
    return size, at


@njit(cache=True, nogil=True)
def first_at_or_after(time_us: Ints, low: int, high: int, moment: int) -> int:
    """The first of the rows low .. high whose time is at least `moment`; `high` if there is none."""
    while low < high:
        middle = (low + high) // 2
        if time_us[middle] < moment:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def chance_beside(scene: Scene, rows: Ints, k: int, at: int) -> float:
    """The chance that one member stands in the window after another by habit, before `theta`.

    Half the object's share of near pairs, or the crowd of outsiders around the clump if that is denser: what
    happens in a burst happens to everyone. Times the mean ratio of the members' strata.
    """
    thing = scene.object[rows[0]]
    start, end = scene.start[thing], scene.start[thing + 1]
    anchor = scene.time_us[rows[at]]
    around = first_at_or_after(scene.time_us, start, end, anchor + scene.window_us + 1) - first_at_or_after(
        scene.time_us, start, end, anchor - scene.window_us
    )
    for i in range(k):
        if abs(scene.time_us[rows[i]] - anchor) <= scene.window_us:
            around -= 1
    outsiders = end - start - k
    usual = scene.near_share[thing] / 2.0
    crowd = (around / 2.0 + TRUST_IN_OBJECT * usual) / (outsiders + TRUST_IN_OBJECT)
    n_strata = scene.ratio.shape[0]
    total = 0.0
    if k < n_strata:
        for i in range(k):
            for j in range(i):
                total += scene.ratio[scene.stratum[rows[i]], scene.stratum[rows[j]]]
    else:
        held = np.zeros(n_strata)
        for i in range(k):
            held[scene.stratum[rows[i]]] += 1.0
        for a in range(n_strata):
            if held[a] > 0.0:
                for b in range(n_strata):
                    total += held[a] * (held[b] - (a == b)) * scene.ratio[a, b] / 2.0
    return float(max(usual, crowd) * total / (k * (k - 1) / 2.0))


@njit(cache=True, nogil=True)
def weigh(
    scene: Scene, rows: Ints, low: Ints, high: Ints, gone: Ints, arriving: Ints, seat: Ints, n_seats: int
) -> Floats:
    """Log bets on objects, summed for each seat.

    Parameters
    ----------
    rows
        Rows of members, sorted.
    low, high
        For each weighing, where in `rows` the members stand that shared the object.
    gone
        A row among them that is taken to be missing, or `NOBODY`.
    arriving
        A row of the same object, not among them, that is taken to be a member's, or `NOBODY`.
    seat
        The sum to which the weighing is added.

    Returns
    -------
    (n_seats, bets)
        No bet is made on an object with fewer than two members.
    """
    bets = np.zeros((n_seats, N_BETS))
    present = np.empty(rows.size + 1, np.int64)
    ratio = np.empty(rows.size + 2)
    for i in range(low.size):
        k = 0
        newcomer = arriving[i]
        for at in range(low[i], high[i]):
            if newcomer != NOBODY and newcomer < rows[at]:
                present[k] = newcomer
                newcomer = NOBODY
                k += 1
            if rows[at] != gone[i]:
                present[k] = rows[at]
                k += 1
        if newcomer != NOBODY:
            present[k] = newcomer
            k += 1
        if k >= 2:
            size, first = largest_clump(scene.time_us, present, k, scene.window_us)
            pi = min(1.0, scene.theta * chance_beside(scene, present, k, first))
            add_bets(k, size - 1, pi, ratio, bets, seat[i])
    return bets
