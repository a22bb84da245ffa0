"""Who took it over from whom: the four signs of a citation, joined to one edge for each two nodes.

    documents, statements ──► links · names · passages · numbers ──► citations, own findings

A hyperlink or a name counts where the document speaks of the campaign. Words that were copied bring their own links
and names along: a citation inside a copied passage is the original's, and the copy rests on the original alone. The
same number within 72 hours is a guess, made only where nothing else says where a document has it from.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from groundswell.claims import lexicon
from groundswell.claims.citation import CONFIDENCE, OUTSIDE, OUTSIDE_PREFIX, WHOLE_COPY, Basis, Citation, Span
from groundswell.claims.document import Document, Kind, address, host_of
from groundswell.claims.names import Names, folded
from groundswell.claims.passages import Passage, passages
from groundswell.claims.sentences import sentences
from groundswell.claims.statements import Claim, Statement, statements, topic_pattern
from groundswell.model.progress import Progress, silent

SAME_NUMBER_WITHIN = timedelta(hours=72)
LEAST_NUMBER = 10
"""Smaller numbers are everywhere."""
MOST_CANDIDATES = 100
"""Documents of a house that a name may mean: its latest before. A house with thousands would cost their square."""
_TAG_PAGE = re.compile(r"/(?:hashtags?|tags?|topics?|search|explore)(?:[/?]|$)")
_CONTENT = re.compile(r"\w{4,}|\d[\d,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFinding:
    """A document rests on something that it found itself, and says so here."""

    document_id: str
    claims: frozenset[Claim]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """All that was read out of the documents, before anything is counted."""

    about: str
    documents: tuple[Document, ...]
    statements: Mapping[str, tuple[Statement, ...]]
    """By document."""
    citations: tuple[Citation, ...]
    """Sorted by citing and cited."""
    own: tuple[OwnFinding, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign of a citation, before signs are joined."""

    citing: str
    cited: str
    basis: Basis
    start: int
    end: int
    confidence: float


def trace_citations(documents: Sequence[Document], about: str, *, progress: Progress = silent) -> Traced:
    """Read who took what over from whom.

    Parameters
    ----------
    documents
        In order of time; see `read_documents`.
    about
        The hashtag or phrase that the campaign is known by.
    """
    topic = topic_pattern(about)
    said: dict[str, tuple[Statement, ...]] = {}
    for n, one in enumerate(documents):
        said[one.document_id] = statements(one, topic)
        progress("Reading what is said", n + 1, len(documents))
    work = _Collection(documents, said)
    copied = work.copied()
    signs: list[_Sign] = []
    own: list[OwnFinding] = []
    for n, one in enumerate(documents):
        if said[one.document_id]:
            explicit = [*work.links(one), *work.names(one)]
            own += work.own(one)
            signs += work.settled(one, explicit, copied.get(one.document_id, ()))
        progress("Looking for citations", n + 1, len(documents))
    sourced = {sign.citing for sign in signs} | {one.document_id for one in own}
    signs += work.same_numbers(sourced)
    return Traced(
        about=about,
        documents=tuple(documents),
        statements=said,
        citations=tuple(_joined(signs, said)),
        own=tuple(sorted(own, key=lambda one: (one.document_id, one.start))),
    )


class _Collection:
    """The documents with what is needed to look things up in them."""

    def __init__(self, documents: Sequence[Document], said: Mapping[str, tuple[Statement, ...]]) -> None:
        self._documents = documents
        self._said = said
        self._by_id = {one.document_id: one for one in documents}
        self._place = {one.document_id: i for i, one in enumerate(documents)}
        self._by_address: dict[str, Document] = {}
        self._by_host: defaultdict[str, list[Document]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Document]] = defaultdict(list)
        for one in documents:
            if one.kind is Kind.COMMENTS:
                continue
            if place := address(one.url):
                self._by_address.setdefault(place, one)
            if host := host_of(one.url):
                self._by_host[host].append(one)
            if one.publisher:
                self._by_name[folded(one.publisher)].append(one)
        self._names = Names(documents)
        self._words: dict[str, frozenset[str]] = {}

    def links(self, one: Document) -> Iterator[_Sign]:
        """Hyperlinks to documents about the campaign; out of the collection only from a sentence about it."""
        if (original := self._at(one.canonical)) and original is not one:
            yield self._sign(one, original.document_id, Basis.CREDIT, 0, len(one.title))
        for link in one.links:
            target = self._at(link.url)
            if target is None and (place := address(link.url)) and "/" not in place and "?" not in place:
                # A home page stands for what its house says about the campaign.
                target = self._best(one, self._by_host.get(place, ()), link.start, link.end)
            if target is one or (target is None and host_of(link.url) == host_of(one.url)):
                continue
            if target is not None:
                if self._said[target.document_id] or target.kind is Kind.DATASET:
                    yield self._sign(one, target.document_id, Basis.LINK, link.start, link.end)
            elif self._speaks(one, link.start, link.end) and not _names_a_tag(one, link.start, link.url):
                yield self._sign(
                    one, OUTSIDE_PREFIX + (address(link.url) or ""), Basis.LINK, link.start, link.end, OUTSIDE
                )

    def names(self, one: Document) -> Iterator[_Sign]:
        """Names of sources in sentences about the campaign and in credits."""
        house = folded(one.publisher) if one.publisher else ""
        speaking = {statement.span: statement for statement in self._said[one.document_id]}
        for span in sentences(one.text):
            statement = speaking.get(span)
            credit = _CREDIT.search(one.text, *span)
            if statement is None and not credit:
                continue
            for mention in self._names.mentions(one.text, span):
                if mention.name == house or one.text[mention.end : mention.end + 1] == "@":
                    continue
                in_credit = credit is not None and credit.start() <= mention.start <= credit.end() + 60
                if statement is None and not (in_credit and mention.known):
                    continue
                if mention.end <= len(one.title):
                    continue
                basis = Basis.NAMED if mention.reported or in_credit else Basis.MENTIONED
                held = self._linked(one, mention.name, span) or self._best(
                    one, self._by_name.get(mention.name, ()), *span
                )
                node = held.document_id if held else OUTSIDE_PREFIX + mention.name
                yield self._sign(one, node, basis, mention.start, mention.end)

    def own(self, one: Document) -> Iterator[OwnFinding]:
        """Places where a document speaks of what it found itself."""
        house = re.escape(one.publisher) if one.publisher else None
        patterns = [lexicon.OWN]
        if house:
            patterns.append(re.compile(rf"(?<!\w){house}\s+(?:has\s+)?{lexicon.OWN_DOING}(?!\w)"))
        for statement in self._said[one.document_id]:
            # Who says «we started it» is the first to know.
            first_hand = [lexicon.FIRST_PERSON] if Claim.PEOPLE in statement.claims else []
            for pattern in (*patterns, *first_hand):
                if statement.end > len(one.title) and (found := pattern.search(one.text, *statement.span)):
                    claims = statement.claims or self._claims_near(one, found.start())
                    yield OwnFinding(document_id=one.document_id, claims=claims, start=found.start(), end=found.end())
                    break

    def copied(self) -> Mapping[str, list[Passage]]:
        """Passages about the campaign, by the document that took them over."""
        found: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in passages(self._documents):
            one = self._documents[passage.document]
            if self._speaks(one, passage.start, passage.end):
                found[one.document_id].append(passage)
        return found

    def settled(self, one: Document, explicit: list[_Sign], copied: Iterable[Passage]) -> Iterator[_Sign]:
        """Weigh explicit signs and copied passages against each other."""
        kept = list(explicit)
        for passage in copied:
            holder = self._documents[passage.holder].document_id
            kept = [
                sign
                for sign in kept
                if self._has(passage, sign.cited)
                or sign.basis is Basis.CREDIT
                or not (passage.start <= sign.start and sign.end <= passage.end and sign.end > sign.start)
            ]
            explained = any(self._has(passage, sign.cited) for sign in kept) or (
                _in_quotation_marks(one.text, passage) and any(self._same_sentence(one, sign, passage) for sign in kept)
            )
            if not explained:
                confidence = WHOLE_COPY if passage.part >= 0.5 else CONFIDENCE[Basis.COPIED]
                kept.append(_Sign(one.document_id, holder, Basis.COPIED, passage.start, passage.end, confidence))
        yield from kept
        yield from self._own_data(one)

    def _has(self, passage: Passage, node: str) -> bool:
        """Whether a node is a document with the words of a passage."""
        return node in self._place and passage.is_in(self._place[node])

    def _own_data(self, one: Document) -> Iterator[_Sign]:
        """A house that speaks of its own list rests on it, where the collection holds it."""
        if not one.publisher:
            return
        lists = [
            other
            for other in self._by_name[folded(one.publisher)]
            if other.kind is Kind.DATASET and other is not one and _before(other, one)
        ]
        for found in self.own(one):
            if lists:
                yield self._sign(one, lists[-1].document_id, Basis.OWN_DATA, found.start, found.end)

    def same_numbers(self, sourced: set[str]) -> Iterator[_Sign]:
        """Guess the source of documents without one: the earliest with the same number of the same thing."""
        recent: defaultdict[str, deque[tuple[datetime, Document, frozenset[Claim]]]] = defaultdict(deque)
        for one in self._documents:
            if one.published is None or one.kind is Kind.COMMENTS:
                continue
            told = [
                (said, statement)
                for statement in self._said[one.document_id]
                for said in statement.said
                if said.slot == "quantity" and _telling(said.value)
            ]
            if one.document_id not in sourced and one.is_report:
                guessed: dict[str, _Sign] = {}
                for said, statement in told:
                    source = _earliest(recent[said.value], one.published, statement.claims)
                    if source is not None:
                        sign = self._sign(one, source.document_id, Basis.NUMBER, said.start, said.end)
                        guessed.setdefault(source.document_id, sign)
                yield from guessed.values()
            for said, statement in told:
                recent[said.value].append((one.published, one, statement.claims))

    def _at(self, url: str | None) -> Document | None:
        return self._by_address.get(address(url) or "")

    def _best(self, one: Document, candidates: Sequence[Document], start: int, end: int) -> Document | None:
        """Of a house's documents the one that these words most likely mean: said before, most alike, latest."""
        words = frozenset(found[0].casefold() for found in _CONTENT.finditer(one.text, start, end))
        spoken = list(
            islice(
                (each for each in reversed(candidates) if self._said[each.document_id] and _before(each, one)),
                MOST_CANDIDATES + 1,
            )
        )
        spoken = [each for each in spoken if each is not one]
        if not spoken:
            return None
        return max(
            spoken, key=lambda other: (len(words & self._vocabulary(other)), str(other.published), other.document_id)
        )

    def _linked(self, one: Document, name: str, span: tuple[int, int]) -> Document | None:
        """The document of that name which the same sentence links to."""
        for link in one.links:
            target = self._at(link.url) if span[0] <= link.start < span[1] else None
            if target is not None and target is not one and folded(target.publisher or "") == name:
                return target
        return None

    def _vocabulary(self, one: Document) -> frozenset[str]:
        """The longer words of what a document says of the campaign."""
        if (known := self._words.get(one.document_id)) is None:
            spans = [statement.span for statement in self._said[one.document_id]]
            known = frozenset(found[0].casefold() for span in spans for found in _CONTENT.finditer(one.text, *span))
            self._words[one.document_id] = known
        return known

    def _speaks(self, one: Document, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in (statement.span for statement in self._said[one.document_id]))

    def _same_sentence(self, one: Document, sign: _Sign, passage: Passage) -> bool:
        spans = [statement.span for statement in self._said[one.document_id]]
        return any(a <= sign.start < b and a < passage.end and passage.start < b for a, b in spans)

    def _claims_near(self, one: Document, place: int) -> frozenset[Claim]:
        return claims_near(self._said[one.document_id], place)

    def _sign(
        self, one: Document, node: str, basis: Basis, start: int, end: int, confidence: float | None = None
    ) -> _Sign:
        sure = CONFIDENCE[basis] if confidence is None else confidence
        return _Sign(one.document_id, node, basis, start, end, sure)


_CREDIT = re.compile(r"\((?=[A-Z])|\b(?:[Ss]ource|[Vv]ia|[Cc]redit|[Ww]ith\s+material\s+(?:from|by))\s*:?\s")


def claims_near(said: Sequence[Statement], place: int) -> frozenset[Claim]:
    """What a place in a text is about: the claims of its sentence, or of the nearest before it, or after it."""
    making = [statement for statement in said if statement.claims]
    around = [statement for statement in making if statement.start <= place < statement.end]
    before = [statement for statement in making if statement.end <= place]
    after = [statement for statement in making if statement.start > place]
    near = around or before[-1:] or after[:1]
    return frozenset(claim for statement in near for claim in statement.claims)


def _earliest(
    recent: deque[tuple[datetime, Document, frozenset[Claim]]], at: datetime, claims: frozenset[Claim]
) -> Document | None:
    """The earliest with a number, within 72 hours before; those older are dropped for good, since times only grow."""
    while recent and recent[0][0] < at - SAME_NUMBER_WITHIN:
        recent.popleft()
    return next((source for time, source, theirs in recent if time < at and theirs & claims), None)


def _joined(signs: Iterable[_Sign], said: Mapping[str, tuple[Statement, ...]]) -> Iterator[Citation]:
    """One citation for each two nodes, with all the signs of it."""
    pairs: defaultdict[tuple[str, str], set[_Sign]] = defaultdict(set)
    for sign in signs:
        pairs[sign.citing, sign.cited].add(sign)
    for (citing, cited), found in sorted(pairs.items()):
        ordered = sorted(found, key=lambda sign: (-sign.confidence, sign.start, sign.end, sign.basis))
        yield Citation(
            citing=citing,
            cited=cited,
            claims=frozenset(claim for sign in ordered for claim in _claims_of(sign, said[citing])),
            spans=tuple(
                Span(basis=sign.basis, start=sign.start, end=sign.end, confidence=sign.confidence) for sign in ordered
            ),
        )


def _claims_of(sign: _Sign, said: Sequence[Statement]) -> frozenset[Claim]:
    if sign.basis is Basis.CREDIT or sign.start == sign.end:
        return frozenset(claim for statement in said for claim in statement.claims)
    over = [statement for statement in said if statement.start < sign.end and sign.start < statement.end]
    claims = frozenset(claim for statement in over for claim in statement.claims)
    return claims or claims_near(said, sign.start)


def _before(earlier: Document, later: Document) -> bool:
    """Whether a document can have been known to another; an unknown time is no obstacle."""
    if earlier.published is None or later.latest is None:
        return True
    return earlier.published <= later.latest


def _names_a_tag(one: Document, start: int, url: str) -> bool:
    """Whether a link only leads to the hashtag itself."""
    return one.text[start : start + 1] == "#" or bool(_TAG_PAGE.search(url))


def _in_quotation_marks(text: str, passage: Passage) -> bool:
    before, after = text[max(0, passage.start - 2) : passage.start], text[passage.end : passage.end + 3]
    return any(mark in before for mark in '"“‘«„') and any(mark in after for mark in '"”’»“')


def _telling(value: str) -> bool:
    """Whether a quantity is rare enough to point at a source."""
    number = value.split(" ", 1)[0].replace(".", "", 1)
    if value.startswith("place"):
        return value != "place 1"
    return number.isdecimal() and float(value.split(" ", 1)[0]) >= LEAST_NUMBER
