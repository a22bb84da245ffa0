"""Do the members follow one account?

    Evidence, Occasions ──► Leaders        who stands at the start of the clumps, and whether by chance

Fans, quick readers and a campaign that boosts one star look alike: whoever they follow goes first. Where who goes
first is more concentrated than a draw from each clump, the group's evidence has to hold without those occasions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Ints
from groundswell.detect.occasions import Occasions

# Someone who went first up to three minutes before the clump may still be what the members react to.
LEAD_US = 180_000_000
# With 300 draws a p of .04 came out between .017 and .053 for different seeds, and a group changed sides.
N_DRAWS = 3000
DRAWS_AT_ONCE = 100
CONCENTRATED = 0.05

# So few members can always be quick readers of one of them: their evidence must hold without the leader anyway.
FEW_MEMBERS = 5


@dataclass(frozen=True, eq=False)
class Leaders:
    """The accounts that most often stood at, or just before, the start of the clumps."""

    accounts: tuple[int, ...]
    """Most often first. They need not be members."""
    n_led: tuple[int, ...]
    """Occasions at whose start each of them stood."""
    of: int
    """Occasions looked at: clumps of two members or more."""
    p: float
    """Chance that who goes first is as concentrated when it is drawn from each clump."""
    left_out: Ints
    """Objects at the start of whose clump one of them stood."""

    @property
    def concentrated(self) -> bool:
        """Whether chance alone seldom gives such leaders."""
        return self.p <= CONCENTRATED


def leaders(evidence: Evidence, all_occasions: Occasions, size: int, *, seed: int) -> Leaders:
    """Name the accounts that lead a group of `size` members: one of them up to 5, two up to 10, else three.

    They are chosen one by one, each for the occasions that those before it do not account for. The chance is the
    share of 3,000 seeded draws of a first from each clump whose most frequent firsts cover as many occasions.

    Notes
    -----
    CHANCE, section 6 E. The draws cover a little less than real firsts do, because only members are drawn while
    anyone may have gone first: it calls groups led rather too often.
    """
    n_leaders = 1 if size <= FEW_MEMBERS else 2 if size <= 10 else 3
    standing = [_at_the_start(evidence, thing, begins) for thing, begins in _starts(all_occasions)]
    clump = [i for i in range(len(all_occasions)) if all_occasions.size[i] >= 2]
    n_accounts = evidence.log.n_accounts

    chosen: list[int] = []
    covered = 0
    left = [standing[i] for i in clump]
    for _ in range(n_leaders):
        if not left:
            break
        n_led = np.bincount(np.concatenate(left), minlength=n_accounts)
        chosen.append(int(n_led.argmax()))
        covered += int(n_led[chosen[-1]])
        left = [accounts for accounts in left if chosen[-1] not in accounts]
    n_led_by = {leader: sum(leader in standing[i] for i in clump) for leader in chosen}
    ranked = sorted(chosen, key=lambda leader: (-n_led_by[leader], leader))
    led = [i for i, accounts in enumerate(standing) if np.isin(accounts, chosen).any()]
    return Leaders(
        accounts=tuple(ranked),
        n_led=tuple(n_led_by[leader] for leader in ranked),
        of=len(clump),
        p=_chance_of(covered, evidence, all_occasions.where(np.array(clump, np.int64)), n_leaders, seed),
        left_out=all_occasions.object[led],
    )


def _starts(all_occasions: Occasions) -> list[tuple[int, int]]:
    return list(zip(all_occasions.object.tolist(), all_occasions.begins_us.tolist(), strict=True))


def _at_the_start(evidence: Evidence, thing: int, begins_us: int) -> Ints:
    """Accounts, members or not, that shared the object from three minutes before the moment up to it."""
    log = evidence.log
    start, end = log.start[thing], log.start[thing + 1]
    time_us = log.shares.time_us[start:end]
    low = np.searchsorted(time_us, begins_us - LEAD_US, side="left")
    high = np.searchsorted(time_us, begins_us, side="right")
    return np.asarray(log.shares.account[start + low : start + high], dtype=np.int64)


def _chance_of(covered: int, evidence: Evidence, clumps: Occasions, n_leaders: int, seed: int) -> float:
    if not len(clumps):
        return 1.0
    account = evidence.log.shares.account
    members, seat = np.unique(account[clumps.rows], return_inverse=True)
    rng = np.random.default_rng(seed)
    n_as_many = 0
    for _ in range(N_DRAWS // DRAWS_AT_ONCE):
        drawn = clumps.first + (rng.random((DRAWS_AT_ONCE, len(clumps))) * clumps.size).astype(np.int64)
        of_draw = seat[drawn] + len(members) * np.arange(DRAWS_AT_ONCE)[:, None]
        n_first = np.bincount(of_draw.ravel(), minlength=DRAWS_AT_ONCE * len(members)).reshape(DRAWS_AT_ONCE, -1)
        most = np.sort(n_first, axis=1)[:, -n_leaders:].sum(axis=1)
        n_as_many += int(np.count_nonzero(most >= covered))
    return (1 + n_as_many) / (1 + N_DRAWS)
