"""One account's signs of automation, each beside other accounts of the same study. They are not added up.

posts, accounts ──► Reading, Reading, …      value · n · percentile among whom · caveat, or «not scored»
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.personas.automation.signs import SIGNS, Sign

LIKE_PACE = 4.0
"""The reference are accounts with a quarter to four times as many observations, if there are `FEWEST_REFERENCE`."""

FEWEST_REFERENCE = 30
"""Accounts below which a percentile says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One sign of one account."""

    name: str
    words: str
    unit: str
    value: float | None
    n: int
    counts: str
    percentile: float | None
    """The part of the reference that lies below, ties counted half, 0 to 100."""
    reference: int
    """Other accounts it was compared with."""
    matched: bool
    """Whether those are of like pace, or all there are."""
    caveat: str
    not_scored: str | None
    """Why there is no value or no percentile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """The signs of one account."""

    account_id: str
    n_posts: int
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        """What ``indicators --json`` prints."""
        return asdict(self)


def vector(engine: Engine, account_id: str, *, precision_s: float) -> Vector:
    """Read every sign of one account.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``accounts``.
    precision_s
        The grain of the data's clock: signs finer than it are not read.

    Raises
    ------
    WrongUse
        No post is by this account.
    """
    ((n_posts,),) = engine.rows("select count(*) from posts where account_id = $account_id", account_id=account_id)
    if not n_posts:
        raise WrongUse(
            f"No post is by the account {account_id!r}.\n"
            "  Accounts are named by their id as it stands in accounts.csv, by handle, or by a report's pseudonym."
        )
    readings = tuple(_reading(engine, sign, account_id, precision_s) for sign in SIGNS)
    return Vector(account_id=account_id, n_posts=int(n_posts), readings=readings)


def _reading(engine: Engine, sign: Sign, account_id: str, precision_s: float) -> Reading:
    def told(
        value: float | None,
        n: int,
        why: str | None,
        others: int = 0,
        percentile: float | None = None,
        *,
        like: bool = True,
    ) -> Reading:
        return Reading(
            name=sign.name,
            words=sign.words,
            unit=sign.unit,
            value=value,
            n=n,
            counts=sign.counts,
            percentile=percentile,
            reference=others,
            matched=like,
            caveat=sign.caveat,
            not_scored=why,
        )

    if sign.finest_s is not None and precision_s > sign.finest_s:
        return told(None, 0, f"the data's clock goes by {precision_s:g} s")
    rows = engine.query(f"select account_id, value::double as value, n from ({sign.query}) order by account_id")
    own = np.flatnonzero(rows["account_id"] == account_id)
    if not len(own):
        return told(None, 0, "not told by the data")
    at = int(own[0])
    n, value = int(rows["n"][at]), float(rows["value"][at])
    if n < sign.fewest:
        return told(None, n, f"fewer than {sign.fewest}: {n}")
    if not np.isfinite(value):
        return told(None, n, "not defined: all its times are one")
    counts = np.asarray(rows["n"], dtype=np.float64)
    values = np.asarray(rows["value"], dtype=np.float64)
    others = (counts >= sign.fewest) & np.isfinite(values)
    others[at] = False
    like = others & (counts >= n / LIKE_PACE) & (counts <= n * LIKE_PACE)
    matched = int(like.sum()) >= FEWEST_REFERENCE
    reference = values[like if matched else others]
    if len(reference) < FEWEST_REFERENCE:
        return told(value, n, f"only {len(reference)} other accounts to compare with", len(reference), like=False)
    percentile = 100 * (float((reference < value).mean()) + float((reference == value).mean()) / 2)
    return told(value, n, None, len(reference), round(percentile, 1), like=matched)
