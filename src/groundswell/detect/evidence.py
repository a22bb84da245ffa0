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

from groundswell.detect.first_shares import FirstShares, Floats, Ints
from groundswell.detect.speed import Strata
from groundswell.detect.yardstick import Yardstick

SLOPES = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0])
"""How steeply a bet rises with the size of the clump."""

# Most of a group's posts may be ordinary: then a small stake on each object loses little where nothing happens.
STAKES = np.array([0.03, 0.15, 0.5, 1.0])
N_BETS = len(SLOPES) * len(STAKES)

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
        bets = log_bets(self.scene, self.log.rows_of(members) if rows is None else rows)
        return self.log10_e(bets) - price(self.log.n_eligible, len(members))

    def balance(self, members: Ints, bets: Floats | None = None) -> float:
        """Digits when every member pays for itself: what `refine` raises. `bets` saves weighing them again."""
        if bets is None:
            bets = log_bets(self.scene, self.log.rows_of(members))
        return self.log10_e(bets) - len(members) * member_cost(self.log.n_eligible, len(members))

    @staticmethod
    def log10_e(bets: Floats) -> float:
        """The e-value in digits, from the log bets of all slopes and stakes: the best one, paid for."""
        return float((bets.max() - math.log(N_BETS)) / math.log(10))


def price(n_eligible: int, size: int) -> float:
    """Digits that the choice of `size` of `n_eligible` accounts costs, and of the size itself."""
    n = max(n_eligible, 10, size)
    log_choices = math.lgamma(n + 1) - math.lgamma(size + 1) - math.lgamma(n - size + 1)
    return log_choices / math.log(10) + 2 * math.log10(max(size, 1))


def member_cost(n_eligible: int, size: int) -> float:
    """Digits that one member must bring: about its part of `price`, and never next to nothing."""
    return max(math.log10(max(n_eligible, 10) / size), LEAST_MEMBER_COST)


@njit(cache=True, nogil=True)
def survival_ratios(k: int, pi: float, ratio: Floats) -> None:
    """Write ``S(e) / S(e - 1)`` to ``ratio[e]`` for e = 1 .. k - 1, with ``S(e) = min(1, k P(Bin(k - 1, pi) >= e))``.

    Ratios, because S itself falls below the smallest float in a large group.
    """
    if pi >= 1.0:
        ratio[1:k] = 1.0
        return
    if pi <= 0.0:
        ratio[1:k] = 0.0
        return
    odds = pi / (1.0 - pi)
    beyond = 0.0  # P(X > e) / P(X = e)
    for e in range(k - 2, -1, -1):
        beyond = (k - 1 - e) / (e + 1.0) * odds * (1.0 + beyond)
        ratio[e + 1] = beyond / (1.0 + beyond) if beyond < 1e15 else 1.0
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
def add_bets(k: int, hits: int, pi: float, sign: float, ratio: Floats, bets: Floats) -> None:
    """Add the log bets on one object: `hits` others beside the first of the clump, among `k` members."""
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
            bets[i * STAKES.size + j] += sign * gain


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
def add_object(scene: Scene, rows: Ints, k: int, sign: float, ratio: Floats, bets: Floats) -> None:
    """Add the log bets on the object of the first `k` rows, the members that shared it. Fewer than two: no bet."""
    if k < 2:
        return
    size, at = largest_clump(scene.time_us, rows, k, scene.window_us)
    pi = min(1.0, scene.theta * chance_beside(scene, rows, k, at))
    add_bets(k, size - 1, pi, sign, ratio, bets)


@njit(cache=True, nogil=True)
def run_end(thing: np.ndarray[tuple[int], np.dtype[np.int32]], rows: Ints, first: int) -> int:
    """Where the rows with the same object as the row at `first` end."""
    end = first + 1
    while end < rows.size and thing[rows[end]] == thing[rows[first]]:
        end += 1
    return end


@njit(cache=True, nogil=True)
def log_bets(scene: Scene, rows: Ints) -> Floats:
    """Log e-values of a group for every slope and stake. `rows`: all rows of its members, sorted."""
    bets = np.zeros(N_BETS)
    ratio = np.empty(rows.size + 1)
    first = 0
    while first < rows.size:
        end = run_end(scene.object, rows, first)
        add_object(scene, rows[first:end], end - first, 1.0, ratio, bets)
        first = end
    return bets


@njit(cache=True, nogil=True)
def bets_without_each(scene: Scene, rows: Ints, seat: Ints, size: int) -> Floats:
    """The log bets of the group without one member, for each member: (size, bets).

    Only the member's own objects are weighed again. ``seat[i]`` is the number, 0 to size - 1, of the member of row i.
    """
    changes = np.zeros((size, N_BETS))
    total = np.zeros(N_BETS)
    ratio = np.empty(rows.size + 1)
    others = np.empty(rows.size, np.int64)
    first = 0
    while first < rows.size:
        end = run_end(scene.object, rows, first)
        k = end - first
        whole = np.zeros(N_BETS)
        add_object(scene, rows[first:end], k, 1.0, ratio, whole)
        total += whole
        for gone in range(k):
            others[:gone] = rows[first : first + gone]
            others[gone : k - 1] = rows[first + gone + 1 : end]
            member = seat[first + gone]
            add_object(scene, others, k - 1, 1.0, ratio, changes[member])
            changes[member] -= whole
        first = end
    return changes + total


@njit(cache=True, nogil=True)
def bets_with_each(scene: Scene, rows: Ints, newcomers: Ints, seat: Ints, size: int) -> Floats:
    """The log bets of the group with one newcomer, for each: (size, bets).

    `newcomers` are all of their rows, sorted, and ``seat[i]`` is the number of the newcomer of row i.
    """
    changes = np.zeros((size, N_BETS))
    total = log_bets(scene, rows)
    ratio = np.empty(rows.size + 2)
    joined = np.empty(rows.size + 1, np.int64)
    whole = np.zeros(N_BETS)
    weighed = -1
    for i in range(newcomers.size):
        thing = scene.object[newcomers[i]]
        first = np.searchsorted(rows, scene.start[thing])
        end = np.searchsorted(rows, scene.start[thing + 1])
        k = end - first
        if k == 0:
            continue
        if thing != weighed:
            whole[:] = 0.0
            add_object(scene, rows[first:end], k, 1.0, ratio, whole)
            weighed = thing
        place = np.searchsorted(rows[first:end], newcomers[i])
        joined[:place] = rows[first : first + place]
        joined[place] = newcomers[i]
        joined[place + 1 : k + 1] = rows[first + place : end]
        add_object(scene, joined, k + 1, 1.0, ratio, changes[seat[i]])
        changes[seat[i]] -= whole
    return changes + total


def seats(accounts: Ints, account_of_rows: np.ndarray[Any, np.dtype[np.int32]]) -> Ints:
    """The place among `accounts` of each row's account."""
    order = np.argsort(accounts, kind="stable")
    return np.asarray(order[np.searchsorted(accounts[order], account_of_rows)])
