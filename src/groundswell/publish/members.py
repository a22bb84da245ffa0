"""The members of a group as a table, and the lines between them.

posts, links, meetings ──► Member, Line      of one group, in its strongest kind of trace
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import Any

from groundswell.model.group import Group
from groundswell.publish.edition import Edition

POSTS_OF = """
with member as (select unnest($account_ids) as account_id)
select account_id, count(*) from posts join member using (account_id) group by account_id
"""

PAIRS = """
with member as (select unnest($account_ids) as account_id)
select account_a, account_b, count(*) as n_objects, median(abs(lag_s)), min(least(time_a, time_b))
from meetings
where kind = $kind and account_a in (select account_id from member) and account_b in (select account_id from member)
group by account_a, account_b order by account_a, account_b
"""

BEYOND = """
with member as (select unnest($account_ids) as account_id)
select account_a, account_b,
       coalesce(bool_or(q_timing <= $fdr), false) as timing, coalesce(bool_or(q_selection <= $fdr), false) as selection
from links
where kind = $kind and account_a in (select account_id from member) and account_b in (select account_id from member)
group by account_a, account_b having timing or selection
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A pair of members that met."""

    a: str
    b: str
    n_objects: int
    median_lag_s: float
    first: Any
    beyond_chance: bool
    """Under either null, at the run's false discovery rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of the group."""

    account_id: str
    n_posts: int
    n_beyond: int
    """Pairs with other members that are beyond chance."""
    n_met: int
    """Other members it met."""
    median_lag_s: float | None
    first: Any
    """First meeting, UTC; None if it met no member in this kind of trace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The group from inside."""

    members: tuple[Member, ...]
    lines: tuple[Line, ...]
    n_meetings: int
    n_posts: int
    expected_wrong: float
    """Of the lines beyond chance, at most this many are expected to be chance all the same."""

    @property
    def n_beyond(self) -> int:
        """Lines beyond chance."""
        return sum(line.beyond_chance for line in self.lines)


def membership(edition: Edition, group: Group) -> Membership:
    """Look at one group in its strongest kind of trace."""
    asked = {"account_ids": list(group.account_ids), "kind": group.strongest.kind}
    fdr = edition.parameters.fdr
    beyond = {(a, b): (timing, selection) for a, b, timing, selection in edition.engine.rows(BEYOND, **asked, fdr=fdr)}
    lines = tuple(
        Line(a=a, b=b, n_objects=n, median_lag_s=lag, first=first, beyond_chance=(a, b) in beyond)
        for a, b, n, lag, first in edition.engine.rows(PAIRS, **asked)
    )
    posts = dict(edition.engine.rows(POSTS_OF, account_ids=list(group.account_ids)))
    met: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        met[line.a].append(line)
        met[line.b].append(line)
    members = tuple(
        Member(
            account_id=account_id,
            n_posts=posts.get(account_id, 0),
            n_beyond=sum(line.beyond_chance for line in met[account_id]),
            n_met=len(met[account_id]),
            median_lag_s=median(line.median_lag_s for line in met[account_id]) if met[account_id] else None,
            first=min((line.first for line in met[account_id]), default=None),
        )
        for account_id in group.account_ids
    )
    return Membership(
        members=tuple(sorted(members, key=lambda one: (-one.n_met, edition.redaction.account(one.account_id)))),
        lines=lines,
        n_meetings=sum(line.n_objects for line in lines),
        n_posts=sum(member.n_posts for member in members),
        # The two nulls are two families of tests; a line is drawn if either says so, so their errors add up.
        expected_wrong=fdr * sum(timing + selection for timing, selection in beyond.values()),
    )
