"""One group before its judges: its posts, meetings and shared objects cut out of the big tables once.

    groups ──► group_account    group · account
               group_layer      group · kind · window
    meetings ► group_meeting    the meetings between members, within the layer's window
    traces ──► group_object     what they met on
               group_share      each account's first share of it, members and outsiders
    posts ───► group_post       all posts of the members

Those who judge read these small tables, never the big ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from groundswell.assess.disclosure import Disclosure, disclosed
from groundswell.assess.outsiders import Ties, TiesOf, ties_of
from groundswell.assess.profiles import Profile, profiles_of
from groundswell.assess.scope import Scope
from groundswell.engine.engine import Engine
from groundswell.model.group import Group, Layer
from groundswell.traces.kinds import Words, words

GROUP_ACCOUNT = "select unnest($group_ids::text[]) as group_id, unnest($account_ids::text[]) as account_id"

GROUP_LAYER = """
select unnest($group_ids::text[]) as group_id, unnest($kinds::text[]) as kind, unnest($windows::double[]) as window_s
"""

GROUP_MEETING = """
select l.group_id, m.*
from meetings as m
join group_account as a on a.account_id = m.account_a
join group_account as b on b.account_id = m.account_b and b.group_id = a.group_id
join group_layer as l on l.group_id = a.group_id and l.kind = m.kind
where abs(m.lag_s) <= l.window_s
"""

# Where the meetings of a layer were not kept, what at least two members shared stands in for what they met on.
GROUP_OBJECT = """
with met as (
    select distinct group_id, kind, object_id from group_meeting
), touched as (
    select group_id, kind, object_id
    from traces join group_account using (account_id) join group_layer using (group_id, kind)
    group by all
    having count(distinct account_id) >= 2
)
select * from met
union all
select * from touched anti join met using (group_id, kind)
"""

GROUP_SHARE = """
select o.group_id, t.kind, t.object_id, t.account_id, t.post_id, t.time, a.account_id is not null as is_member
from traces as t
join group_object as o on o.kind = t.kind and o.object_id = t.object_id
left join group_account as a on a.group_id = o.group_id and a.account_id = t.account_id
qualify row_number() over (
    partition by o.group_id, t.kind, t.object_id, t.account_id order by t.time, t.post_id
) = 1
"""

GROUP_POST = """
select g.group_id, p.account_id, p.post_id, p.time, p.client, len(p.urls) as n_urls, p.repost_of_account
from posts as p join group_account as g using (account_id)
"""

# The meetings on the objects that fewest others shared come first: they are the hardest to explain by a crowd.
CLOSEST = """
with fame as (
    select object_id, count(*) filter (where not is_member) as outsiders
    from group_share where group_id = $group_id and kind = $kind group by object_id
)
select post_a, post_b
from group_meeting join fame using (object_id)
where group_id = $group_id and kind = $kind
order by outsiders, abs(lag_s), object_id, account_a, account_b
limit $most
"""

SHARED = """
select post_id from group_share
where group_id = $group_id and kind = $kind and is_member
order by object_id, time, post_id
limit $most
"""

MOST_MEETINGS = 12
"""Meetings shown with a piece of evidence; the table of meetings holds all."""


def set_out(engine: Engine, groups: Sequence[Group]) -> None:
    """Cut the groups' rows out of the tables, for all of them at once: the big tables are read once."""
    members = [(group.group_id, account) for group in groups for account in group.account_ids]
    layers = [(group.group_id, layer) for group in groups for layer in group.layers]
    engine.define(
        "group_account",
        GROUP_ACCOUNT,
        group_ids=[group_id for group_id, _ in members],
        account_ids=[account for _, account in members],
    )
    engine.define(
        "group_layer",
        GROUP_LAYER,
        group_ids=[group_id for group_id, _ in layers],
        kinds=[layer.kind for _, layer in layers],
        windows=[layer.window_s for _, layer in layers],
    )
    for name, sql in (
        ("group_meeting", GROUP_MEETING),
        ("group_object", GROUP_OBJECT),
        ("group_share", GROUP_SHARE),
        ("group_post", GROUP_POST),
    ):
        engine.define(name, sql)


@dataclass(frozen=True, eq=False)
class Case:
    """A group, the tables `set_out` made, and the wholes of the run."""

    engine: Engine
    group: Group
    scope: Scope
    profiles: tuple[Profile, ...]
    """The members' profiles that the files hold."""
    ties_of: TiesOf
    """The meetings between members, for each group and kind of trace."""

    @property
    def layer(self) -> Layer:
        """The group's strongest kind of trace."""
        return self.group.strongest

    @property
    def words(self) -> Words:
        """The words for the strongest kind of trace."""
        return words(self.layer.kind)

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """Run a query on the tables of this group; ``$group_id`` and ``$kind`` are given where it names them."""
        given = {"group_id": self.group.group_id, "kind": self.layer.kind}
        named = {name: value for name, value in given.items() if f"${name}" in sql}
        return self.engine.rows(sql, **named, **parameters)

    @cached_property
    def disclosure(self) -> Disclosure | None:
        """What the members name in common."""
        return disclosed(self.engine, self.profiles, self.group.size)

    @property
    def n_read(self) -> int:
        """Members of whom a name, bio or site is known."""
        return sum(profile.can_be_read for profile in self.profiles)

    def ties(self, layer: Layer) -> Ties | None:
        """The meetings between members in this layer; None where there are none, or nothing to compare with."""
        ties = self.ties_of.get((self.group.group_id, layer.kind))
        return ties if ties and ties.meetings else None

    def posts(self, layer: Layer) -> tuple[str, ...]:
        """Posts that show the layer: of the closest meetings, the most telling first."""
        at = {"group_id": self.group.group_id, "kind": layer.kind}
        met = self.engine.rows(CLOSEST, **at, most=MOST_MEETINGS)
        shown = [post for pair in met for post in pair] or [
            post for (post,) in self.engine.rows(SHARED, **at, most=2 * MOST_MEETINGS)
        ]
        return tuple(dict.fromkeys(shown))


def cases(engine: Engine, groups: Sequence[Group], scope: Scope, *, set_aside: Sequence[Group] = ()) -> list[Case]:
    """Set the groups out and open a case for each; those set aside only leave the yardstick."""
    set_out(engine, groups)
    ties = ties_of(engine, groups, min_objects=scope.min_objects, set_aside=set_aside)
    return [Case(engine, group, scope, profiles_of(engine, group.account_ids), ties) for group in groups]
