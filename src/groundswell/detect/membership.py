"""Why is this account in the group, and what would take it out?

    Shares, Group, account ──► Membership        its meetings, what it adds to the evidence, and the posts it hangs on

The same question can be asked of an account outside: then it is what the account would add.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.detect.bets import log10_e
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Ints, first_shares
from groundswell.detect.moments import moment
from groundswell.detect.refine import bystanders, gains_of_joining
from groundswell.detect.scan import Setting, dominates
from groundswell.detect.shares import Shares
from groundswell.detect.speed import speed_of
from groundswell.errors import WrongUse
from groundswell.model.group import Group, Layer

N_CLOSEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An object on which the account stood within the window of members."""

    object_id: str
    post_id: str
    time: str
    """UTC, ISO 8601."""
    account_ids: tuple[str, ...]
    """The members it stood with, nearest in time first."""
    post_ids: tuple[str, ...]
    """Their posts, in the same order."""
    lag_s: float
    """Seconds from the account's post to the nearest member's; negative when the member was first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """An account that is not in the group."""

    account_id: str
    gain: float
    """Digits that it would add, less what a member costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What speaks for an account's place in a group, in one kind of trace and one window."""

    account_id: str
    group_id: str
    kind: str
    window_s: float
    inside: bool
    """Whether the account is a member."""
    n_others: int
    """Members of the group that shared anything of this kind, the account not counted."""
    n_shared: int
    """Objects that the account shared with any other member, at any time."""
    meetings: tuple[Meeting, ...]
    """In time."""
    evidence_with: float
    """J of the group with the account, digits."""
    evidence_without: float
    gain: float
    """Digits the account adds, less what a member costs. It stays in while this is positive."""
    hinges_on: tuple[str, ...]
    """Posts of the account, in time: without them its gain is nothing or less, and it drops out. Empty if it is out.

    Found greedily and checked: a short list, and seldom the only one."""
    closest: tuple[Outsider, ...]
    """The accounts that came closest to being members, closest first."""


def why(
    shares: Shares,
    group: Group,
    account_id: str,
    layer: Layer,
    *,
    others: Sequence[Collection[str]] = (),
) -> Membership:
    """Explain an account's place in, or outside, a group.

    Parameters
    ----------
    shares
        Every share of the layer's kind.
    group, layer
        The group, and the kind and window to explain it in.
    others
        Accounts of the other groups. They are left out of the yardstick, as the scan did with its candidates; without
        them the digits can be a little lower than the report's.

    Raises
    ------
    WrongUse
        The account shared nothing of that kind.

    Notes
    -----
    The posts it hinges on are chosen greedily, the one that costs most first, and the choice is then checked by
    weighing everything again on the data without them. O(shares) for each check.
    """
    rest_ids = frozenset(group.account_ids) - {account_id}
    weighing = _Weighing(rest_ids | {account_id}, layer, others)
    evidence = weighing.on(shares)
    log = evidence.log
    known = log.numbers_of([account_id])
    if not len(known):
        raise WrongUse(
            f"{account_id!r} is not in the traces of kind {layer.kind!r}.\n"
            f"  They are by {log.n_accounts} accounts.\n"
            "  Look the id up in accounts.csv: ids are text, and a pseudonym is not a handle."
        )
    account, rest = int(known[0]), log.numbers_of(rest_ids)
    inside = account_id in group.account_ids
    gain = _gain(evidence, account, rest)
    thing = log.shares.object
    return Membership(
        account_id=account_id,
        group_id=group.group_id,
        kind=layer.kind,
        window_s=layer.window_s,
        inside=inside,
        n_others=len(rest),
        n_shared=len(np.intersect1d(thing[log.rows_of([account])], thing[log.rows_of(rest)])),
        meetings=_meetings(evidence, account, rest),
        evidence_with=evidence.digits(np.union1d(rest, account)),
        evidence_without=evidence.digits(rest),
        gain=gain,
        hinges_on=_hinges(shares, weighing, evidence, account, rest) if inside and gain > 0 else (),
        closest=_closest(evidence, np.union1d(rest, account) if inside else rest, besides=account),
    )


@dataclass(frozen=True)
class _Weighing:
    """Which accounts to weigh, and how; on whatever shares."""

    account_ids: frozenset[str]
    layer: Layer
    others: Sequence[Collection[str]]

    def on(self, shares: Shares) -> Evidence:
        log = first_shares(shares)
        setting = Setting.of(log, speed_of(log), window_s=self.layer.window_s, theta=self.layer.theta)
        members = log.numbers_of(self.account_ids)
        if self.layer.by_reference and dominates(log, block := log.numbers_of(self.account_ids.union(*self.others))):
            setting = setting.beside(block) or setting
        else:
            setting = setting.keeping_apart([log.numbers_of(accounts) for accounts in self.others])
        return setting.evidence(members)


def _gain(evidence: Evidence, account: int, rest: Ints) -> float:
    return evidence.balance(np.union1d(rest, account)) - evidence.balance(rest)


def _meetings(evidence: Evidence, account: int, rest: Ints) -> tuple[Meeting, ...]:
    shares, scene = evidence.log.shares, evidence.scene
    rows = evidence.log.rows_of(rest)
    thing = shares.object[rows]
    found: list[tuple[int, Meeting]] = []
    for row in evidence.log.rows_of([account]):
        low, high = np.searchsorted(thing, [shares.object[row], shares.object[row] + 1])
        lag_us = shares.time_us[rows[low:high]] - shares.time_us[row]
        near = np.flatnonzero(np.abs(lag_us) <= scene.window_us)
        if not len(near):
            continue
        near = near[np.argsort(np.abs(lag_us[near]), kind="stable")]
        with_rows = rows[low + near]
        meeting = Meeting(
            object_id=shares.object_ids[shares.object[row]],
            post_id=shares.post[row],
            time=moment(shares.time_us[row]),
            account_ids=tuple(shares.account_ids[shares.account[with_rows]]),
            post_ids=tuple(shares.post[with_rows]),
            lag_s=float(lag_us[near[0]] / 1e6),
        )
        found.append((int(shares.time_us[row]), meeting))
    return tuple(meeting for _, meeting in sorted(found, key=lambda timed: timed[0]))


def _hinges(shares: Shares, weighing: _Weighing, evidence: Evidence, account: int, rest: Ints) -> tuple[str, ...]:
    """The account's posts on the objects that it hangs on most, as many as it takes."""
    dearest, n_enough = _dearest_first(evidence, account, rest)
    of_account = shares.account == account
    gone = np.zeros(shares.n, np.bool_)
    for n in range(n_enough, len(dearest) + 1):
        gone = of_account & np.isin(shares.object, dearest[:n])
        if _gain(weighing.on(_only(shares, ~gone)), account, rest) <= 0:
            break
    posts = np.flatnonzero(gone)
    return tuple(shares.post[posts[np.argsort(shares.time_us[posts], kind="stable")]])


def _dearest_first(evidence: Evidence, account: int, rest: Ints) -> tuple[Ints, int]:
    """Objects in the order in which losing the next one costs most, and how many it takes until nothing is gained."""
    members = np.union1d(rest, account)
    rows = evidence.log.rows_of([account])
    bets, stakes = evidence.stakes(members, rows)
    telling = np.flatnonzero(stakes.any(axis=1))
    rows, stakes = rows[telling], stakes[telling]
    spare = _gain(evidence, account, rest) - log10_e(bets)
    left = list(range(len(rows)))
    order: list[int] = []
    n_enough = len(rows)
    while left:
        dearest = left.pop(int(log10_e(bets - stakes[left]).argmin()))
        order.append(dearest)
        bets = bets - stakes[dearest]
        if log10_e(bets) + spare <= 0:
            n_enough = min(n_enough, len(order))
    return np.asarray(evidence.log.shares.object[rows[order]], dtype=np.int64), n_enough


def _only(shares: Shares, kept: np.ndarray[Any, np.dtype[np.bool_]]) -> Shares:
    """The shares without some of their rows; accounts and objects keep their numbers."""
    return replace(
        shares,
        account=shares.account[kept],
        object=shares.object[kept],
        time_us=shares.time_us[kept],
        post=shares.post[kept],
    )


def _closest(evidence: Evidence, members: Ints, *, besides: int) -> tuple[Outsider, ...]:
    nearby = np.setdiff1d(bystanders(evidence, members), [besides])
    if not len(nearby):
        return ()
    gain = gains_of_joining(evidence, members, nearby)
    ids = evidence.log.shares.account_ids
    return tuple(
        Outsider(account_id=ids[nearby[i]], gain=float(gain[i])) for i in np.argsort(-gain, kind="stable")[:N_CLOSEST]
    )
