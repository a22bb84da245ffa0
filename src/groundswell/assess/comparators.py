"""Is the campaign unlike organic ones? Its statistics among comparators of about its size, as percentiles.

    campaign ──► statistics ─┐
                             ├──► Comparison       percentile, smallest and largest comparator
    comparators.csv ─────────┘

The comparators that come with the program are made up: crowds of every kind that `simulate` knows in which nobody acts
together in secret. They are no sample of any platform; a user's own, in the same columns, stand in the study folder as
``comparators.csv`` and take their place.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from groundswell.assess.concentration import concentration
from groundswell.assess.timeline import Course
from groundswell.assess.wording import counted, listed, part
from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.campaign import Comparison

STATISTICS = {
    "gini": "the unevenness of posts over accounts",
    "top_share": "the share of posts by the busiest hundredth of the accounts",
    "effective_share": "the effective number of accounts, as a part of all",
    "busiest_hour": "the share of posts in the busiest hour",
    "in_step": "the share of posts within a minute of another account’s with the same content",
    "reposts": "the share of posts that are reposts",
}
"""Name in the table, and in words."""

COLUMNS = ("name", "n_posts", *STATISTICS)
MADE_UP = "made-up organic sets that come with the program"
NEAR = 0.3
"""Largest difference in the decimal logarithm of the number of posts (docs/campaigns.md)."""
FEWEST = 20

# Posts whose neighbour in time, among posts with the same content, is another account's and at most a minute away.
# The hashtag that all of the campaign has in common is no content.
IN_STEP = """
with told as (
    select t.post_id, t.kind,
           lag(t.account_id) over same as before, epoch_us(t.time) - epoch_us(lag(t.time) over same) as since_us,
           lead(t.account_id) over same as after, epoch_us(lead(t.time) over same) - epoch_us(t.time) as until_us,
           t.account_id
    from traces as t
    where t.kind not in ('hashtag', 'hashtag_sequence', 'domain')
      and t.post_id in (select post_id from campaign_post)
    window same as (partition by t.kind, t.object_id order by t.time, t.account_id, t.post_id)
)
select count(distinct post_id) from told
where (before <> account_id and since_us <= 60000000) or (after <> account_id and until_us <= 60000000)
"""

REPOSTS = "select count(*) filter (is_repost), count(*) from campaign_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """An organic campaign, told by its statistics; what is not known of it is absent."""

    name: str
    n_posts: int
    statistics: Mapping[str, float]


def statistics_of(engine: Engine, course: Course) -> dict[str, float]:
    """The statistics of the campaign in the table ``campaign_post``; what can't be computed is absent."""
    n_posts = len(course.time_us)
    by_account = np.bincount(course.account, minlength=len(course.is_member))
    spread = concentration("posts", by_account.tolist())
    if spread is None:
        return {}
    ((reposts, _),) = engine.rows(REPOSTS)
    ((in_step,),) = engine.rows(IN_STEP)
    hours = np.unique(course.time_us // 3_600_000_000, return_counts=True)[1]
    told = {
        "gini": spread.gini,
        "top_share": spread.top_share,
        "effective_share": spread.effective / spread.n,
        "busiest_hour": float(hours.max() / n_posts),
        "in_step": in_step / n_posts,
    }
    return {**told, "reposts": reposts / n_posts} if reposts else told


def compared(
    statistics: Mapping[str, float], n_posts: int, comparators: Sequence[Comparator], *, source: str
) -> tuple[Comparison, ...]:
    """Each statistic among the comparators of about the campaign's size; none where fewer than `FEWEST` have it."""
    near = [one for one in comparators if abs(math.log10(one.n_posts / max(n_posts, 1))) <= NEAR]
    found = []
    for name in STATISTICS:
        others = np.array([one.statistics[name] for one in near if name in one.statistics])
        if name not in statistics or len(others) < FEWEST:
            continue
        value = statistics[name]
        below = float((others < value).mean() + (others == value).mean() / 2)
        found.append(
            Comparison(
                statistic=name,
                value=value,
                percentile=100 * below,
                low=float(others.min()),
                high=float(others.max()),
                n=len(others),
                source=source,
            )
        )
    return tuple(found)


def comparisons_sentence(found: Sequence[Comparison], n_posts: int) -> str:
    """What the comparison shows, in words."""
    if not found:
        return (
            f"There are fewer than {FEWEST} comparators with about {counted(n_posts, 'post', 'posts')}, so whether the"
            " campaign is like organic ones can’t be told."
        )
    outside = [one for one in found if one.outside]
    n = min(one.n for one in found)
    looked = f"{n} or more {found[0].source}" if found[0].source == MADE_UP else f"{n} or more of {found[0].source}"
    if not outside:
        return (
            f"0 of {counted(len(found), 'statistic', 'statistics')} lie outside the range of {looked}, of about"
            " the same number of posts."
        )
    names = listed([f"{STATISTICS[one.statistic]} ({'above' if one.value > one.high else 'below'})" for one in outside])
    return (
        f"{part(len(outside), len(found), 'statistic', 'statistics')} {'lies' if len(outside) == 1 else 'lie'} outside"
        f" the range of {looked}, of about the same number of posts: {names}."
    )


def shipped() -> tuple[Comparator, ...]:
    """The comparators that come with the program."""
    text = files("groundswell.assess").joinpath("data", "comparators.csv").read_text(encoding="utf-8")
    return _comparators(text.splitlines(), "comparators.csv")


def read_comparators(path: Path) -> tuple[Comparator, ...]:
    """A user's own comparators, a CSV file with the columns `COLUMNS`; an empty cell is unknown.

    Raises
    ------
    WrongUse
        A column is missing, or a cell is no number.
    """
    return _comparators(path.read_text(encoding="utf-8-sig").splitlines(), path.name)


def _comparators(lines: Iterable[str], file: str) -> tuple[Comparator, ...]:
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    if missing := {"name", "n_posts"} - set(reader.fieldnames or ()):
        raise WrongUse(
            f"{file} has no column {', '.join(sorted(missing))}.\n"
            f"  It has: {', '.join(reader.fieldnames or ()) or 'no columns at all'}.\n"
            f"  A table of comparators has the columns {', '.join(COLUMNS)}."
        )
    found = []
    for number, row in enumerate(reader, 2):
        try:
            told = {name: float(row[name]) for name in STATISTICS if (row.get(name) or "").strip()}
            n_posts = int(row["n_posts"])
        except ValueError:
            raise WrongUse(f"{file}, row {number}: a cell is no number.\n  Leave empty what is not known.") from None
        if n_posts < 1:
            raise WrongUse(f"{file}, row {number}: a comparator with {n_posts} posts can’t be compared with.")
        found.append(Comparator(name=row["name"], n_posts=n_posts, statistics=told))
    return tuple(found)
