"""The posts behind a group: three of its meetings, chosen by rule, beside everybody else's lags on the same object.

    meetings, traces, posts ──► Meeting      the most surprising, the median and the least surprising one

A meeting is surprising where few pairs of *outsiders* who shared the same object were as close in time. The rule
picks the least surprising one too: a reader who sees only the best card is being sold something.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from groundswell.model.group import Group
from groundswell.publish.edition import Edition

MEETINGS = """
with member as (select unnest($account_ids) as account_id)
select object_id, account_a, account_b, post_a, post_b, epoch_us(time_a), epoch_us(time_b), abs(lag_s)
from meetings
where kind = $kind and account_a in (select account_id from member) and account_b in (select account_id from member)
order by object_id, account_a, account_b
"""

OUTSIDERS = """
with member as (select unnest($account_ids) as account_id),
     thing as (select distinct unnest($object_ids) as object_id)
select object_id, epoch_us(min(time)) as time_us
from traces join thing using (object_id)
where kind = $kind and account_id not in (select account_id from member)
group by object_id, account_id order by object_id, time_us
"""

POSTS = """
select post_id, account_id, text, urls, source_file, source_row
from posts where post_id in (select unnest($post_ids)) order by post_id, account_id, source_file, source_row
"""

LAG_EDGES_S = np.geomspace(1.0, 30 * 86_400.0, 49)
"""Edges of the histogram of outsiders' lags: 1 s to 30 days, equal steps on a log axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two posts."""

    account_id: str
    post_id: str
    time: np.datetime64
    text: str | None
    urls: tuple[str, ...]
    source_file: str | None
    source_row: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meeting:
    """Two posts of two members on one object."""

    rank: str
    """Which of the group's meetings it is, in words."""
    object_id: str
    lag_s: float
    sides: tuple[Side, Side]
    """The earlier first."""
    n_sharers: int
    """Accounts that shared the object, members included."""
    n_outside_pairs: int
    n_outside_as_close: int
    """Pairs of outsiders on the same object, and those of them no further apart than this meeting."""
    outside_lags: np.ndarray[Any, np.dtype[np.int64]]
    """Pairs of outsiders in each step of `LAG_EDGES_S`; the first and the last step are open to their outer side."""


def meetings(edition: Edition, group: Group, *, only_first: bool = False) -> tuple[Meeting, ...]:
    """The most surprising, the median and the least surprising meeting of a group's strongest kind of trace."""
    asked = {"account_ids": list(group.account_ids), "kind": group.strongest.kind}
    rows = edition.engine.rows(MEETINGS, **asked)
    if not rows:
        return ()
    times = _outsiders(edition, asked, sorted({row[0] for row in rows}))
    close: list[tuple[float, float, int]] = []
    for object_id, listed in groupby(range(len(rows)), key=lambda at: rows[at][0]):
        shared = times.get(object_id, np.empty(0, np.int64))
        pairs = _pairs(len(shared))
        for at in listed:
            as_close = pairs_within(shared, rows[at][7])
            # One is added above and below: among no outsiders nothing is surprising.
            close.append(((as_close + 1) / (pairs + 1), rows[at][7], at))
    close.sort()
    places = {0: "The most surprising"}
    if not only_first:
        places.setdefault((len(close) - 1) // 2, "The median")
        places.setdefault(len(close) - 1, "The least surprising")
    chosen = [(places[place], rows[close[place][2]]) for place in sorted(places)]
    posts = _posts(edition, [row[side] for _, row in chosen for side in (3, 4)])
    n_members = _members_on(edition, group, [row[0] for _, row in chosen])
    return tuple(
        _meeting(rank, row, posts, times.get(row[0], np.empty(0, np.int64)), n_members.get(row[0], 2))
        for rank, row in chosen
    )


def pairs_within(times_us: np.ndarray[Any, np.dtype[np.int64]], lag_s: float) -> int:
    """How many pairs of these sorted times are at most `lag_s` apart: exactly, without listing the pairs."""
    upto = np.searchsorted(times_us, times_us + round(lag_s * 1e6), side="right")
    return int((upto - np.arange(len(times_us)) - 1).sum())


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _outsiders(
    edition: Edition, asked: dict[str, Any], object_ids: list[str]
) -> dict[str, np.ndarray[Any, np.dtype[np.int64]]]:
    """When outsiders first shared each object: sorted times of each."""
    found = edition.engine.rows(OUTSIDERS, **asked, object_ids=object_ids)
    return {
        object_id: np.array([time for _, time in listed], dtype=np.int64)
        for object_id, listed in groupby(found, key=itemgetter(0))
    }


MEMBERS_ON = """
with member as (select unnest($account_ids) as account_id), thing as (select unnest($object_ids) as object_id)
select object_id, count(distinct account_id) from traces
where kind = $kind and object_id in (select object_id from thing) and account_id in (select account_id from member)
group by object_id
"""


def _members_on(edition: Edition, group: Group, object_ids: list[str]) -> dict[str, int]:
    asked = {"account_ids": list(group.account_ids), "kind": group.strongest.kind, "object_ids": object_ids}
    return dict(edition.engine.rows(MEMBERS_ON, **asked))


def _posts(edition: Edition, post_ids: list[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    found = edition.engine.rows(POSTS, post_ids=sorted(set(post_ids)))
    return {(row[0], row[1]): row for row in reversed(found)}


def _meeting(
    rank: str,
    row: tuple[Any, ...],
    posts: dict[tuple[str, str], tuple[Any, ...]],
    outside: np.ndarray[Any, np.dtype[np.int64]],
    n_members: int,
) -> Meeting:
    object_id, account_a, account_b, post_a, post_b, time_a, time_b, lag_s = row
    sides = []
    for account, post, time in sorted(((account_a, post_a, time_a), (account_b, post_b, time_b)), key=itemgetter(2, 0)):
        _, _, text, urls, file, file_row = posts.get((post, account), (None,) * 6)
        sides.append(
            Side(
                account_id=account,
                post_id=post,
                time=np.datetime64(time, "us"),
                text=text,
                urls=tuple(urls) if urls is not None else (),
                source_file=file,
                source_row=file_row,
            )
        )
    upto = np.array([pairs_within(outside, edge) for edge in LAG_EDGES_S[1:-1]])
    return Meeting(
        rank=rank,
        object_id=object_id,
        lag_s=lag_s,
        sides=(sides[0], sides[1]),
        n_sharers=len(outside) + n_members,
        n_outside_pairs=_pairs(len(outside)),
        n_outside_as_close=pairs_within(outside, lag_s),
        outside_lags=np.diff(upto, prepend=0, append=_pairs(len(outside))),
    )
