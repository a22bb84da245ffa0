"""How much memory will counting take, and into how many parts must the accounts be cut to take less?

    shares, accounts, windows, limit ──► Plan          before anything is allocated

The bytes follow from the arrays that `prune` and `product` make. Rows brought together by account are the only ones
that need not be there all at once: an account shard has those of its accounts, looks at all rows, and its pairs are
complete. Each shard more costs another look at every row.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_SHARDS = 64
SHARE, MARK, KEPT, NUMBER = 16, 1, 12, 4
"""Bytes of a share as given; marked; kept, with its time; and of its account's new number, or its place in a block."""
PRUNING, LOADED, COUNTING = 12, 8, 16
"""Bytes an account takes in each thread while shares are pruned; more where weights matter; while pairs are counted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the work is cut."""

    shards: int
    threads: int
    n_bytes: int
    """At most so many at a time, the shares included and the pairs put out not."""
    pairs_bytes: int | None
    """What the pairs put out may take in memory before they go to a file; without a limit, any."""


def planned(
    n_shares: int, n_accounts: int, *, windows: int, weighed: bool, threads: int, memory: int | None = None
) -> Plan:
    """The fewest shards, and the most threads up to `threads`, that keep to `memory` bytes.

    Parameters
    ----------
    n_shares, n_accounts
        As they come in. That pruning leaves all of them is assumed, though it hardly ever does.
    windows
        Counted in one sweep.
    weighed
        Whether objects have weights.
    threads
        How many may work at once.
    memory
        Bytes; without it nothing is cut. Where even one thread and 64 shards need more, that is taken: a limit below
        the shares themselves can't be kept.
    """
    if memory is None:
        return Plan(1, threads, needed(n_shares, n_accounts, windows, weighed, threads, 1), None)
    for workers in range(threads, 0, -1):
        for shards in range(1, MOST_SHARDS + 1):
            n_bytes = needed(n_shares, n_accounts, windows, weighed, workers, shards)
            if n_bytes <= memory:
                return Plan(shards, workers, n_bytes, memory - n_bytes)
    return Plan(MOST_SHARDS, 1, needed(n_shares, n_accounts, windows, weighed, 1, MOST_SHARDS), 0)


def needed(n_shares: int, n_accounts: int, windows: int, weighed: bool, threads: int, shards: int) -> int:
    """Bytes at the highest point, which is where pruned rows are joined or where pairs are counted."""
    of_weights = LOADED if weighed else 0
    pruning = (MARK + 2 * KEPT) * n_shares + threads * n_accounts * (PRUNING + of_weights)
    rings = 4 * windows if windows > 1 else 0
    visit = 4 * (2 + 2 * windows) + NUMBER
    counting = (KEPT + NUMBER) * n_shares + -(-n_shares * visit // shards)
    counting += threads * n_accounts * (COUNTING + of_weights + rings)
    return SHARE * n_shares + max(pruning, counting)
