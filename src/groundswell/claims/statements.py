"""What a document says of the campaign: sentences, which claim each makes, and what it says of each slot.

    Document, "#OpenGate" ──► statements       span · claim · scope, agency, identity, causality, time, quantity

A sentence counts if it names the campaign, or goes on about it within two sentences of one that does. A part of it
that is denied («do not measure how widespread…») says nothing; a sentence that is denied altogether is a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from groundswell.claims import lexicon
from groundswell.claims.document import Document, Kind
from groundswell.claims.sentences import Span, clauses, sentences

NEAR = 2
"""Sentences before and after one that names the campaign which may go on about it without the name."""


class Claim(StrEnum):
    """What may be claimed of a campaign. Documents that claim one thing do not back up another."""

    SPREAD = "spread"
    """Accounts used, pushed or drove it."""
    PERSONAS = "personas"
    """Profiles in it show pictures or names that are not their own."""
    PEOPLE = "people"
    """People took part of their own accord."""


SLOTS = ("scope", "agency", "identity", "causality", "time", "quantity")
"""What is compared along a hop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One value of one slot, and the words that say it."""

    slot: str
    value: str
    """Such as ``platform``, ``drove``, ``48 hours`` or ``600 accounts``."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence about the campaign."""

    document_id: str
    start: int
    end: int
    claims: frozenset[Claim]
    said: tuple[Said, ...]
    """In the order of slots and places."""
    named: bool
    """Whether the sentence itself names the campaign."""
    denied: bool
    hedged: bool

    @property
    def span(self) -> Span:
        """First character and the one after the last."""
        return self.start, self.end

    def values(self, slot: str) -> frozenset[str]:
        """What it says of a slot."""
        return frozenset(one.value for one in self.said if one.slot == slot)


def topic_pattern(about: str) -> re.Pattern[str]:
    """Where a text names the campaign: the hashtag or phrase, in any case, not inside a longer word.

    >>> bool(topic_pattern("#OpenGate").search("use #opengate now")), bool(topic_pattern("#Open").search("#OpenGate"))
    (True, False)
    """
    return re.compile(rf"(?<!\w){re.escape(about.strip())}(?!\w)", re.IGNORECASE)


def statements(document: Document, topic: re.Pattern[str]) -> tuple[Statement, ...]:
    """The statements of a document in their order; replies make none."""
    if document.kind is Kind.COMMENTS or not topic.search(document.text):
        return ()
    text = document.text
    spans = sentences(text)
    names = [bool(topic.search(text, a, b)) for a, b in spans]
    found: list[Statement] = []
    for at, (start, end) in enumerate(spans):
        near = any(names[max(0, at - NEAR) : at + NEAR + 1])
        goes_on = near and (
            lexicon.ABOUT_ACCOUNTS.search(text, start, end) or lexicon.DEFINITE.search(text, start, end)
        )
        if names[at] or goes_on:
            found.append(_statement(document, (start, end), named=names[at]))
    return tuple(one for one in found if one.said or (one.named and one.claims))


def _statement(document: Document, span: Span, *, named: bool) -> Statement:
    text = document.text
    parts = clauses(text, span)
    kept = [part for part in parts if not lexicon.DENIAL.search(text, *part)]
    found = (one for part in kept for one in slots_of(text, part))
    # What accounts did elsewhere («had spread other stories») is not what they did with the campaign.
    about_it = named or lexicon.DEFINITE.search(text, *span) or span[0] == 0
    said = tuple(sorted((one for one in found if about_it or one.slot not in ("agency", "causality")), key=_place))
    claims = _claims(text, kept, said)
    denied = not kept or (not claims and len(kept) < len(parts))
    return Statement(
        document_id=document.document_id,
        start=span[0],
        end=span[1],
        claims=_claims(text, parts, said) if denied else claims,
        said=said,
        named=named,
        denied=denied,
        hedged=bool(lexicon.HEDGE.search(text, *span)),
    )


def _place(one: Said) -> tuple[int, int, str]:
    return SLOTS.index(one.slot), one.start, one.value


def _claims(text: str, parts: Iterable[Span], said: tuple[Said, ...]) -> frozenset[Claim]:
    """Which claim a sentence makes: the narrowest that its words allow."""
    listed = list(parts)
    if any(lexicon.PERSONA.search(text, *part) for part in listed):
        return frozenset((Claim.PERSONAS,))
    if any(lexicon.PEOPLE.search(text, *part) for part in listed):
        return frozenset((Claim.PEOPLE,))
    acts = any(one.slot in ("agency", "causality", "identity") for one in said)
    if acts or any(
        lexicon.POPULAR.search(text, *part) or lexicon.ABOUT_ACCOUNTS.search(text, *part) for part in listed
    ):
        return frozenset((Claim.SPREAD,))
    return frozenset()


def slots_of(text: str, span: Span) -> Iterator[Said]:
    """What one clause says of each slot.

    >>> sorted((one.slot, one.value) for one in slots_of("600 bots drove it for two days.", (0, 31)))
    [('agency', 'drove'), ('identity', 'automated'), ('quantity', '600 accounts'), ('time', '48 hours')]
    """
    for slot, levels in (("scope", lexicon.SCOPE), ("agency", lexicon.AGENCY), ("causality", lexicon.CAUSALITY)):
        yield from _highest(text, span, slot, levels)
    for value, pattern in lexicon.IDENTITY.items():
        for found in pattern.finditer(text, *span):
            yield Said(slot="identity", value=value, start=found.start(), end=found.end())
    for found in lexicon.DURATION.finditer(text, *span):
        yield Said(slot="time", value=_duration(found), start=found.start(), end=found.end())
    yield from _quantities(text, span)


def _highest(text: str, span: Span, slot: str, levels: Mapping[str, re.Pattern[str]]) -> Iterator[Said]:
    """The strongest level of an ordered slot, with all its places."""
    for value, pattern in reversed(list(levels.items())):
        hits = [Said(slot=slot, value=value, start=hit.start(), end=hit.end()) for hit in pattern.finditer(text, *span)]
        if hits:
            yield from hits
            return


def _duration(found: re.Match[str]) -> str:
    """A length of time in hours up to a week, so that «two days» and «48 hours» are one.

    A length without a number stays the word: «for days».
    """
    if found[3]:
        return "overnight"
    unit = found[2].lower()
    number = (found[1] or "").strip().lower()
    n = NUMBERS.get(number) or (int(number.replace(",", "")) if number.replace(",", "").isdecimal() else None)
    hours = {"hour": 1, "day": 24, "week": 168}.get(unit.removesuffix("s"))
    if n is None and unit.endswith("s"):
        return unit
    return f"{(n or 1) * hours} hours" if hours else f"{n or 1} {unit.removesuffix('s')}s"


NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "a hundred": 100, "a dozen": 12}
ORDINALS = {
    word: n
    for n, word in enumerate(
        ["zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    )
}


def _quantities(text: str, span: Span) -> Iterator[Said]:
    for found in lexicon.COUNT.finditer(text, *span):
        number = found[1].replace(",", "").rstrip(".")
        yield _quantity(f"{number} {noun(found[3])}", found)
    for found in lexicon.VAGUE.finditer(text, *span):
        yield _quantity(f"{' '.join(found[1].lower().split())} of {noun(found[3])}", found)
    for found in lexicon.PORTION.finditer(text, *span):
        yield _quantity(f"{' '.join(found[1].lower().split())} of {noun(found[2])}", found)
    for found in lexicon.RANK.finditer(text, *span):
        ordinal = (found[1] or found[2] or "").lower()
        place = ORDINALS.get(ordinal) or (int(re.sub(r"\D", "", ordinal)) if ordinal else None)
        yield _quantity(f"place {place}" if place else "at or near the top", found)


def noun(word: str) -> str:
    """One name for what is counted.

    >>> noun("Profiles"), noun("tweets"), noun("people")
    ('accounts', 'posts', 'people')
    """
    bare = word.lower()
    return lexicon.NOUNS.get(bare) or lexicon.NOUNS[bare.removesuffix("s")]


def _quantity(value: str, found: re.Match[str]) -> Said:
    return Said(slot="quantity", value=value, start=found.start(), end=found.end())
