"""Do the members follow somebody?

    Evidence, Occasions ──► Leaders        who goes first, whether by chance, and what is left without them

Fans, quick readers and a campaign that boosts one star look alike: whoever they follow goes first, and they come after.
Members that nobody leads are first in turn: given the moments of a clump, any of them may stand at any. Where who
goes first is not such a draw, or where the same outsider comes just before again and again, the group's evidence has
to hold without those occasions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Ints
from groundswell.detect.occasions import Occasions
from groundswell.detect.poisson_binomial import at_least

# Someone who went first up to three minutes before the clump may still be what the members react to.
LEAD_US = 180_000_000
N_DRAWS = 3000
# Of the groups of quick readers in 800 made-up worlds all but one were at the floor of 1 in 3,000, and that one, of
# three accounts, at 2; a group that nobody leads falls below the level three times in a thousand.
CONCENTRATED = 0.003
# Of five accounts any one may be the hub of the others, and few occasions tell little.
FEW_MEMBERS = 5
CONCENTRATED_IF_FEW = 0.01
# An outsider that stood before two occasions is a coincidence.
LEAST_LED = 3
MOST_LEADERS = 10


@dataclass(frozen=True, eq=False)
class Leaders:
    """The accounts that lead; or, where nobody does, those that happened to go first most often."""

    accounts: tuple[int, ...]
    """Most often first. They need not be members."""
    n_led: tuple[int, ...]
    """Occasions at whose start each of them stood."""
    of: int
    """Occasions looked at: clumps of two members or more."""
    p: float
    """Chance that who goes first is as uneven, or an outsider there as often, when nobody leads."""
    concentrated: bool
    """Whether chance alone seldom gives such leaders."""
    left_out: Ints
    """Objects at the start of whose clump one of them stood."""


@dataclass(frozen=True, eq=False)
class _Clump:
    """One occasion with two members or more."""

    standing: Ints
    """Accounts, members or not, that shared the object from three minutes before the clump up to its first."""
    sharers: Ints
    """All that shared the object."""
    seats: Ints
    """The members, by seat, from three minutes before the clump to its last, in time."""
    n_first: int
    """So many of them came first in one instant of the clock."""


def leaders(evidence: Evidence, all_occasions: Occasions, members: Ints, *, seed: int) -> Leaders:
    """Name the accounts that lead a group: one after the other, until the occasions left look as if nobody did.

    Parameters
    ----------
    all_occasions
        Clumps of any size.
    members
        Sorted account numbers.
    seed
        Of the 3,000 draws.

    Notes
    -----
    Members: the sum over them of the squared difference between how often each came first and how often it would if
    every member of a clump were as likely to, against draws of the firsts from each clump. Accounts that tie for first
    share it. Outsiders: the chance to stand there so often if each of an object's sharers had any of its places
    (Poisson-binomial), times the number of outsiders. The test is exact for members whose moments are draws from one
    distribution. A campaign whose accounts always post in one order is called led as well: the data are the same.
    """
    clumps = _clumps(evidence, all_occasions, members)
    level = CONCENTRATED_IF_FEW if len(members) <= FEW_MEMBERS else CONCENTRATED
    left = clumps
    chosen: list[int] = []
    p = 1.0
    while left and len(chosen) < MOST_LEADERS:
        chance, leader = _most_suspect(left, members, evidence.log.n_accounts, seed)
        if not chosen:
            p = chance
        if chance > level or leader is None:
            break
        chosen.append(leader)
        left = [clump for clump in left if leader not in clump.standing]
    concentrated = bool(chosen)
    if not concentrated:
        chosen = _most_often(clumps, 1 if len(members) <= FEW_MEMBERS else 2 if len(members) <= 10 else 3)
    n_led = {leader: sum(leader in clump.standing for clump in clumps) for leader in chosen}
    ranked = sorted(chosen, key=lambda leader: (-n_led[leader], leader))
    return Leaders(
        accounts=tuple(ranked),
        n_led=tuple(n_led[leader] for leader in ranked),
        of=len(clumps),
        p=p,
        concentrated=concentrated,
        left_out=_led(evidence, all_occasions, chosen),
    )


def _clumps(evidence: Evidence, all_occasions: Occasions, members: Ints) -> list[_Clump]:
    found = []
    log = evidence.log
    member = _mask(members, log.n_accounts)
    for i in np.flatnonzero(all_occasions.size >= 2):
        thing = all_occasions.object[i]
        low, high = log.start[thing], log.start[thing + 1]
        time_us = log.shares.time_us[low:high]
        account = log.shares.account[low:high].astype(np.int64)
        opens, begins, ends = _moments(all_occasions, int(i), time_us)
        inside = np.flatnonzero(member[account[opens:ends]]) + opens
        found.append(
            _Clump(
                standing=account[opens:begins],
                sharers=account,
                seats=np.searchsorted(members, account[inside]),
                n_first=int(np.count_nonzero(time_us[inside] == time_us[inside[0]])),
            )
        )
    return found


def _moments(all_occasions: Occasions, i: int, time_us: Ints) -> tuple[int, int, int]:
    """Where, among an object's shares, the three minutes before its clump open, the clump begins, and it ends."""
    begins_us, ends_us = int(all_occasions.begins_us[i]), int(all_occasions.ends_us[i])
    return (
        int(np.searchsorted(time_us, begins_us - LEAD_US, side="left")),
        int(np.searchsorted(time_us, begins_us, side="right")),
        int(np.searchsorted(time_us, ends_us, side="right")),
    )


def _most_suspect(clumps: list[_Clump], members: Ints, n_accounts: int, seed: int) -> tuple[float, int | None]:
    """The chance that nobody leads, and who led more occasions than chance gives; None if nobody did."""
    sizes = np.array([len(clump.seats) for clump in clumps])
    seat = np.concatenate([clump.seats for clump in clumps])
    n_first = np.array([clump.n_first for clump in clumps])
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    uneven, n_as_uneven = unevenness(start, seat, n_first, len(members), N_DRAWS, seed)
    p = (1 + n_as_uneven) / (1 + N_DRAWS)
    place = int(uneven.argmax())
    suspect, excess = (int(members[place]), float(uneven[place])) if uneven[place] > 0 else (None, 0.0)
    for outsider, chance, more in _outsiders(clumps, members, n_accounts):
        if chance < p or (chance <= CONCENTRATED and more > excess):
            p = min(p, chance)
            suspect, excess = outsider, more
    return p, suspect


def _outsiders(clumps: list[_Clump], members: Ints, n_accounts: int) -> list[tuple[int, float, float]]:
    """Outsiders that stood at the start three times or more: (account, chance, times beyond chance)."""
    account = np.concatenate([clump.sharers for clump in clumps])
    of_each = [len(clump.standing) / len(clump.sharers) for clump in clumps]
    chance = np.repeat(of_each, [len(clump.sharers) for clump in clumps])
    stood = np.bincount(np.concatenate([clump.standing for clump in clumps]), minlength=n_accounts)
    stood[members] = 0
    seen = _mask(account, n_accounts)
    seen[members] = False
    n_outsiders = max(1, int(np.count_nonzero(seen)))
    often = np.flatnonzero(stood >= LEAST_LED)
    # The places of one after the other, each one's in the order of the clumps.
    here = np.flatnonzero(stood[account] >= LEAST_LED)
    here = here[np.argsort(account[here], kind="stable")]
    start = np.searchsorted(account[here], np.append(often, n_accounts))
    found = []
    for outsider, first, end in zip(often, start[:-1], start[1:], strict=True):
        places = chance[here[first:end]]
        p = min(1.0, at_least(places, int(stood[outsider])) * n_outsiders)
        found.append((int(outsider), p, float(stood[outsider] - places.sum())))
    return found


def _mask(accounts: Ints | list[int], n_accounts: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """True for these accounts."""
    mask = np.zeros(n_accounts, np.bool_)
    mask[accounts] = True
    return mask


def _most_often(clumps: list[_Clump], n: int) -> list[int]:
    """Up to `n` accounts, chosen one by one for the occasions that those before them do not account for."""
    chosen: list[int] = []
    left = clumps
    while left and len(chosen) < n:
        account, times = np.unique(np.concatenate([clump.standing for clump in left]), return_counts=True)
        chosen.append(int(account[times.argmax()]))
        left = [clump for clump in left if chosen[-1] not in clump.standing]
    return chosen


def _led(evidence: Evidence, all_occasions: Occasions, chosen: list[int]) -> Ints:
    log = evidence.log
    leads = _mask(chosen, log.n_accounts)
    led = []
    for i, thing in enumerate(all_occasions.object):
        low, high = log.start[thing], log.start[thing + 1]
        opens, begins, _ = _moments(all_occasions, i, log.shares.time_us[low:high])
        if leads[log.shares.account[low + opens : low + begins]].any():
            led.append(int(thing))
    return np.array(led, dtype=np.int64)


@compiled
def unevenness(start: Any, seat: Any, n_first: Any, n_seats: int, n_draws: int, seed: int) -> Any:
    """How much more often each seat came first than in a fair draw, and how many draws are as uneven over all seats.

    Parameters
    ----------
    start
        Clump i has the rows ``start[i]`` to ``start[i + 1]``.
    seat
        One a row, in time; the first ``n_first[i]`` rows of a clump tie for first and share it.
    n_draws, seed
        In each draw as many rows of each clump are first, whichever.

    Returns
    -------
    more : (n_seats,)
        Times first, less the times expected.
    n_as_uneven
        Draws in which the sum of squares of `more` is as large.
    """
    np.random.seed(seed)
    n_clumps = start.size - 1
    expected = np.zeros(n_seats)
    more = np.zeros(n_seats)
    for i in range(n_clumps):
        for row in range(start[i], start[i + 1]):
            expected[seat[row]] += 1.0 / (start[i + 1] - start[i])
        for row in range(start[i], start[i] + n_first[i]):
            more[seat[row]] += 1.0 / n_first[i]
    observed = 0.0
    for one in range(n_seats):
        more[one] -= expected[one]
        observed += more[one] * more[one]
    shuffled = seat.copy()
    drawn = np.empty(n_seats)
    n_as_uneven = 0
    for _ in range(n_draws):
        for one in range(n_seats):
            drawn[one] = -expected[one]
        for i in range(n_clumps):
            for place in range(start[i], start[i] + n_first[i]):
                other = np.random.randint(place, start[i + 1])
                shuffled[place], shuffled[other] = shuffled[other], shuffled[place]
                drawn[shuffled[place]] += 1.0 / n_first[i]
        uneven = 0.0
        for one in range(n_seats):
            uneven += drawn[one] * drawn[one]
        n_as_uneven += uneven >= observed * (1.0 - 1e-9)
    return more, n_as_uneven
