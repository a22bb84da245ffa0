"""The bets on single objects: how large is the largest clump of members, and how likely was that?

    Scene, rows of the members ──► log bets        one for each slope and stake; they add up over objects

How the bets are made, and why they add up to evidence, stands in `evidence`.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import Floats, Ints
from groundswell.detect.speed import Strata

SLOPES = np.array([0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0])
"""How steeply a bet rises with the size of the clump."""

# Most of a group's posts may be ordinary: then a small stake on each object loses little where nothing happens.
STAKES = np.array([0.03, 0.15, 0.5, 1.0])
N_BETS = len(SLOPES) * len(STAKES)

NOBODY = -1

# The crowd that stood around the clump counts as much as its object does with this many sharers elsewhere.
TRUST_IN_OBJECT = 15.0

# Bets that were worked out last and may come again: whoever leaves a group, the others' clump on an object is one of
# two sizes, and its chance one of few. Without them a round of leaving costs the square of the members on each object.
N_REMEMBERED = 32


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


class Memory(NamedTuple):
    """The bets that were worked out last, and what they depend on."""

    k: Ints
    hits: Ints
    pi: Floats
    bets: Floats
    oldest: Ints
    """The place of the one that is forgotten next."""


def log10_e(bets: Floats) -> Floats:
    """The e-values in digits, from the log bets of all slopes and stakes: the best of them, paid for."""
    return np.asarray((bets.max(axis=-1) - math.log(N_BETS)) / math.log(10))


@compiled
def runs(thing: np.ndarray[Any, np.dtype[np.int32]], rows: Ints) -> Ints:
    """Where in sorted rows each object begins, and at last where the rows end."""
    begin = np.empty(rows.size + 1, np.int64)
    n = 0
    for i in range(rows.size):
        if i == 0 or thing[rows[i]] != thing[rows[i - 1]]:
            begin[n] = i
            n += 1
    begin[n] = rows.size
    return begin[: n + 1]


@compiled
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


@compiled
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
        times = math.exp(min(log_ratio, 30.0))
        for j in range(STAKES.size):
            stake = STAKES[j]
            if stake == 1.0:
                gain = log_ratio
            elif log_ratio > 30.0:
                gain = log_ratio + math.log(stake)
            else:
                gain = math.log(1.0 - stake + stake * times)
            bets[seat, i * STAKES.size + j] += gain


@compiled
def nothing_yet() -> Memory:
    """A memory of no bets: no object has a clump among 0 members."""
    n = N_REMEMBERED
    return Memory(
        np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n), np.zeros((n, N_BETS)), np.zeros(1, np.int64)
    )


@compiled
def add_remembered(k: int, hits: int, pi: float, ratio: Floats, bets: Floats, seat: int, memory: Memory) -> None:
    """What `add_bets` does, worked out only if it is none of the last `N_REMEMBERED`."""
    at = -1
    for i in range(N_REMEMBERED):
        if memory.k[i] == k and memory.pi[i] == pi and memory.hits[i] == hits:
            at = i
            break
    if at < 0:
        at = memory.oldest[0]
        memory.oldest[0] = (at + 1) % N_REMEMBERED
        memory.k[at], memory.hits[at], memory.pi[at] = k, hits, pi
        memory.bets[at] = 0.0
        add_bets(k, hits, pi, ratio, memory.bets, at)
    for bet in range(N_BETS):
        bets[seat, bet] += memory.bets[at, bet]


@compiled
def largest_clump(time_us: Ints, rows: Ints, k: int, window_us: int) -> tuple[int, int]:
    """Size of the largest clump of the first `k` rows within a window, and the place of its first; the earliest."""
    low, size, at = 0, 0, 0
    for i in range(k):
        while time_us[rows[i]] - time_us[rows[low]] > window_us:
            low += 1
        if i - low + 1 > size:
            size, at = i - low + 1, low
    return size, at


@compiled
def first_at_or_after(time_us: Ints, low: int, high: int, moment: int) -> int:
    """The first of the rows low .. high whose time is at least `moment`; `high` if there is none."""
    while low < high:
        middle = (low + high) // 2
        if time_us[middle] < moment:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
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


@compiled
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
    memory = nothing_yet()
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
            add_remembered(k, size - 1, pi, ratio, bets, seat[i], memory)
    return bets


@compiled
def weigh_all(scene: Scene, rows: Ints) -> Any:
    """The log bets on all objects of these sorted rows of members, summed: (bets,)."""
    bets = np.zeros((1, N_BETS))
    ratio = np.empty(rows.size + 2)
    low = 0
    while low < rows.size:
        high = low + 1
        while high < rows.size and scene.object[rows[high]] == scene.object[rows[low]]:
            high += 1
        k = high - low
        if k >= 2:
            present = rows[low:high]
            size, first = largest_clump(scene.time_us, present, k, scene.window_us)
            pi = min(1.0, scene.theta * chance_beside(scene, present, k, first))
            add_bets(k, size - 1, pi, ratio, bets, 0)
        low = high
    return bets[0]


@compiled
def sums(bets: Floats, seat: Ints, n_seats: int) -> Floats:
    """Rows of bets summed by seat: (n_seats, bets)."""
    total = np.zeros((n_seats, bets.shape[1]))
    for i in range(seat.size):
        for bet in range(bets.shape[1]):
            total[seat[i], bet] += bets[i, bet]
    return total
