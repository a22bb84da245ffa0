"""What becomes of a group that was weighed: reported, a note, or nothing?

    Evidence, members ──► Decision         the figures a reader needs, and the outcome

The rule is the same for every kind of trace. It says nothing about why the members stand together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import Ints
from groundswell.detect.leaders import Leaders, leaders
from groundswell.detect.occasions import Occasions, mean_share, occasions
from groundswell.detect.prompted import prompted
from groundswell.model.group import Layer, Outcome

LEAST_OCCASIONS = 3
LEAST_DAYS = 2
# Fewer occasions than this are thin, unless the evidence is a thousand times what is needed.
ENOUGH_OCCASIONS = 5
DIGITS_FOR_THIN = 3.0

# A clock coarser than a tenth of a minute can't tell at which second a clump began.
FINE_CLOCK_S = 6.0

# Nobody needs to know whether it was a thousand times or ten thousand.
MOST_TIMES = 1000.0
PRECISION_OF_TIMES = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a group is held against."""

    needed: float
    """Digits of evidence that a report needs: see `needed_digits`."""
    precision_s: float
    """The data's clock."""
    seed: int
    """Of the lead test's draws."""


@dataclass(frozen=True, eq=False)
class Decision:
    """A group in one kind of trace and one window."""

    members: Ints
    layer: Layer
    outcome: Outcome
    leaders: Leaders
    occasions: Occasions
    """Those that count as occasions, in time."""


def needed_digits(alpha: float, n_scans: int) -> float:
    """Digits of evidence that a report needs, when so many kinds and windows were tried."""
    return math.log10(n_scans / alpha)


def least_together(size: int) -> int:
    """Members that must stand in the window for an object to be an occasion: three, but two in a group of three."""
    return 3 if size > 3 else 2


def times_at_least(evidence: Evidence, members: Ints, needed: float) -> float:
    """The largest minimum effect with which the group still has the digits needed, to within a hundredth of it.

    No less than the one it was weighed with, and no more than `MOST_TIMES`.
    """
    low, high = evidence.scene.theta, MOST_TIMES
    if evidence.asking(high).digits(members) >= needed:
        return high
    while high > low * PRECISION_OF_TIMES:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if evidence.asking(middle).digits(members) >= needed else (low, middle)
    return low


def decide(evidence: Evidence, members: Ints, rule: Rule) -> Decision | None:
    """Weigh the group, with and without those who lead it.

    Returns
    -------
    The group and its outcome; None if it has less than `needed` digits, fewer than three occasions, or all of them
    on one day.

        reported             the evidence holds without the leaders' occasions; or nobody leads and it is not thin
        quick followers      somebody leads, and the evidence does not hold without
        too few occasions    nobody seems to lead, but it is thin: too few occasions to tell
        same sources         it would be reported, but the evidence does not hold without the shares that come after
                             one by an account that their author follows
    """
    digits = evidence.digits(members)
    if digits < rule.needed:
        return None
    shared = occasions(evidence, members)
    counted = shared.where(shared.size >= least_together(len(members)))
    if len(counted) < LEAST_OCCASIONS or counted.n_days < LEAST_DAYS:
        return None
    lead = leaders(evidence, shared, members, seed=rule.seed)
    unled = shared.rows[~np.isin(evidence.log.shares.object[shared.rows], lead.left_out)]
    without = evidence.digits(members, rows=unled)
    thin = len(counted) < ENOUGH_OCCASIONS and digits < rule.needed + DIGITS_FOR_THIN
    if without >= rule.needed or not (lead.concentrated or thin):
        outcome = Outcome.REPORTED
    elif lead.concentrated:
        outcome = Outcome.QUICK_FOLLOWERS
    else:
        outcome = Outcome.TOO_FEW_OCCASIONS
    seen = prompted(evidence, shared.rows, members)
    unprompted = evidence.digits(members, rows=shared.rows[~seen]) if seen.any() else digits
    if outcome is Outcome.REPORTED and unprompted < rule.needed:
        outcome = Outcome.SAME_SOURCES
    layer = Layer(
        kind=evidence.log.shares.kind,
        window_s=evidence.scene.window_us / 1e6,
        evidence=digits,
        evidence_without_leaders=without,
        lead_p=lead.p,
        n_objects=len(shared),
        n_occasions=len(counted),
        n_days=counted.n_days,
        times_chance=float((shared.size - 1).sum() / shared.expected),
        turnout=mean_share(counted.size, len(members)),
        own_audience=mean_share(counted.n_members, evidence.log.n_sharers[counted.object]),
        second_of_minute=counted.second_of_minute if rule.precision_s <= FINE_CLOCK_S else None,
        median_spread_s=float(np.median(counted.ends_us - counted.begins_us) / 1e6),
        times_at_least=times_at_least(evidence, members, rule.needed),
        theta=evidence.scene.theta,
        by_reference=evidence.by_reference,
        evidence_unprompted=None if evidence.log.following is None else unprompted,
        **_seen_before(evidence, shared, members),
    )
    return Decision(members, layer, outcome, lead, counted)


def _seen_before(evidence: Evidence, shared: Occasions, members: Ints) -> dict[str, int]:
    """How many of the shares in step come after one by a followed account; nothing where there is no follow list."""
    if evidence.log.following is None:
        return {}
    in_step = np.concatenate(list(shared.where(shared.size >= 2).clumps()))
    outsiders, anybody = (prompted(evidence, in_step, inside) for inside in (members, members[:0]))
    return {
        "n_in_step": len(in_step),
        "n_prompted": int(np.count_nonzero(outsiders)),
        "n_after_members": int(np.count_nonzero(anybody & ~outsiders)),
    }
