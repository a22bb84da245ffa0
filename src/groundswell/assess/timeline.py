"""The campaign's posts as columns: when, by whom, whether a member; what every measure of its course reads.

campaign_post × groups ──► Course        sorted by time
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from groundswell.engine.engine import Engine

Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Bools: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

COURSE = """
select epoch_us(time) as time_us, account_id from campaign_post order by time_us, account_id, post_id
"""


@dataclass(frozen=True, eq=False)
class Course:
    """The posts of a campaign in the order of time."""

    time_us: Ints
    account: Ints
    """Number of the account, by the order of their ids."""
    is_member: Bools
    """By account."""

    @property
    def by_member(self) -> Bools:
        """For each post, whether a member wrote it."""
        return self.is_member[self.account]

    @cached_property
    def first_us(self) -> Ints:
        """First use by account."""
        first = np.full(len(self.is_member), np.iinfo(np.int64).max, dtype=np.int64)
        np.minimum.at(first, self.account, self.time_us)
        return first


def course_of(engine: Engine, members: Collection[str]) -> Course:
    """Read the course of the campaign from the table ``campaign_post``."""
    columns = engine.query(COURSE)
    names, account = np.unique(columns["account_id"].astype(str), return_inverse=True)
    return Course(
        time_us=columns["time_us"].astype(np.int64),
        account=account.astype(np.int64),
        is_member=np.isin(names, np.array(sorted(members), dtype=str)) if members else np.zeros(len(names), bool),
    )


def clock(time_us: float) -> str:
    """A time as it stands in JSON: UTC, ISO 8601, to the second.

    >>> clock(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(time_us // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def spoken(time_us: float, *, hour: bool = False) -> str:
    """A time as it stands in a sentence.

    >>> spoken(1_530_144_000_000_000), spoken(1_530_144_000_000_000, hour=True)
    ('28 June 2018', '28 June 2018, 00:00 UTC')
    """
    moment = datetime.fromtimestamp(time_us // 1_000_000, UTC)
    day = f"{moment.day} {moment:%B %Y}"
    return f"{day}, {moment:%H:%M} UTC" if hour else day
