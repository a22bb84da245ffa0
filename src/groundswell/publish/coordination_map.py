"""Who is joined to whom, laid out for a map: groups first, then the accounts in them.

links, groups ──► CoordinationMap ──► figures.coordination (drawn)  ·  map.json (for whoever opens a group)

A line is a pair of accounts whose links are beyond chance under either null, or a pair inside one reported group.
Place means nothing: groups stand on a ring in the order of their letters, members on a spiral inside their group,
those with the most lines in the middle. Nothing is drawn by lot, so no seed is needed and equal runs look equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from groundswell.publish.edition import Edition

MOST_NODES = 5_000
"""Accounts that are placed: members first, then those with the most lines; the counts are of all."""
MOST_LINES = 20_000
OUTSIDE = -1
"""The number of those who are in no group."""

LARGEST_DISC, CENTRE = 0.34, 0.38
GOLDEN = math.pi * (3 - math.sqrt(5))
"""Turning by it, no two dots of a spiral fall in one ray."""

PAIRS = """
with member as (select unnest($account_ids::varchar[]) as account_id, unnest($numbers::bigint[]) as number),
     pair as (
         select account_a, account_b, max(n_objects) as n_objects,
                count(*) filter (q_timing <= $fdr) + count(*) filter (q_selection <= $fdr) as n_flags
         from links group by account_a, account_b
     )
select account_a, account_b, n_objects, n_flags, coalesce(a.number, -1) as number_a, coalesce(b.number, -1) as number_b
from pair
left join member as a on a.account_id = account_a left join member as b on b.account_id = account_b
where n_flags > 0 or a.number = b.number
"""

BETWEEN = """
select least(number_a, number_b), greatest(number_a, number_b), count(*), count(*) filter (n_flags > 0), sum(n_flags)
from map_pairs group by 1, 2 order by 1, 2
"""

LINES_OF = """
select account_id, count(*) from (
    select account_a as account_id from map_pairs union all select account_b from map_pairs
) group by account_id order by account_id
"""

DRAWN = """
with placed as (select unnest($account_ids::varchar[]) as account_id)
select account_a, account_b, n_objects, n_flags > 0 from map_pairs
where account_a in (select account_id from placed) and account_b in (select account_id from placed)
order by n_objects desc, account_a, account_b limit $most
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A disc of the map: a group, or all who are in none."""

    number: int
    """Of the group among those reported, which is its shape and hue; `OUTSIDE` for those in none."""
    letter: str
    n_accounts: int
    """Of a group its members; outside, the accounts that have a line."""
    n_lines: int
    """Between its own accounts."""
    n_beyond: int
    """Of these, pairs that are beyond chance by themselves."""
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An account that is placed."""

    account_id: str
    number: int
    n_lines: int
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class CoordinationMap:
    """Everything that the map shows; counts are of all accounts and lines, nodes and lines of those that are placed."""

    n_accounts: int
    """Of the edition: the whole."""
    groups: tuple[Place, ...]
    outside: Place
    between: tuple[tuple[int, int, int], ...]
    """(number, number, lines) of every two discs with a line between them; `OUTSIDE` comes first."""
    expected_wrong: float
    """Of all lines beyond chance, at most so many are expected to be chance all the same."""
    nodes: tuple[Node, ...]
    lines: tuple[tuple[int, int, int, bool], ...]
    """(node, node, objects, beyond chance)."""

    @property
    def n_members(self) -> int:
        """Accounts in a reported group; one in two groups stands in the first."""
        return sum(one.n_accounts for one in self.groups)

    @property
    def n_inside(self) -> int:
        """Lines inside groups."""
        return sum(one.n_lines for one in self.groups)

    @property
    def n_across(self) -> int:
        """Lines from one group to another."""
        return sum(n for a, _, n in self.between if a != OUTSIDE)

    @property
    def n_out(self) -> int:
        """Lines from a group to an account in none."""
        return sum(n for a, _, n in self.between if a == OUTSIDE)


def coordination_map(edition: Edition) -> CoordinationMap | None:
    """Lay out the reported groups, their members and all who are joined to them; None where no group was reported.

    Raises nothing of its own. Memory is that of one row a pair beyond chance, in the engine.
    """
    if not edition.reported:
        return None
    number_of = {
        account: number
        for number, group in reversed(list(enumerate(edition.reported)))
        for account in group.account_ids
    }
    members = sorted(number_of)
    edition.engine.define(
        "map_pairs",
        PAIRS,
        account_ids=members,
        numbers=[number_of[account] for account in members],
        fdr=edition.parameters.fdr,
    )
    counted = edition.engine.rows(BETWEEN)
    degree = dict(edition.engine.rows(LINES_OF))
    outsiders = [account for account in degree if account not in number_of]
    within = {a: (n, beyond) for a, b, n, beyond, _ in counted if a == b}
    sizes = [sum(number == at for number in number_of.values()) for at in range(len(edition.reported))]
    groups = tuple(
        Place(
            number=at,
            letter=edition.reported[at].group_id,
            n_accounts=size,
            n_lines=within.get(at, (0, 0))[0],
            n_beyond=within.get(at, (0, 0))[1],
            x=x,
            y=y,
            r=r,
        )
        for at, (size, (x, y, r)) in enumerate(zip(sizes, _ring(sizes), strict=True))
    )
    lines, beyond = within.get(OUTSIDE, (0, 0))
    outside = Place(
        number=OUTSIDE, letter="", n_accounts=len(outsiders), n_lines=lines, n_beyond=beyond, x=0.0, y=0.0, r=CENTRE
    )
    nodes = tuple(_nodes(edition, groups, outside, number_of, degree, outsiders))
    at = {node.account_id: i for i, node in enumerate(nodes)}
    drawn = edition.engine.rows(DRAWN, account_ids=sorted(at), most=MOST_LINES)
    return CoordinationMap(
        n_accounts=len(edition.redaction.places()),
        groups=groups,
        outside=outside,
        between=tuple((a, b, n) for a, b, n, _, _ in counted if a != b),
        expected_wrong=edition.parameters.fdr * sum(float(flags) for *_, flags in counted),
        nodes=nodes,
        lines=tuple((at[a], at[b], n, bool(beyond)) for a, b, n, beyond in drawn),
    )


def _ring(sizes: Sequence[int]) -> list[tuple[float, float, float]]:
    """Centre and radius of each group's disc: on a circle of radius 1 from the left, area as the number of accounts."""
    n, most = len(sizes), max(sizes, default=1)
    largest = LARGEST_DISC if n < 3 else min(LARGEST_DISC, 0.85 * math.sin(math.pi / n))
    turns = [math.pi + 2 * math.pi * at / n for at in range(n)]
    return [
        (math.cos(turn), math.sin(turn), largest * math.sqrt(max(size, 1) / most))
        for turn, size in zip(turns, sizes, strict=True)
    ]


def _nodes(
    edition: Edition,
    groups: Sequence[Place],
    outside: Place,
    number_of: dict[str, int],
    degree: dict[str, int],
    outsiders: Sequence[str],
) -> Iterator[Node]:
    """The accounts, disc by disc, those with the most lines in the middle; the last disc takes what room is left."""
    name = edition.redaction.account

    def by_lines(accounts: Sequence[str]) -> list[str]:
        return sorted(accounts, key=lambda account: (-degree.get(account, 0), name(account)))

    room = MOST_NODES
    inside = {
        place.number: by_lines([a for a, number in number_of.items() if number == place.number]) for place in groups
    }
    for place, accounts in [*((one, inside[one.number]) for one in groups), (outside, by_lines(outsiders))]:
        placed = accounts[:room]
        room -= len(placed)
        for at, account in enumerate(placed):
            far, turn = place.r * math.sqrt((at + 0.5) / len(placed)), at * GOLDEN
            yield Node(
                account_id=account,
                number=place.number,
                n_lines=degree.get(account, 0),
                x=place.x + far * math.cos(turn),
                y=place.y + far * math.sin(turn),
            )


def map_json(edition: Edition, found: CoordinationMap) -> dict[str, Any]:
    """The map for programs, under the names of the edition; places are rounded to a ten thousandth of the ring."""
    name, page = edition.redaction.account, edition.redaction.pseudonym
    return {
        "accounts": found.n_accounts,
        "groups": [_place_json(one) for one in found.groups],
        "outside": _place_json(found.outside),
        "between": [
            {"a": _letter(found, a), "b": _letter(found, b), "lines": n, "numbers": [a, b]} for a, b, n in found.between
        ],
        "expected_wrong": round(found.expected_wrong, 1),
        "nodes": [
            {
                "name": name(node.account_id),
                "page": None if node.number == OUTSIDE else f"accounts/{page(node.account_id)}.html",
                "group": node.number,
                "lines": node.n_lines,
                "x": round(node.x, 4),
                "y": round(node.y, 4),
            }
            for node in found.nodes
        ],
        "lines": [[a, b, n, int(beyond)] for a, b, n, beyond in found.lines],
    }


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "number": place.number,
        "letter": place.letter,
        "accounts": place.n_accounts,
        "lines": place.n_lines,
        "beyond": place.n_beyond,
        "x": round(place.x, 4),
        "y": round(place.y, 4),
        "r": round(place.r, 4),
    }


def _letter(found: CoordinationMap, number: int) -> str:
    return found.groups[number].letter if number != OUTSIDE else ""
