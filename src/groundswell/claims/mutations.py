"""What changed on the way: along each citation, what the taker says that its source does not.

    «used by accounts on a list»  ──►  «drove it on the platform»        scope: list → platform, agency: used → drove

A slot changed when the taker says something of it that the source doesn't. What is left out is no change, except the
scope: a sentence without its limits says more than one with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groundswell.claims import lexicon
from groundswell.claims.citation import Citation
from groundswell.claims.citations import Traced
from groundswell.claims.statements import SLOTS, Said, Statement

ORDERED = {
    "scope": tuple(lexicon.SCOPE),
    "agency": tuple(lexicon.AGENCY),
    "causality": tuple(lexicon.CAUSALITY),
}
"""Slots whose strongest value counts, from weak to strong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One slot that changed along one citation."""

    slot: str
    before: tuple[str, ...]
    """What the source says of it; empty where it says nothing."""
    after: tuple[str, ...]
    words: tuple[tuple[int, int], ...]
    """Where the taker says it; empty where a limit was dropped."""

    @property
    def stronger(self) -> bool | None:
        """Whether more is said than before; None where neither is more."""
        order = ORDERED.get(self.slot)
        if self.slot == "scope" and not self.after:
            return True
        if self.slot == "scope" and not self.before:
            return None
        if order:
            rank = {value: n for n, value in enumerate(order)}
            return max((rank[v] for v in self.after), default=-1) > max((rank[v] for v in self.before), default=-1)
        return True if self.slot == "identity" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A citation, the sentences on either side of it, and what changed between them."""

    citation: Citation
    changes: tuple[Change, ...]
    """In the order of slots."""
    taken: tuple[Statement, ...]
    """The taker's sentences that rest on this source."""
    source: tuple[Statement, ...]
    """What the source says of the same claims."""


def mutation_log(traced: Traced) -> tuple[Hop, ...]:
    """Every citation between two documents of the collection, with what changed along it.

    A sentence with several sources is held against each; a sentence without one belongs to the nearest source before
    it, or else after it. A sentence that rests on something found by the document itself is held against none.
    """
    by_citing: defaultdict[str, list[Citation]] = defaultdict(list)
    for one in traced.citations:
        by_citing[one.citing].append(one)
    own: defaultdict[str, list[int]] = defaultdict(list)
    for found in traced.own:
        own[found.document_id].append(found.start)
    hops = []
    for citing, listed in sorted(by_citing.items()):
        said = [one for one in traced.statements[citing] if not one.denied]
        belongs = _belonging(said, listed, own[citing])
        for number, citation in enumerate(listed):
            if citation.cited not in traced.statements:
                continue
            taken = [one for one, to in zip(said, belongs, strict=True) if number in to and _same(one, citation)]
            source = [one for one in traced.statements[citation.cited] if not one.denied and _same(one, citation)]
            hops.append(
                Hop(
                    citation=citation,
                    changes=tuple(changes(taken, source)) if taken and source else (),
                    taken=tuple(taken),
                    source=tuple(source),
                )
            )
    return tuple(hops)


def _same(one: Statement, citation: Citation) -> bool:
    return not one.claims or bool(one.claims & citation.claims)


def _belonging(said: Sequence[Statement], citations: Sequence[Citation], own: Sequence[int]) -> list[set[int]]:
    """For each sentence the citations it rests on, by number; -1 stands for an own finding."""
    anchors = [(span.start, number) for number, one in enumerate(citations) for span in one.spans if span.end > 0]
    whole = {number for number, one in enumerate(citations) if all(span.end == 0 for span in one.spans)}
    anchors += [(start, -1) for start in own]
    anchors.sort()
    found = []
    for one in said:
        here = {number for start, number in anchors if one.start <= start < one.end}
        # A copied passage covers many sentences: each of them rests on it.
        here |= {
            number
            for number, citation in enumerate(citations)
            for span in citation.spans
            if span.start < one.end and one.start < span.end
        }
        before = [number for start, number in anchors if start < one.start]
        after = [number for start, number in anchors if start >= one.end]
        found.append((here or set(before[-1:]) or set(after[:1])) | whole)
    return found


def changes(taken: Iterable[Statement], source: Iterable[Statement]) -> list[Change]:
    """The slots that the taker's sentences say something new of."""
    after, before = _profile(taken), _profile(source)
    found = []
    for slot in SLOTS:
        new, old = after.get(slot, ()), before.get(slot, ())
        values, known = tuple(dict.fromkeys(one.value for one in new)), tuple(dict.fromkeys(one.value for one in old))
        added = [one for one in new if one.value not in known]
        if slot == "scope" and known and not values:
            found.append(Change(slot=slot, before=known, after=(), words=()))
        elif added:
            words = tuple(dict.fromkeys((one.start, one.end) for one in added))
            found.append(Change(slot=slot, before=known, after=values, words=words))
    return found


def _profile(statements: Iterable[Statement]) -> dict[str, list[Said]]:
    """What sentences together say of each slot: of an ordered one the strongest."""
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for statement in statements:
        for one in statement.said:
            found[one.slot].append(one)
    for slot, order in ORDERED.items():
        if slot in found:
            top = max(found[slot], key=lambda one: order.index(one.value)).value
            found[slot] = [one for one in found[slot] if one.value == top]
    return dict(found)
