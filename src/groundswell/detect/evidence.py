"""How many digits of evidence does a group have, after paying for having been chosen?

    rows of the members ──► for each object, its largest clump of members within the window ──► digits

The null: on every object the members were at most `theta` times as likely to stand together as its outsiders and
their own habits suggest. An e-value is a bet against it whose expected gain is at most nothing. The bets on all
objects are multiplied, and the price of having been free to pick any g of N accounts is taken off.

    S(e)      = min(1, k P(Bin(k - 1, pi) >= e))        bounds the chance of a clump of e + 1 among k members
    bet       = 1 - rho + rho exp(s e) / M(s)           M(s): the mean of exp(s e) if S were its distribution
    log10 E   = max over s, rho of the sum of log10 bets - log10(number of s, rho tried)
    J         = log10 E - log10 C(N, g) - 2 log10 g

Source: docs/how_it_works.md. It says nothing about why the members stand together; `leaders` asks one such why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from groundswell.detect.bets import NOBODY, Scene, log10_e, runs, sums, weigh, weigh_all
from groundswell.detect.first_shares import FirstShares, Floats, Ints
from groundswell.detect.speed import Strata
from groundswell.detect.yardstick import Yardstick

# Adding or keeping a member must bring this many digits, however large the group is.
LEAST_MEMBER_COST = 2.5


@dataclass(frozen=True, eq=False)
class Evidence:
    """Weighs groups in one window, against one yardstick."""

    log: FirstShares
    scene: Scene
    by_reference: bool = False
    """Whether rates from outside the data had a part in the yardstick."""

    @classmethod
    def against(
        cls, log: FirstShares, stratum: Strata, yardstick: Yardstick, *, window_us: int, theta: float
    ) -> Evidence:
        """Weigh against this yardstick, with these strata of speed."""
        shares = log.shares
        near_share, ratio = yardstick.near_share, yardstick.ratio
        scene = Scene(shares.object, shares.time_us, stratum, log.start, near_share, ratio, window_us, float(theta))
        return cls(log, scene, yardstick.by_reference)

    def asking(self, theta: float) -> Evidence:
        """The same against another minimum effect."""
        return replace(self, scene=self.scene._replace(theta=float(theta)))

    def digits(self, members: Ints, *, rows: Ints | None = None) -> float:
        """J: log10 of the e-value, less the price of the choice. With `rows`, only those of the members' rows."""
        everything = self.log.rows_of(members) if rows is None else rows
        return self.log10_e(everything) - price(self.log.n_eligible, len(members))

    def log10_e(self, rows: Ints) -> float:
        """The e-value in digits that these rows have, of members that somebody else chose: nothing is paid."""
        return float(log10_e(weigh_all(self.scene, rows)))

    def balance(self, members: Ints) -> float:
        """Digits when every member pays for itself: what `refine` raises."""
        bets = weigh_all(self.scene, self.log.rows_of(members))
        return float(log10_e(bets)) - self._cost(len(members))

    def balance_without_each(self, members: Ints) -> Floats:
        """The balance of the group without one member, for each member. Only the member's own objects are reweighed."""
        rows = self.log.rows_of(members)
        seat = _seats(members, self.log.shares.account[rows])
        bets, stakes = self.stakes(members, rows)
        return log10_e(bets - sums(stakes, seat, len(members))) - self._cost(len(members) - 1)

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
        bets = whole.sum(axis=0) + grown - sums(whole[run], seat, len(newcomers))
        return log10_e(bets) - self._cost(len(members) + 1)

    def _by_object(self, rows: Ints) -> Floats:
        """The log bets on each object of the rows: (objects, bets)."""
        begin = runs(self.scene.object, rows)
        n = len(begin) - 1
        nobody = np.full(n, NOBODY)
        return weigh(self.scene, rows, begin[:-1], begin[1:], nobody, nobody, np.arange(n), n)

    def _cost(self, size: int) -> float:
        return size * member_cost(self.log.n_eligible, size)


def _seats(accounts: Ints, account_of_rows: np.ndarray[Any, np.dtype[np.int32]]) -> Ints:
    """The place among sorted `accounts` of each row's account."""
    return np.searchsorted(accounts, account_of_rows)


def price(n_eligible: int, size: int) -> float:
    """Digits that the choice of `size` of `n_eligible` accounts costs, and of the size itself."""
    n = max(n_eligible, 10, size)
    log_choices = math.lgamma(n + 1) - math.lgamma(size + 1) - math.lgamma(n - size + 1)
    return log_choices / math.log(10) + 2 * math.log10(max(size, 1))


def member_cost(n_eligible: int, size: int) -> float:
    """Digits that one member must bring: about its part of `price`, and never next to nothing."""
    return max(math.log10(max(n_eligible, 10) / max(size, 1)), LEAST_MEMBER_COST)
