"""The group scan of one kind of trace in one window.

    FirstShares, window ──► tally ──► candidates ──► refine, the group left out of its yardstick ──► decide

Each group is weighed against outsiders only: its own pairs and those of the other candidates are left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from groundswell.detect.candidates import candidates
from groundswell.detect.compiled import COMPILES
from groundswell.detect.decision import Decision, Rule, decide
from groundswell.detect.evidence import Evidence
from groundswell.detect.first_shares import FirstShares, Ints
from groundswell.detect.refine import SMALLEST, refine
from groundswell.detect.speed import Speed
from groundswell.detect.yardstick import OUTSIDE, Tally, Yardstick, tally, trimmed_prior, yardstick
from groundswell.model.group import Outcome

# A candidate this far below nothing is not worth climbing from: digits, and digits a member.
HOPELESS = 10.0
HOPELESS_A_MEMBER = 0.5

STRICT_PASSES = 2

SIDE_BY_SIDE = min(2, os.cpu_count() or 1) if COMPILES else 1
"""Scans at a time: each holds its pairs and its candidates. Where nothing is compiled they would draw their random
numbers from one generator, in whatever order the threads come."""

# More than this part of all accounts, on objects that are mostly their own: whoever is left is no yardstick for them.
DOMINATES = 0.25
MOSTLY_OWN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowTried:
    """What was looked at in one window."""

    window_s: float
    n_pairs: int
    """Pairs that met more often than objects of that size suggest: the net in which candidates are looked for."""
    n_candidates: int
    """Groups that were weighed."""
    n_too_large: int
    """Communities above 400 accounts, which were weighed in parts."""
    n_groups: int
    """Groups with enough evidence, before overlaps between them are settled."""
    n_without_control: int = 0
    """Of the groups weighed, those that dominate the collection: hardly anybody is left to compare them with."""
    n_left_out: int = 0
    """Pairs beside `n_pairs` that were not looked at, because there were too many."""


@dataclass(frozen=True, eq=False)
class Setting:
    """One kind of trace in one window: what groups in it are weighed with."""

    log: FirstShares
    speed: Speed
    whole: Tally
    theta: float
    apart: Ints
    """For each account the number of the candidate it is in, or `OUTSIDE`: all of them stay out of the yardstick."""
    no_lower: bool = False
    """Whether no yardstick may be below that of organic collections."""

    @classmethod
    def of(cls, log: FirstShares, speed: Speed, *, window_s: float, theta: float) -> Setting:
        """The setting with nobody kept apart."""
        whole = tally(log, speed, round(window_s * 1e6))
        return cls(log, speed, whole, theta, np.full(log.n_accounts, OUTSIDE, np.int64))

    def keeping_apart(self, groups: Sequence[Ints]) -> Setting:
        """The setting with these groups out of the yardstick. Of two that share an account the first has it."""
        apart = np.full(self.log.n_accounts, OUTSIDE, np.int64)
        for number, members in reversed(list(enumerate(groups))):
            apart[members] = number
        return replace(self, apart=apart)

    def beside(self, block: Ints) -> Setting | None:
        """The setting for groups of a block that dominates the collection; None if its kind of trace has no reference.

        All of the block stays out of the yardstick as one, and what is left may not be below organic collections.
        """
        if self.whole.reference is None:
            return None
        return replace(self.keeping_apart([block]), no_lower=True)

    def evidence(self, members: Ints) -> Evidence:
        """Weigh these members against a yardstick and a speed that both leave them out."""
        label = self.apart.copy()
        if not self.no_lower:
            label[members] = label.max(initial=OUTSIDE) + 1
        return self._against(yardstick(self.whole, label, no_lower=self.no_lower), members)

    def hopeful(self) -> Callable[[Ints], Evidence]:
        """Weigh candidates, which may lack members: the kinder of the yardstick and the trimmed prior.

        It is measured once for all of them. What looks good by it has to stand up to `evidence`.
        """
        fair = yardstick(self.whole, self.apart)
        kinder = Yardstick(np.minimum(fair.near_share, trimmed_prior(self.whole)), fair.ratio)
        return lambda members: self._against(kinder, members)

    def _against(self, measure: Yardstick, members: Ints) -> Evidence:
        stratum = self.speed.apart(self.log, members)
        return Evidence.against(self.log, stratum, measure, window_us=self.whole.window_us, theta=self.theta)


@dataclass(frozen=True, eq=False)
class Scanned:
    """What came of one kind of trace in one window."""

    setting: Setting
    """With all candidates kept apart: what the decisions were made with."""
    decisions: tuple[Decision, ...]
    """Groups with enough evidence, none twice; they may overlap."""
    short: tuple[Ints, ...]
    """Candidates with too little evidence by this kind of trace alone: as proposed where it melted away."""
    tried: WindowTried


def scan(setting: Setting, rule: Rule, *, resolution: float, memory: int | None = None) -> Scanned:
    """Find, refine and decide on every group of one kind in one window."""
    proposed = candidates(setting.log, setting.whole, resolution=resolution, seed=rule.seed, memory=memory)
    decisions: dict[bytes, Decision | None] = {}
    short: list[Ints] = []
    n_without_control = 0
    if proposed.groups:
        setting = setting.keeping_apart(proposed.groups)
    hopeful = setting.hopeful() if proposed.groups else setting.evidence
    climbs = [(candidate, hopeful) for candidate in proposed.groups]
    climbs += [(candidate, setting.evidence) for candidate in proposed.plain]
    for candidate, first in climbs:
        climbed = _climb(setting, first(candidate), candidate)
        if climbed is None:
            short.append(candidate)
            continue
        members, weighed = climbed
        if members.tobytes() in decisions:
            continue
        decided = decide(weighed or setting.evidence(members), members, rule)
        if dominates(setting.log, members):
            n_without_control += 1
            _, decided = without_control(setting, members, members, rule, decided)
        elif decided is None:
            short.append(members)
        decisions[members.tobytes()] = decided
    found = [decision for decision in decisions.values() if decision is not None]
    tried = WindowTried(
        window_s=setting.whole.window_us / 1e6,
        n_pairs=proposed.n_pairs,
        n_candidates=len(proposed.groups) + len(proposed.plain),
        n_too_large=proposed.n_too_large,
        n_groups=len(found),
        n_without_control=n_without_control,
        n_left_out=proposed.n_left_out,
    )
    return Scanned(setting, tuple(found), tuple(short), tried)


def without_control(
    setting: Setting, block: Ints, members: Ints, rule: Rule, decided: Decision | None
) -> tuple[Setting, Decision | None]:
    """What becomes of a group where a block of accounts, which it is part of, dominates the collection.

    It is reported only if it stands out against organic collections as well. What stands out among accounts of its own
    block alone is a note: «no control».

    Parameters
    ----------
    decided
        What the outsiders within the data say of the group.

    Returns
    -------
    The decision, and the setting it was made in.
    """
    if decided is None or decided.outcome is not Outcome.REPORTED:
        return setting, decided
    if strict := setting.beside(block):
        again = decide(strict.evidence(members), members, rule)
        if again is not None and again.outcome is Outcome.REPORTED:
            return strict, again
    return setting, replace(decided, outcome=Outcome.NO_CONTROL)


def dominates(log: FirstShares, members: Ints) -> bool:
    """Whether the members are a large part of all accounts, and most sharers of what two or more of them shared."""
    if len(members) <= DOMINATES * log.n_active:
        return False
    thing, n_members = np.unique(log.shares.object[log.rows_of(members)], return_counts=True)
    shared = n_members >= 2
    return bool(n_members[shared].sum() > MOSTLY_OWN * log.n_sharers[thing[shared]].sum())


def _climb(setting: Setting, first: Evidence, candidate: Ints) -> tuple[Ints, Evidence | None] | None:
    """The members that a candidate ends with, or None when its evidence melts away.

    Beside them what they are weighed with, if they were by then: a yardstick for every candidate is what a scan costs.
    """
    if first.digits(candidate) < -HOPELESS - HOPELESS_A_MEMBER * len(candidate):
        return None
    members, evidence = refine(first, candidate), first
    for _ in range(STRICT_PASSES):
        if evidence.digits(members) < 0 or len(members) < SMALLEST:
            return None
        before = members
        evidence = setting.evidence(members)
        members = refine(evidence, members)
        if np.array_equal(members, before):
            return members, evidence
    return members, None
