"""When the posts came, and what the same hour brought on other days.

    posts ──► Rhythm      counts a step, all and members', with the yardstick of each step

The yardstick of a step is what the same hour brought on the *other* days, so that a peak is not measured against
itself. Under seven days there is no yardstick, and the page says so instead of drawing one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine

STEPS_S = (1, 10, 60, 300, 900, 3_600, 7_200, 21_600, 86_400, 604_800, 2_592_000, 31_536_000)
MOST_STEPS = 200
DAY_S, WEEK_S = 86_400, 604_800
FEWEST_DAYS, FEWEST_WEEKS = 7, 4
"""Fewer repeats than these make a band of a handful of numbers, which would be drawn as if it were knowledge."""

SPAN = "select epoch_us(min(time)) // 1000000, epoch_us(max(time)) // 1000000 from posts"

COUNTS = """
with member as (select distinct unnest($account_ids) as account_id)
select (epoch_us(time) // 1000000 - $origin_s) // $step_s as step, count(*) as n,
       count(*) filter (account_id in (select account_id from member)) as n_members
from posts where time is not null group by step order by step
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Rhythm:
    """Counts of posts over time."""

    origin_s: int
    """Seconds since 1970, UTC, of the start of the first step: a whole multiple of the step."""
    step_s: int
    posts: np.ndarray[Any, np.dtype[np.int64]]
    """Posts in each step."""
    members: np.ndarray[Any, np.dtype[np.int64]]
    """Of these, the posts of members of reported groups."""
    low: np.ndarray[Any, np.dtype[np.float64]] | None
    high: np.ndarray[Any, np.dtype[np.float64]] | None
    """10th and 90th percentile of the same hour on other days (same weekday from four weeks on); None if too short."""
    cycle: str
    """``day`` or ``week``: what the yardstick repeats with; empty without one."""

    def time_of(self, step: float) -> np.datetime64:
        """When a step starts."""
        return np.datetime64(int((self.origin_s + step * self.step_s) * 1e6), "us")


def rhythm(engine: Engine, member_ids: Sequence[str]) -> Rhythm | None:
    """Count the posts over time; None where there are no posts with a time."""
    ((first, last),) = engine.rows(SPAN)
    if first is None:
        return None
    step = next((step for step in STEPS_S if (last - first) / step < MOST_STEPS), STEPS_S[-1])
    origin = first // step * step
    found = engine.query(COUNTS, account_ids=list(member_ids), origin_s=origin, step_s=step)
    n = int((last - origin) // step) + 1
    posts, members = np.zeros(n, np.int64), np.zeros(n, np.int64)
    at = found["step"].astype(np.int64)
    posts[at], members[at] = found["n"], found["n_members"]
    cycle = _cycle(n * step, step)
    low, high = _band(posts, cycle // step) if cycle else (None, None)
    name = {DAY_S: "day", WEEK_S: "week"}.get(cycle, "")
    return Rhythm(origin_s=origin, step_s=step, posts=posts, members=members, low=low, high=high, cycle=name)


def _cycle(span_s: int, step_s: int) -> int:
    """What repeats often enough to be a yardstick, in seconds; 0 if nothing does."""
    if step_s < WEEK_S and WEEK_S % step_s == 0 and span_s >= FEWEST_WEEKS * WEEK_S:
        return WEEK_S
    if step_s < DAY_S and span_s >= FEWEST_DAYS * DAY_S:
        return DAY_S
    return 0


def _band(
    posts: np.ndarray[Any, np.dtype[np.int64]], period: int
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]:
    """For each step, the 10th and 90th percentile of the other steps of the same phase."""
    low, high = np.zeros(len(posts)), np.zeros(len(posts))
    for phase in range(min(period, len(posts))):
        same = posts[phase::period]
        others = np.array([np.delete(same, i) for i in range(len(same))])
        if others.shape[1] == 0:
            others = same[:, None]
        low[phase::period], high[phase::period] = np.quantile(others, (0.1, 0.9), axis=1)
    return low, high
