"""How many of a list are rightly on it: a random sample, two raters who don't see each other's answers, an interval.

    members ──seeded sample──► two raters ──► precision with its 95 % interval, and how often they agree

A list that nobody audited says «precision unknown», in the size of its other numbers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from groundswell.errors import WrongUse
from groundswell.store.people import people
from groundswell.store.study import Study
from groundswell.watch.lift import Z95
from groundswell.watch.lists import AUDITS, LISTS, MEMBERS

RATED = ("yes", "no", "unsure")
N_SAMPLE = 400
"""Gives ± 2 points at 95 % where nineteen in twenty are right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """What an audit found."""

    right: int
    """Members that both raters called rightly listed."""
    rated: int
    """Members that two raters looked at."""
    low: float
    high: float
    """Wilson's 95 % interval of right over rated."""
    agreement: float | None
    """Cohen's kappa of the two raters over yes, no and unsure; None where it can't be told."""

    def as_json(self) -> dict[str, Any]:
        """The figures, by name."""
        return {**asdict(self), "point": self.right / self.rated}


def sample(account_ids: Sequence[str], *, n: int = N_SAMPLE, seed: int = 0) -> tuple[str, ...]:
    """The members to rate, drawn without replacement, in an order that says nothing."""
    drawn = np.random.default_rng(seed).permutation(sorted(set(account_ids)))[:n]
    return tuple(str(one) for one in drawn)


def rate(study: Study, name: str, answers: Iterable[tuple[str, str]], *, rater: str, at: datetime | None = None) -> int:
    """Keep one rater's answers: (account, yes/no/unsure)."""
    told = list(answers)
    for account_id, answer in told:
        if answer not in RATED:
            raise WrongUse(f"{answer!r} on {account_id!r} is no answer.\n  There are: {', '.join(RATED)}.")
    when = (at or datetime.now(UTC)).isoformat(timespec="seconds")
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        rows.executemany(
            "insert into audits (list, rater, account_id, answer, at) values (?, ?, ?, ?, ?)",
            [(name, rater, account_id, answer, when) for account_id, answer in told],
        )
    return len(told)


def precision(study: Study, name: str) -> Precision | None:
    """What the audits of a list found; None where no member was rated by two people."""
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        found = rows.execute("select rater, account_id, answer from audits where list = ? order by id", (name,))
        return precision_of([(row["rater"], row["account_id"], row["answer"]) for row in found])


def precision_of(ratings: Iterable[tuple[str, str, str]]) -> Precision | None:
    """Precision from (rater, account, answer); a rater's last answer counts, and an account's first two raters."""
    by_account: dict[str, dict[str, str]] = defaultdict(dict)
    for rater, account_id, answer in ratings:
        by_account[account_id][rater] = answer
    pairs = [tuple(answers.values())[:2] for _, answers in sorted(by_account.items()) if len(answers) > 1]
    if not pairs:
        return None
    right = sum(pair == ("yes", "yes") for pair in pairs)
    low, high = wilson(right, len(pairs))
    return Precision(right=right, rated=len(pairs), low=low, high=high, agreement=_kappa(pairs))


def wilson(k: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (1927, doi:10.1080/01621459.1927.10502953)."""
    middle, z2 = k / n, Z95 * Z95
    centre = (middle + z2 / (2 * n)) / (1 + z2 / n)
    width = Z95 / (1 + z2 / n) * math.sqrt(middle * (1 - middle) / n + z2 / (4 * n * n))
    return max(0.0, centre - width), min(1.0, centre + width)


def _kappa(pairs: Sequence[tuple[str, ...]]) -> float | None:
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs) / n
    chance = sum(
        sum(one == answer for one, _ in pairs) * sum(other == answer for _, other in pairs) / n**2 for answer in RATED
    )
    return None if chance == 1 else (agreed - chance) / (1 - chance)
