"""What became of accounts: names, profiles and status over time, from snapshots that are rows.

    snapshots ──► changes        renamed, picture or profile changed, gone, back
              ├─► handle reuse   one account under many names, one name over many accounts
              └─► batches        accounts made close together, beside what a day usually brings

A snapshot says what somebody saw of an account at a time. Between two snapshots nothing is known, and an account that
nobody looked at again has no status, which is not «active». That accounts are gone later is told beside the rate of
matched accounts: people leave too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import scipy

from groundswell.model.snapshot import GONE, Snapshot, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that differs between two snapshots of an account, with the time between which it happened."""

    platform: str
    account_id: str
    what: str
    """``status``, ``handle``, ``name``, ``bio`` or ``picture``."""
    before: str
    after: str
    not_before: datetime
    not_after: datetime


WATCHED = ("status", "handle", "name", "bio", "picture")


def changes(snapshots: Iterable[Snapshot]) -> tuple[Change, ...]:
    """What changed, account by account, in time. What a snapshot does not tell is no change."""
    last: dict[tuple[str, str, str], tuple[str, datetime]] = {}
    found = []
    for seen in sorted(snapshots, key=_when):
        for what in WATCHED:
            value = getattr(seen, what)
            if value is None:
                continue
            key = (seen.platform, seen.account_id, what)
            if key in last and last[key][0] != str(value):
                before, since = last[key]
                found.append(
                    Change(
                        platform=seen.platform,
                        account_id=seen.account_id,
                        what=what,
                        before=before,
                        after=str(value),
                        not_before=since,
                        not_after=seen.seen_at,
                    )
                )
            last[key] = (str(value), seen.seen_at)
    return tuple(sorted(found, key=lambda one: (one.platform, one.account_id, one.not_after, WATCHED.index(one.what))))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleReuse:
    """Handles that moved."""

    many_names: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(platform, account, its handles in the order seen) for each account with two or more."""
    many_accounts: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(platform, handle, the accounts that bore it in the order seen) for each handle with two or more."""
    n_accounts: int
    n_handles: int


def handle_reuse(snapshots: Iterable[Snapshot]) -> HandleReuse:
    """Find accounts with several handles and handles with several accounts; case does not make another handle."""
    by_account: dict[tuple[str, str], dict[str, None]] = {}
    by_handle: dict[tuple[str, str], dict[str, None]] = {}
    for seen in sorted(snapshots, key=_when):
        if seen.handle:
            handle = seen.handle.lstrip("@").casefold()
            by_account.setdefault((seen.platform, seen.account_id), {})[handle] = None
            by_handle.setdefault((seen.platform, handle), {})[seen.account_id] = None
    return HandleReuse(
        many_names=tuple((*key, tuple(names)) for key, names in sorted(by_account.items()) if len(names) > 1),
        many_accounts=tuple((*key, tuple(ids)) for key, ids in sorted(by_handle.items()) if len(ids) > 1),
        n_accounts=len(by_account),
        n_handles=len(by_handle),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Accounts made within one span, more than the other times lead one to expect."""

    first: datetime
    last: datetime
    account_ids: tuple[str, ...]
    expected: float
    """How many a span of that length brings at the rate of the baseline."""
    p: float
    """Chance of so many in some span of the whole time, after paying for every place where a span could lie."""


def creation_batches(
    created: Sequence[tuple[str, datetime]],
    baseline: Sequence[datetime],
    *,
    span: timedelta = timedelta(hours=24),
    alpha: float = 1e-4,
) -> tuple[Batch, ...]:
    """Find spans in which more of these accounts were made than the baseline's pace explains.

    Parameters
    ----------
    created
        (account, when it was made) of the accounts looked at.
    baseline
        Creation times of accounts outside the campaign. Their share within a month of a place, scaled to the accounts
        looked at, is what that place leads one to expect, so that years in which a platform grew are no batches.
    span
        Longest time between the first and the last of a batch.
    alpha
        Largest `Batch.p`.

    Returns
    -------
    tuple
        Batches that don't overlap, the least probable first chosen, in the order of time. Empty where there is no
        baseline: without one, nothing says what is many.

    Notes
    -----
    Poisson with a Bonferroni price of (time covered / span), at least the number of accounts. An event brings honest
    newcomers at once, so a batch is a reason to look at the baseline of that day, not a finding.
    """
    if not created or not baseline:
        return ()
    ordered = sorted(created, key=lambda one: (one[1], one[0]))
    times = np.array([_seconds(when) for _, when in ordered])
    usual = np.sort(np.array([_seconds(when) for when in baseline]))
    around_s, span_s = timedelta(days=30).total_seconds(), span.total_seconds()
    places = max(len(times), (max(times[-1], usual[-1]) - min(times[0], usual[0])) / span_s)
    tried = []
    for first, at in enumerate(times):
        end = int(np.searchsorted(times, at + span_s, side="right"))
        near = np.searchsorted(usual, at + around_s) - np.searchsorted(usual, at - around_s)
        expected = float((near + 1) / len(usual) * len(times) * span_s / (2 * around_s))
        p = min(1.0, float(scipy.stats.poisson.sf(end - first - 1, expected)) * places)
        if end - first >= 3 and p <= alpha:
            tried.append((p, first, end, expected))
    taken = np.zeros(len(times), bool)
    found = []
    for p, first, end, expected in sorted(tried):
        if not taken[first:end].any():
            taken[first:end] = True
            ids = tuple(account for account, _ in ordered[first:end])
            found.append(
                Batch(first=ordered[first][1], last=ordered[end - 1][1], account_ids=ids, expected=expected, p=p)
            )
    return tuple(sorted(found, key=lambda one: one.first))


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterGone:
    """How many are no longer there, beside matched accounts; with 95 % intervals (Clopper and Pearson)."""

    gone: int
    looked_at: int
    interval: tuple[float, float]
    matched_gone: int
    matched_looked_at: int
    matched_interval: tuple[float, float]

    @property
    def tells_apart(self) -> bool:
        """Whether the two intervals lie apart."""
        return self.interval[0] > self.matched_interval[1] or self.interval[1] < self.matched_interval[0]

    @property
    def sentence(self) -> str:
        """What may be said of it."""
        both = (
            f"{self.gone:,} of {self.looked_at:,} accounts are no longer there,"
            f" beside {self.matched_gone:,} of {self.matched_looked_at:,} matched accounts"
        )
        if not self.looked_at or not self.matched_looked_at:
            return f"{both}; without both there is nothing to compare."
        if not self.tells_apart:
            return f"{both}; the intervals overlap, so this does not tell them apart."
        return f"{both}. That an account is gone says nothing of why: people leave, and rules are applied unevenly."


def later_gone(accounts: Iterable[str], matched: Iterable[str], snapshots: Iterable[Snapshot]) -> LaterGone:
    """Compare the last known status of some accounts with that of matched ones; unknown ones are in no denominator."""
    status: dict[str, Status] = {}
    for seen in sorted(snapshots, key=_when):
        if seen.status is not None:
            status[seen.account_id] = seen.status

    def counted(ids: Iterable[str]) -> tuple[int, int]:
        known = Counter(status[one] in GONE for one in set(ids) if one in status)
        return known[True], known[True] + known[False]

    gone, looked_at = counted(accounts)
    matched_gone, matched_looked_at = counted(matched)
    return LaterGone(
        gone=gone,
        looked_at=looked_at,
        interval=_interval(gone, looked_at),
        matched_gone=matched_gone,
        matched_looked_at=matched_looked_at,
        matched_interval=_interval(matched_gone, matched_looked_at),
    )


def _interval(k: int, n: int) -> tuple[float, float]:
    if n == 0:
        return 0.0, 1.0
    low = 0.0 if k == 0 else float(scipy.stats.beta.ppf(0.025, k, n - k + 1))
    high = 1.0 if k == n else float(scipy.stats.beta.ppf(0.975, k + 1, n - k))
    return low, high


def _when(seen: Snapshot) -> tuple[datetime, str, str, str]:
    return (seen.seen_at, seen.platform, seen.account_id, seen.source)


def _seconds(when: datetime) -> float:
    return when.timestamp()
