"""A probability that an account is automated, on request only, with what it is worth beside it.

    profile ──► Estimate      low to high at a stated base rate, or «not scored»

A logistic model of five figures that every profile tells. It is monotone: each figure may only push in the direction
that the literature gives it (Yang et al. 2020, doi:10.1609/aaai.v34i01.5460), or not at all. Coefficients stand in
`COEFFICIENTS`, made by benchmarks/automation.py from one published set of labelled profiles, the validation part of
«Twitter Human Bots»: 3,744 profiles, a third of them labelled, by labels that are weak.

It is weak, and says so with every answer. Posting much, the sign everybody names, ranks the wrong way in that set when
taken alone (AUC 0.32); what the model has to go by is mostly «few followers», which is true of most people. At the
threshold that one in a hundred of the others exceeds, it finds 0 to 4 % of the labelled accounts of a part it has not
seen, and in one part 3 % of the others exceed it. In a second set, where the program that wrote the posts is told, it
ranks accounts that pass feeds on below those that write by hand (AUC 0.31): it does not transfer. Its figures never
reach groups, shares, reports or public pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

FIGURES = ("pace", "few_followers", "following_ratio", "empty_bio", "youth")
"""Each is larger for accounts that the literature calls more often automated."""

Floats = np.ndarray[Any, np.dtype[np.float64]]

DEFAULT_BASE_RATE = 0.05
"""Of the accounts in the data. Nobody knows it; it is a parameter and printed with every answer."""

FEWEST_POSTS = 20
FEWEST_DAYS = 7.0

RIDGE = 1e-3
"""Per observation; keeps a figure that says nothing at nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A fitted model."""

    weights: tuple[float, ...]
    """One for each of `FIGURES`, none negative."""
    intercept: float
    base_rate: float
    """Part of the labelled accounts in the set it was fitted to; the intercept is right for it alone."""

    def log_odds(self, figures: Floats, base_rate: float) -> Floats:
        """Log odds at another base rate: the difference of the two rates' log odds is added."""
        shift = np.log(base_rate / (1 - base_rate)) - np.log(self.base_rate / (1 - self.base_rate))
        return np.asarray(figures @ np.array(self.weights) + self.intercept + shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What the models, each fitted without one part of the set, made of that part."""

    part: str
    n: int
    n_labelled: int
    auc: float
    calibration_error: float
    """Expected calibration error in ten equal bins, at the part's own base rate."""
    false_positives: float
    """Part of the unlabelled at the threshold that 1 % of the unlabelled of the other parts exceed."""
    recall: float
    """Part of the labelled that exceed it."""


COEFFICIENTS: Mapping[str, Model] = {
    "all": Model(weights=(0.1933, 0.3614, 0.0, 0.9137, 0.0), intercept=0.9422, base_rate=0.332),
    "without English": Model(weights=(0.1746, 0.3033, 0.0, 0.7416, 0.0), intercept=0.9257, base_rate=0.4558),
    "without language not told": Model(weights=(0.2062, 0.3358, 0.0, 0.0, 0.014), intercept=0.9001, base_rate=0.266),
    "without other languages": Model(weights=(0.1833, 0.4305, 0.0, 0.9561, 0.0944), intercept=1.9418, base_rate=0.3337),
}
"""As benchmarks/automation.py prints them: fitted to all, and to all but one part."""

WORTH = (
    Worth(part="English", n=2195, n_labelled=537, auc=0.809, calibration_error=0.087, false_positives=0.0, recall=0.0),
    Worth(
        part="language not told",
        n=766,
        n_labelled=451,
        auc=0.812,
        calibration_error=0.123,
        false_positives=0.0,
        recall=0.0244,
    ),
    Worth(
        part="other languages",
        n=783,
        n_labelled=255,
        auc=0.75,
        calibration_error=0.124,
        false_positives=0.0322,
        recall=0.0353,
    ),
)
"""As benchmarks/automation.py prints them. The parts of the one set are languages."""


BETWEEN_SETS = (
    Worth(
        part="posts of breaking news, by the program that wrote them, 2014 to 2015",
        n=929,
        n_labelled=73,
        auc=0.306,
        calibration_error=0.05,
        false_positives=0.0,
        recall=0.0,
    ),
    Worth(
        part="labelled profiles",
        n=3744,
        n_labelled=1243,
        auc=0.315,
        calibration_error=0.244,
        false_positives=0.0016,
        recall=0.0048,
    ),
)
"""As benchmarks/automation.py prints them with `--people`: two sets, each left out in turn, without profile texts.
Labelled in the first are accounts all of whose posts there came from programs that pass feeds on; the others wrote by
hand. Feeds are run by newsrooms with many followers, the labelled profiles have few: what is learnt is the set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmongPeople:
    """Accounts taken to be people's, and how many exceed the threshold that 1 % of the unlabelled exceed."""

    who: str
    n: int
    exceed: int
    """Taken to have no profile text, which the posts do not tell and which is the worse case."""


AMONG_PEOPLE = (
    AmongPeople(who="accounts in threads of breaking news, 2014 to 2015", n=1024, exceed=7),
    AmongPeople(who="those among them who wrote by hand", n=856, exceed=7),
    AmongPeople(who="by hand, event charliehebdo", n=104, exceed=0),
    AmongPeople(who="by hand, event ebola-essien", n=10, exceed=0),
    AmongPeople(who="by hand, event ferguson", n=151, exceed=0),
    AmongPeople(who="by hand, event germanwings-crash", n=82, exceed=0),
    AmongPeople(who="by hand, event gurlitt", n=23, exceed=0),
    AmongPeople(who="by hand, event ottawashooting", n=147, exceed=0),
    AmongPeople(who="by hand, event prince-toronto", n=124, exceed=2),
    AmongPeople(who="by hand, event putinmissing", n=82, exceed=2),
    AmongPeople(who="by hand, event sydneysiege", n=133, exceed=3),
    AmongPeople(who="the verified ones among all", n=355, exceed=0),
    AmongPeople(who="those among all with 72 posts a day and more", n=79, exceed=0),
)
"""As benchmarks/automation.py prints them with `--people`. In three of the nine events more than 1 % exceed it. That so
few do elsewhere says little: it finds almost none of the labelled ones either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The answer for one account."""

    base_rate: float
    low: float | None
    high: float | None
    """Lowest and highest of the models, each fitted without one part of the set; None where it is not scored."""
    not_scored: str | None
    caveat: str

    def as_json(self) -> dict[str, Any]:
        """What ``indicators --automation --json`` adds."""
        return {
            **asdict(self),
            "worth": [asdict(one) for one in WORTH],
            "between_sets": [asdict(one) for one in BETWEEN_SETS],
            "among_people": [asdict(one) for one in AMONG_PEOPLE],
            "figures": list(FIGURES),
        }


def figures_of(profile: Mapping[str, Any], at_us: int) -> Floats | None:
    """The five figures of a profile at a time, or None where one of them is not told.

    Parameters
    ----------
    profile
        ``followers``, ``following``, ``n_posts``, ``bio`` and ``created_us`` (microseconds since 1970, UTC).
    """
    told = [profile.get(name) for name in ("followers", "following", "n_posts", "created_us")]
    if any(one is None for one in told) or profile.get("bio") is None:
        return None
    followers, following, n_posts, created_us = (float(one) for one in told if one is not None)
    days = max((at_us - created_us) / 86_400e6, 1.0)
    rows = figures(
        np.array([n_posts / days]),
        np.array([followers]),
        np.array([following]),
        np.array([not str(profile["bio"]).strip()]),
        np.array([days]),
    )
    return np.asarray(rows[0])


def figures(pace: Floats, followers: Floats, following: Floats, empty_bio: Any, days: Floats) -> Floats:
    """The table of figures, shape (n, 5): logarithms, so that a tenfold counts the same everywhere."""
    return np.column_stack(
        [
            np.log1p(pace),
            -np.log1p(followers),
            np.log1p(following) - np.log1p(followers),
            np.asarray(empty_bio, dtype=np.float64),
            -np.log1p(days),
        ]
    )


def fit(table: Floats, labelled: Floats) -> Model:
    """Fit by maximum likelihood with a ridge, every weight 0 or more.

    Parameters
    ----------
    table
        Shape (n, 5), see `figures`.
    labelled
        Shape (n,): 1 for accounts labelled automated, 0 for others; both must occur.
    """
    if not 0 < labelled.mean() < 1:
        raise ValueError("a model needs accounts of both labels")

    def loss(values: Floats) -> tuple[float, Floats]:
        odds = table @ values[:-1] + values[-1]
        chance = 1 / (1 + np.exp(-odds))
        error = (chance - labelled) / len(labelled)
        value = float((np.logaddexp(0, odds) - labelled * odds).mean() + RIDGE * (values[:-1] ** 2).sum())
        slope = np.append(error @ table + 2 * RIDGE * values[:-1], error.sum())
        return value, slope

    bounds = [(0.0, None)] * table.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = tuple(round(float(weight), 4) for weight in found[:-1])
    return Model(weights=weights, intercept=round(float(found[-1]), 4), base_rate=round(float(labelled.mean()), 4))


def estimate(profile: Mapping[str, Any], at_us: int, base_rate: float = DEFAULT_BASE_RATE) -> Estimate:
    """The interval for one profile.

    Raises
    ------
    ValueError
        `base_rate` is not between 0 and 1.
    """
    if not 0 < base_rate < 1:
        raise ValueError(f"the base rate must lie between 0 and 1, got {base_rate}")
    row = figures_of(profile, at_us)
    why = None
    if row is None:
        why = "the data do not tell followers, followed, posts, profile text and age"
    elif float(profile["n_posts"]) < FEWEST_POSTS or at_us - float(profile["created_us"]) < FEWEST_DAYS * 86_400e6:
        why = f"fewer than {FEWEST_POSTS} posts or {FEWEST_DAYS:g} days: too little to say anything"
    if row is None or why:
        return Estimate(base_rate=base_rate, low=None, high=None, not_scored=why, caveat=CAVEAT)
    odds = [float(model.log_odds(row, base_rate)) for model in COEFFICIENTS.values()]
    low, high = (round(float(1 / (1 + np.exp(-one))), 3) for one in (min(odds), max(odds)))
    return Estimate(base_rate=base_rate, low=low, high=high, not_scored=None, caveat=CAVEAT)


MOST_AMONG_PEOPLE = 0.01
"""Part of each set of people that may exceed the threshold, as was asked for."""

CAVEAT = (
    "It does not transfer: tried on a second set it ranks accounts the wrong way round. It mostly says that an account"
    f" has few followers. At most {100 * MOST_AMONG_PEOPLE:g} % of each set of people should exceed the threshold; in"
    f" {sum(one.exceed > MOST_AMONG_PEOPLE * one.n for one in AMONG_PEOPLE)} of {len(AMONG_PEOPLE)} sets more do."
    " Do not print it about anybody."
)
