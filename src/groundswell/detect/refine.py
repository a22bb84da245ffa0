"""Who belongs? Accounts are dropped from a candidate and added to it while that raises the evidence.

    Evidence, members ──► members

Each member has to bring the digits that it costs to have been free to choose it.
"""

from __future__ import annotations

import numpy as np

from groundswell.detect.bets import Scene, first_at_or_after, runs
from groundswell.detect.compiled import compiled
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Floats, Ints

SMALLEST = 3
# Above this size a round looks at a hundred accounts or more and moves many of them: few rounds are enough.
LARGE = 40
MOST_NEWCOMERS = 25
MOST_ROUNDS_OF_JOINING = 10
LEAST_MEETINGS = 2


def refine(evidence: Evidence, members: Ints) -> Ints:
    """Drop and then add members while the balance of evidence and cost rises.

    Returns
    -------
    sorted account numbers
        At least three. The balance is never below that of `members`.

    Notes
    -----
    docs/how_it_works.md. A greedy climb: it moves half of the accounts that would each raise the balance, and if that
    was too many at once only the best of them.
    """
    members = np.sort(members)
    for _ in range(30 if len(members) <= LARGE else 3):
        if len(members) <= SMALLEST or (fewer := _drop(evidence, members)) is None:
            break
        members = fewer
    for _ in range(MOST_ROUNDS_OF_JOINING):
        if (more := _add(evidence, members)) is None:
            break
        members = more
    return members


def gains_of_leaving(evidence: Evidence, members: Ints) -> Floats:
    """Digits that the balance rises when a member leaves, for each of the sorted `members`."""
    return evidence.balance_without_each(members) - evidence.balance(members)


def gains_of_joining(evidence: Evidence, members: Ints, newcomers: Ints) -> Floats:
    """Digits that the balance rises when a newcomer joins, for each of the sorted `newcomers`."""
    return evidence.balance_with_each(members, newcomers) - evidence.balance(members)


def bystanders(evidence: Evidence, members: Ints, most: int = MOST_NEWCOMERS) -> Ints:
    """The outsiders that stood near a member on the most objects, at least two; sorted by number.

    Up to `most`, or half as many as there are members.
    """
    most = max(most, len(members) // 2)
    rows = evidence.log.rows_of(members)
    begin = runs(evidence.scene.object, rows)
    met = objects_met(evidence.scene, evidence.log.shares.account, rows, begin, evidence.log.n_accounts)
    met[members] = 0
    outsiders = np.flatnonzero(met >= LEAST_MEETINGS)
    return np.sort(outsiders[np.argsort(-met[outsiders], kind="stable")][:most])


def _drop(evidence: Evidence, members: Ints) -> Ints | None:
    gain = gains_of_leaving(evidence, members)
    n_better = int(np.count_nonzero(gain > 0))
    if not n_better:
        return None
    worst_first = np.argsort(-gain, kind="stable")
    at_once = max(1, n_better // 2) if len(members) > 8 else 1
    now = evidence.balance(members)
    fewer = np.delete(members, worst_first[:at_once])
    if len(fewer) >= 2 and evidence.balance(fewer) > now:
        return fewer
    return np.delete(members, worst_first[:1])


def _add(evidence: Evidence, members: Ints) -> Ints | None:
    newcomers = bystanders(evidence, members)
    if not len(newcomers):
        return None
    gain = gains_of_joining(evidence, members, newcomers)
    welcome = newcomers[np.argsort(-gain, kind="stable")][: int(np.count_nonzero(gain > 0))]
    if not len(welcome):
        return None
    more = np.union1d(members, welcome[: max(1, len(welcome) // 2)])
    if evidence.balance(more) > evidence.balance(members):
        return more
    return np.union1d(members, welcome[:1])


@compiled
def objects_met(
    scene: Scene, account: np.ndarray[tuple[int], np.dtype[np.int32]], rows: Ints, begin: Ints, n_accounts: int
) -> Ints:
    """For each account, the objects on which it stood within the window of one of the `rows`."""
    met = np.zeros(n_accounts, np.int64)
    for run in range(begin.size - 1):
        nearest, end = begin[run], begin[run + 1]
        thing = scene.object[rows[nearest]]
        stop = scene.start[thing + 1]
        earliest = scene.time_us[rows[nearest]] - scene.window_us
        row = first_at_or_after(scene.time_us, scene.start[thing], stop, earliest)
        while row < stop:
            while nearest < end and scene.time_us[rows[nearest]] < scene.time_us[row] - scene.window_us:
                nearest += 1
            if nearest == end:
                break
            if scene.time_us[rows[nearest]] <= scene.time_us[row] + scene.window_us:
                met[account[row]] += 1
            row += 1
    return met
