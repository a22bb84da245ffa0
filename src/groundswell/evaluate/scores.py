"""How right was an answer, in a world whose truth is known?

    reported groups + truth ──► Score

Accounts that act together in the open are neither hits nor errors: to report them is right, to miss them no fault of a
search for what is hidden. An error is an account that acts alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import comb, sqrt

import numpy as np
import scipy

from groundswell.simulate.scenario import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One answer about one world."""

    n_reported: int
    """Groups reported."""
    n_false: int
    """Of these, groups in which at most half of the accounts act together with others."""
    wrong_accounts: int
    """Reported accounts that act alone."""
    right_accounts: int
    """Reported accounts of planted groups."""
    recall: Mapping[str, float]
    """For each planted group, the part of its accounts that stand in any reported group."""
    in_the_open: Mapping[str, float]
    """For each group that acts together openly, the part of its accounts that stand in any reported group."""
    agreement: float
    """Adjusted Rand index of the two divisions of all accounts that either of them names; 1 if both name none."""

    @property
    def false_alarm(self) -> bool:
        """Whether any group of accounts that mostly act alone was reported."""
        return self.n_false > 0

    @property
    def precision(self) -> float | None:
        """Part of the reported accounts, the open ones left out, that are planted; None if there are none."""
        reported = self.right_accounts + self.wrong_accounts
        return self.right_accounts / reported if reported else None


def score(world: World, reported: Sequence[frozenset[str]]) -> Score:
    """Compare reported groups with the truth.

    Parameters
    ----------
    world
        Knows its truth.
    reported
        Account ids of each group, as a tool gave them out.
    """
    truth, planted = world.groups(), world.planted()
    together = frozenset(chain.from_iterable(truth.values()))
    hidden = frozenset(chain.from_iterable(planted.values()))
    named = frozenset(chain.from_iterable(reported))
    return Score(
        n_reported=len(reported),
        n_false=sum(2 * len(group & together) <= len(group) for group in reported),
        wrong_accounts=len(named - together),
        right_accounts=len(named & hidden),
        recall={name: len(accounts & named) / len(accounts) for name, accounts in planted.items()},
        in_the_open={
            name: len(accounts & named) / len(accounts) for name, accounts in truth.items() if name not in planted
        },
        agreement=adjusted_rand(list(truth.values()), reported),
    )


def adjusted_rand(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """Agreement of two sets of groups over the accounts that either names; ungrouped accounts stand alone.

    1 is the same division, 0 what chance gives. Hubert & Arabie 1985, doi:10.1007/BF01908075. An account in two groups
    counts for the first.
    """
    label_one, label_other = _labels(one), _labels(other)
    accounts = sorted(set(label_one) | set(label_other))
    pairs = comb(len(accounts), 2)
    both = _pairs_inside((label_one.get(a, a), label_other.get(a, a)) for a in accounts)
    in_one = _pairs_inside(label_one.get(a, a) for a in accounts)
    in_other = _pairs_inside(label_other.get(a, a) for a in accounts)
    expected = in_one * in_other / pairs if pairs else 0.0
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def clopper_pearson(hits: int, of: int, *, level: float = 0.95) -> tuple[float, float]:
    """The exact interval of a rate: (0, 1) of nothing.

    >>> low, high = clopper_pearson(0, 200)
    >>> low, round(high, 4)
    (0.0, 0.0183)
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no rate")
    tail = (1 - level) / 2
    low = float(scipy.stats.beta.ppf(tail, hits, of - hits + 1)) if hits else 0.0
    high = float(scipy.stats.beta.ppf(1 - tail, hits + 1, of - hits)) if hits < of else 1.0
    return low, high


def mean_interval(values: Sequence[float], *, level: float = 0.95) -> tuple[float, float]:
    """Student's interval of a mean of parts, cut to 0 … 1; (0, 1) for fewer than two values."""
    if len(values) < 2:
        return 0.0, 1.0
    mean = float(np.mean(values))
    reach = (
        float(scipy.stats.t.ppf((1 + level) / 2, len(values) - 1)) * float(np.std(values, ddof=1)) / sqrt(len(values))
    )
    return max(0.0, mean - reach), min(1.0, mean + reach)


def _labels(groups: Sequence[frozenset[str]]) -> dict[str, object]:
    labels: dict[str, object] = {}
    for number, group in enumerate(groups):
        for account in group:
            labels.setdefault(account, number)
    return labels


def _pairs_inside(labels: Iterable[object]) -> int:
    return sum(comb(n, 2) for n in Counter(labels).values())
