"""How quick is each account, going by the other objects it shared?

    FirstShares ──► Speed          for each share, the stratum of the habitual speed of its account

Habitually quick accounts stand together without any arrangement. So each share gets a stratum of speed, measured
on the account's *other* objects, and the yardstick asks how often two such strata stand together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from groundswell.detect.compiled import compiled
from groundswell.detect.first_shares import FirstShares, Floats, Ints

Strata: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]

# Finer at the quick end: that is where innocent accounts stand together (docs/how_it_works.md).
QUANTILES = np.concatenate(([0.0025, 0.005, 0.01, 0.02, 0.03, 0.04], np.linspace(0.05, 0.95, 14)))
N_STRATA = len(QUANTILES) + 1

# An account with few shares is taken to be like everyone: this many shares at the overall mean are added to its own.
PSEUDO_SHARES = 2.0


@dataclass(frozen=True, eq=False)
class Speed:
    """Strata of speed, 0 the quickest, and what is needed to measure a group apart from itself."""

    stratum: Strata
    """One a row."""
    log_lag: Floats
    """``log(1 + seconds since the object's first share)``, one a row; 0 for that first share."""
    follows: np.ndarray[Any, np.dtype[np.bool_]]
    """Whether the row is not its object's first share, and so says something about speed."""
    mean: float
    """Mean `log_lag` of the rows that follow."""
    edges: Floats

    def apart(self, log: FirstShares, members: Ints) -> Strata:
        """Strata where the members' speed is measured without the objects that are mostly their own.

        On such an object the time since its first share is the group's own pace: it would put the members of a
        campaign among the quick, and being quick would then excuse them.
        """
        stratum = self.stratum.copy()
        _set_apart(
            stratum,
            log.rows_of(members),
            np.sort(members),
            log.shares.object,
            log.shares.account,
            log.n_sharers,
            self.follows,
            self.log_lag,
            self.mean,
            self.edges,
        )
        return stratum


def speed_of(log: FirstShares) -> Speed:
    """Measure every account's speed, leaving out of each share's stratum the object itself.

    The mean log lag is first taken over all of the account's objects, shrunk to the overall mean, and then over its
    objects with the same first sharer, shrunk to the former: someone who is slow in general may read one source at
    once. Strata are quantiles over all shares.

    Notes
    -----
    docs/how_it_works.md. O(n log n).
    """
    shares = log.shares
    n = shares.n
    if n == 0:
        return Speed(np.empty(0, np.uint8), np.empty(0), np.empty(0, np.bool_), 0.0, np.zeros(len(QUANTILES)))
    opening = log.start[shares.object]
    follows = np.arange(n) != opening
    lag_s = (shares.time_us - shares.time_us[opening]) / 1e6
    log_lag = np.where(follows, np.log1p(lag_s), 0.0)
    mean = float(log_lag.sum() / max(follows.sum(), 1))
    habit = _mean_of_others(shares.account.astype(np.int64), log_lag, follows, mean)
    source = shares.account[opening].astype(np.int64)
    to_source = _mean_of_others(shares.account * np.int64(log.n_accounts) + source, log_lag, follows, habit)
    edges = np.quantile(to_source, QUANTILES)
    stratum = np.searchsorted(edges, to_source).astype(np.uint8)
    return Speed(stratum, log_lag, follows, mean, edges)


def _mean_of_others(key: Ints, log_lag: Floats, follows: np.ndarray[Any, Any], toward: Floats | float) -> Floats:
    """Mean over the other rows with the same key, shrunk toward a value."""
    _, which = np.unique(key, return_inverse=True)
    total = np.bincount(which, weights=log_lag)[which] - log_lag
    n = np.bincount(which, weights=follows)[which] - follows
    return np.asarray((total + PSEUDO_SHARES * toward) / (n + PSEUDO_SHARES))


@compiled
def _set_apart(
    stratum: Any,
    rows: Any,
    members: Any,
    thing: Any,
    account: Any,
    n_sharers: Any,
    follows: Any,
    log_lag: Any,
    mean: float,
    edges: Any,
) -> None:
    """Write the strata of the members' rows, which lie by object, as `Speed.apart` measures them."""
    n, total = np.zeros(members.size), np.zeros(members.size)
    seat = np.searchsorted(members, account[rows])
    low = 0
    while low < rows.size:
        high = low + 1
        while high < rows.size and thing[rows[high]] == thing[rows[low]]:
            high += 1
        if 2 * (high - low) <= n_sharers[thing[rows[low]]]:
            for i in range(low, high):
                if follows[rows[i]]:
                    n[seat[i]] += 1.0
                    total[seat[i]] += log_lag[rows[i]]
        low = high
    place = np.searchsorted(edges, (total + PSEUDO_SHARES * mean) / (n + PSEUDO_SHARES))
    for i in range(rows.size):
        stratum[rows[i]] = place[seat[i]]
