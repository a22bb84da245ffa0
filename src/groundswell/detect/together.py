"""Do accounts stand out over several kinds of trace, where no single kind is enough?

    members found in one kind, Settings of all kinds ──► Together         e-values multiplied, each post counted once

A post can leave several traces at once: its link, its words, its hashtags. They are one coincidence. So a post that
counted in one kind counts in no other: what is multiplied are bets on different posts. The members were chosen by one
kind alone; that choice is paid for there, and the other kinds owe nothing for it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from groundswell.detect.decision import (
    ENOUGH_OCCASIONS,
    LEAST_DAYS,
    Decision,
    Rule,
    decide,
    least_together,
)
from groundswell.detect.evidence import Evidence, price
from groundswell.detect.first_shares import FirstShares, Ints
from groundswell.detect.leaders import leaders
from groundswell.detect.occasions import DAY_US, occasions
from groundswell.detect.prompted import prompted
from groundswell.detect.scan import Setting
from groundswell.model.group import Outcome

# Half of what is staked on a further kind is kept back, so that a kind that shows nothing halves the whole at worst.
KEPT_BACK = 0.5


@dataclass(frozen=True, eq=False)
class Together:
    """Members that several kinds of trace together report."""

    decisions: tuple[Decision, ...]
    """In each kind that has enough occasions to tell of, the one with the most evidence first."""
    setting: Setting
    """Of the first of them."""
    evidence: float
    """Digits over all kinds, after paying for the choice."""


@dataclass(frozen=True, eq=False)
class _Part:
    """One kind of trace at its best window: the evidence of the posts that no kind before it has used."""

    setting: Setting
    evidence: Evidence
    rows: Ints
    """Rows of the members, those of used posts left out."""
    digits: float
    choice: float
    """Digits that the choice of the window costs."""


def together(
    account_ids: Sequence[str], found_in: Setting, settings: Mapping[str, Sequence[Setting]], rule: Rule
) -> Together | None:
    """Add up what all kinds of trace say of these accounts.

    Parameters
    ----------
    account_ids
        Found in the kind and window of `found_in`, with too little evidence there.
    settings
        Of each kind, one for each window.

    Returns
    -------
    None unless the sum reaches `rule.needed`, also without the occasions that somebody leads, on five occasions or more
    and two days or more. More is asked than of a group of one kind, for this comes after all of those.

    Notes
    -----
    docs/how_it_works.md. In a further kind the best of V windows counts, less log10 V, and of its e-value E only
    1/2 + E/2: each has a mean of at most one under the null, given the posts of the kinds before.
    """
    own = found_in.log.shares.kind
    parts = [_best([found_in], account_ids, set())]
    used = _posts(parts[0])
    others = sorted(set(settings) - {own})
    for kind in others:
        if not _ever_near(settings[kind], account_ids, used):
            continue
        parts.append(_best(settings[kind], account_ids, used))
        used |= _posts(parts[-1])
    # A kind in which they never meet has lost at most what was staked on it.
    cost = price(found_in.log.n_eligible, len(account_ids)) - (len(others) - len(parts) + 1) * math.log10(KEPT_BACK)
    whole = _sum([part.digits for part in parts]) - cost
    if whole < rule.needed:
        return None
    told = [_unprompted(part, rule.seed) for part in parts]
    begins_us = np.concatenate([begins for _, begins in told])
    n_days = len(np.unique(begins_us // DAY_US))
    if _sum([unled for unled, _ in told]) - cost < rule.needed or len(begins_us) < ENOUGH_OCCASIONS:
        return None
    return _as_told(account_ids, parts, whole, rule) if n_days >= LEAST_DAYS else None


def _sum(digits: Sequence[float]) -> float:
    """The first kind's digits and what the others add: log10 of 1/2 + E/2."""
    further = np.logaddexp(0.0, np.array(digits[1:]) * math.log(10)) / math.log(10) + math.log10(KEPT_BACK)
    return digits[0] + float(further.sum())


def _as_told(account_ids: Sequence[str], parts: Sequence[_Part], whole: float, rule: Rule) -> Together | None:
    """The decision in each kind, whatever its evidence; None if no kind has enough occasions to tell of."""
    told: list[tuple[Decision, Setting]] = []
    for part in parts:
        members = part.evidence.log.numbers_of(account_ids)
        if len(members) < len(account_ids):
            continue
        if one := decide(part.evidence, members, replace(rule, needed=-math.inf)):
            # All together beat the minimum effect; how far beyond it a single kind would go is not known.
            layer = replace(one.layer, times_at_least=part.evidence.scene.theta)
            told.append((replace(one, layer=layer, outcome=Outcome.REPORTED), part.setting))
    if not told:
        return None
    told.sort(key=lambda each: (-each[0].layer.evidence, each[0].layer.kind))
    return Together(tuple(decision for decision, _ in told), told[0][1], whole)


def _best(windows: Sequence[Setting], account_ids: Sequence[str], used: set[str]) -> _Part:
    log = windows[0].log
    members = log.numbers_of(account_ids)
    rows = _unused(log, members, used)
    choice = math.log10(len(windows))
    weighed = [setting.evidence(members) for setting in windows]
    digits = [evidence.log10_e(rows) for evidence in weighed]
    best = int(np.argmax(digits))
    return _Part(windows[best], weighed[best], rows, digits[best] - choice, choice)


def _unprompted(part: _Part, seed: int) -> tuple[float, Ints]:
    """Digits without what somebody prompts, and when the occasions begin where enough members stand.

    Left out are the occasions that somebody leads, and shares that come after one by an account that a member follows.
    """
    log = part.evidence.log
    members = np.unique(log.shares.account[part.rows]).astype(np.int64)
    shared = occasions(part.evidence, members)
    lead = leaders(part.evidence, shared, members, seed=seed)
    rows = part.rows[~np.isin(log.shares.object[part.rows], lead.left_out)] if lead.concentrated else part.rows
    rows = rows[~prompted(part.evidence, rows, members)]
    fresh = np.isin(shared.object, log.shares.object[_met(log, part.rows)])
    counted = shared.where((shared.size >= least_together(len(members))) & fresh)
    return part.evidence.log10_e(rows) - part.choice, counted.begins_us


def _ever_near(windows: Sequence[Setting], account_ids: Sequence[str], used: set[str]) -> bool:
    """Whether any two of them stand within the longest window on any object, by posts that are not used."""
    log = windows[0].log
    rows = _unused(log, log.numbers_of(account_ids), used)
    longest_us = max(setting.whole.window_us for setting in windows)
    thing, time_us = log.shares.object[rows], log.shares.time_us[rows]
    return bool(((np.diff(thing) == 0) & (np.diff(time_us) <= longest_us)).any())


def _posts(part: _Part) -> set[str]:
    log = part.evidence.log
    return set(log.shares.post[_met(log, part.rows)])


def _unused(log: FirstShares, members: Ints, used: set[str]) -> Ints:
    rows = log.rows_of(members)
    fresh = np.array([post not in used for post in log.shares.post[rows]], np.bool_)
    return np.asarray(rows[fresh])


def _met(log: FirstShares, rows: Ints) -> Ints:
    """Those of the rows whose object two of them or more are of, near or not: who shared what is given."""
    if not len(rows):
        return rows
    _, which, n = np.unique(log.shares.object[rows], return_inverse=True, return_counts=True)
    return np.asarray(rows[n[which] >= 2])
