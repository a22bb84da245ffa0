"""Priors and evidence to how likely each hypothesis is: one ratio for each root, none above the number of comparators.

    posterior odds = prior odds × product over roots of the likelihood ratio that counts

Twelve articles on one list are one root and move the odds once. A ratio that was learned from 20 comparable cases
can't be known to be more than 20. Evidence whose source or content can't be judged is shown and moves nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from groundswell.claims.worksheet.problems import signed
from groundswell.claims.worksheet.sheet import NO_WEIGHT, Dimension, Evidence, Sheet


class Counted(StrEnum):
    """What became of a piece of evidence."""

    YES = "counted"
    NOT_WEIGHED = "no likelihoods were entered"
    NO_COMPARATORS = "nothing to compare it with"
    CANNOT_JUDGE = "its source or content can’t be judged"
    SAME_ROOT = "another piece of the same root is counted"
    UNSIGNED = "about the actor, and nobody has signed"
    EQUAL = "equally likely under all: it tells nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A piece of evidence after the rules."""

    evidence: Evidence
    counted: Counted
    ratio: float
    """Of the most to the least likely explanation, after the cap; 1 moves nothing."""
    entered: float
    """The same as it was entered."""
    likelihood: tuple[tuple[str, float], ...]
    """(hypothesis, likelihood after the cap), the most likely at 1; all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """How likely each explanation is after the evidence, and what each piece did."""

    posterior: tuple[tuple[str, float], ...]
    """(hypothesis, 0 to 1), in the order of the sheet; they sum to 1."""
    weighed: tuple[Weighed, ...]
    """In the order of the sheet."""
    separate_actor: bool
    """Whether explanations about who is behind it may be told apart: a person has signed evidence about the actor."""

    @property
    def counted(self) -> tuple[Weighed, ...]:
        """What moved the odds."""
        return tuple(one for one in self.weighed if one.counted is Counted.YES)


def weigh(sheet: Sheet, *, without: str | None = None, priors: Mapping[str, float] | None = None) -> Weighing:
    """Weigh the evidence of a sheet without problems.

    Parameters
    ----------
    without
        A root to leave out.
    priors
        Others than the sheet's, by hypothesis; they are made to sum to 1.
    """
    names = [one.hypothesis_id for one in sheet.hypotheses]
    may = signed(sheet)
    first = [_alone(one, names, may_name=may) for one in sheet.evidence]
    weighed = _one_a_root(first)
    logs = {one.hypothesis_id: math.log((priors or {}).get(one.hypothesis_id, one.prior)) for one in sheet.hypotheses}
    for one in weighed:
        if one.counted is Counted.YES and one.evidence.root != without:
            for name, value in one.likelihood:
                logs[name] += math.log(value)
    top = max(logs.values())
    total = sum(math.exp(value - top) for value in logs.values())
    return Weighing(
        posterior=tuple((name, math.exp(logs[name] - top) / total) for name in names),
        weighed=tuple(weighed),
        separate_actor=may and any(one.evidence.dimension is Dimension.ACTOR for one in weighed),
    )


def _alone(one: Evidence, names: Sequence[str], *, may_name: bool) -> Weighed:
    """One piece by itself: capped, and counted unless a rule forbids it."""
    given = dict(one.likelihood)
    least = min(given.values(), default=1.0)
    full = {name: given.get(name, least) for name in names}
    top = max(full.values(), default=1.0)
    entered = top / min(full.values(), default=1.0) if full else 1.0
    cap = max(one.comparators, 1)
    capped = tuple((name, max(value / top, 1 / cap)) for name, value in full.items())
    ratio = 1 / min((value for _, value in capped), default=1.0)
    if not given:
        counted = Counted.NOT_WEIGHED
    elif one.dimension is Dimension.ACTOR and not may_name:
        counted = Counted.UNSIGNED
    elif one.reliability in NO_WEIGHT[0] or one.credibility in NO_WEIGHT[1]:
        counted = Counted.CANNOT_JUDGE
    elif not one.comparators:
        counted = Counted.NO_COMPARATORS
    elif ratio <= 1:
        counted = Counted.EQUAL
    else:
        counted = Counted.YES
    return Weighed(evidence=one, counted=counted, ratio=ratio, entered=entered, likelihood=capped)


def _one_a_root(first: Sequence[Weighed]) -> list[Weighed]:
    """Of each root the piece that tells most is counted; of equal ones the first."""
    by_root: defaultdict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(first):
        if one.counted is Counted.YES:
            by_root[one.evidence.root].append(i)
    kept = {max(places, key=lambda i: (first[i].ratio, -i)) for places in by_root.values()}
    return [
        one
        if one.counted is not Counted.YES or i in kept
        else Weighed(
            evidence=one.evidence,
            counted=Counted.SAME_ROOT,
            ratio=one.ratio,
            entered=one.entered,
            likelihood=one.likelihood,
        )
        for i, one in enumerate(first)
    ]
