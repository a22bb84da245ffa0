"""One picture in several places: pairs joined to clusters, in the order in which the places were first seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.personas.pictures.pairs import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who showed a picture, as the user's own table tells. None is «not told»."""

    account_id: str | None = None
    name: str | None = None
    first_seen: str | None = None
    """ISO 8601, UTC. The first use seen is not always the first use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One picture of a cluster."""

    picture: str
    is_reference: bool
    bearer: Bearer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Pictures that are one picture, or parts of one, each to at least one other."""

    places: tuple[Place, ...]
    """By first sight where it is known, then by name; references last."""

    @property
    def names(self) -> tuple[str, ...]:
        """The different names under which it was shown, in the order of first sight."""
        return tuple(dict.fromkeys(place.bearer.name for place in self.places if place.bearer.name))

    @property
    def accounts(self) -> tuple[str, ...]:
        """The different accounts that showed it, in the order of first sight."""
        return tuple(dict.fromkeys(place.bearer.account_id for place in self.places if place.bearer.account_id))

    def as_json(self) -> dict[str, Any]:
        """The entry of ``pictures --json``."""
        return {
            "pictures": [place.picture for place in self.places],
            "places": [asdict(place) for place in self.places],
            "names": list(self.names),
            "accounts": list(self.accounts),
            "references": [place.picture for place in self.places if place.is_reference],
        }


def clusters(
    pairs: Iterable[Pair], references: Sequence[str] = (), bearers: Mapping[str, Bearer] | None = None
) -> tuple[Cluster, ...]:
    """Join the sure pairs; candidates join nothing until a person has looked.

    A reference joins no two pictures by itself being two things: each pair with it is a pair like any other.

    Returns
    -------
    largest first, then by the first picture's name
    """
    head: dict[str, str] = {}

    def top(name: str) -> str:
        head.setdefault(name, name)
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    for pair in pairs:
        if pair.sure:
            one, other = sorted((top(pair.a), top(pair.b)))
            head[other] = one
    members: dict[str, list[Place]] = {}
    known, shown = frozenset(references), bearers or {}
    for name in sorted(head):
        place = Place(picture=name, is_reference=name in known, bearer=shown.get(name, Bearer()))
        members.setdefault(top(name), []).append(place)
    found = [Cluster(places=tuple(sorted(places, key=_order))) for places in members.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.places), one.places[0].picture)))


def _order(place: Place) -> tuple[bool, bool, str, str]:
    seen = place.bearer.first_seen
    return place.is_reference, seen is None, seen or "", place.picture
