"""Everything that is said of a campaign's claims, in one value: what pages, files and JSON are made of.

documents ──trace_citations──► Traced ──per claim──► roots · loops · hops ──► Provenance
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from groundswell.claims.citation import Citation
from groundswell.claims.citations import Traced, trace_citations
from groundswell.claims.document import Document, Kind
from groundswell.claims.graph import Graph, graph
from groundswell.claims.judgements import Judgement, Standing, standings
from groundswell.claims.loops import Circle, circular
from groundswell.claims.mutations import Hop, mutation_log
from groundswell.claims.read_documents import LeftOut, Reading
from groundswell.claims.roots import DRAWS, Roots, find_roots
from groundswell.claims.statements import Claim, Statement
from groundswell.claims.topic import likely_topic
from groundswell.claims.wording import change_words, headline, lede, standing_sentence
from groundswell.errors import NothingToDo
from groundswell.model.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAccount:
    """One claim: who says so, and what it rests on."""

    claim: Claim
    graph: Graph
    roots: Roots
    circles: tuple[Circle, ...]
    headline: str
    lede: str


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What was read, what was found, and what people said of it."""

    traced: Traced
    left_out: tuple[LeftOut, ...]
    accounts: tuple[ClaimAccount, ...]
    """The claim with the most documents first; those that nobody makes are missing."""
    hops: tuple[Hop, ...]
    standings: Mapping[str, Standing]

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """The documents."""
        return {one.document_id: one for one in self.traced.documents}

    @property
    def n_reports(self) -> int:
        """Articles and posts: the denominator of those who say so."""
        return sum(one.is_report for one in self.traced.documents)

    def standing(self, citation: Citation) -> Standing:
        """What people said of a citation."""
        return self.standings.get(citation.citation_id, Standing.UNCONFIRMED)

    def standing_sentence(self) -> str:
        """How much of it people have looked at."""
        given = Counter(self.standing(one) for one in self.traced.citations)
        return standing_sentence(given[Standing.CONFIRMED], given[Standing.REJECTED], len(self.traced.citations))

    def quote(self, document_id: str, start: int, end: int) -> str:
        """Words of a document."""
        return " ".join(self.by_id[document_id].text[start:end].split())

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values; every number with its denominator, every citation with its words."""
        return {
            "about": self.traced.about,
            "confirmed": self.standing_sentence(),
            "n_documents": len(self.traced.documents),
            "n_articles_and_posts": self.n_reports,
            "n_threads_of_replies": sum(one.kind is Kind.COMMENTS for one in self.traced.documents),
            "n_replies_set_aside": sum(one.n_replies for one in self.traced.documents),
            "documents": [_document(one) for one in self.traced.documents],
            "left_out": [{"file": one.file, "row": one.row, "reason": one.reason} for one in self.left_out],
            "claims": [self._account(one) for one in self.accounts],
            "statements": [self._statement(one) for listed in self.traced.statements.values() for one in listed],
            "citations": [self._citation(one) for one in self.traced.citations],
            "own_findings": [
                {
                    "document": one.document_id,
                    "claims": sorted(one.claims),
                    "quote": self.quote(one.document_id, one.start, one.end),
                    "start": one.start,
                    "end": one.end,
                }
                for one in self.traced.own
            ],
            "hops": [self._hop(one) for one in self.hops if one.changes],
            "n_hops_compared": sum(bool(one.taken and one.source) for one in self.hops),
        }

    def _account(self, account: ClaimAccount) -> dict[str, Any]:
        roots = account.roots
        return {
            "claim": str(account.claim),
            "sentence": account.headline,
            "caveat": account.lede,
            "n_documents": roots.n_documents,
            "of_articles_and_posts": self.n_reports,
            "effective_roots": roots.effective,
            "low": roots.low,
            "high": roots.high,
            "level": 0.95,
            "n_draws": roots.n_draws,
            "seed": roots.seed,
            "n_unsourced": roots.n_unsourced,
            "effective_if_unsourced_share_the_heaviest": roots.if_shared,
            "roots": [
                {
                    "node": root.node,
                    "name": root.name,
                    "kind": str(root.kind),
                    "weight": root.weight,
                    "members": list(root.members),
                }
                for root in roots.roots
            ],
            "supporters": [account.graph.nodes[i] for i in account.graph.supporters],
            "circular": [
                {"path": list(one.path), "of": "documents" if one.of_documents else "houses"} for one in account.circles
            ],
        }

    def _statement(self, one: Statement) -> dict[str, Any]:
        return {
            "document": one.document_id,
            "start": one.start,
            "end": one.end,
            "quote": self.quote(one.document_id, one.start, one.end),
            "claims": sorted(one.claims),
            "denied": one.denied,
            "hedged": one.hedged,
            "slots": [
                {
                    "slot": said.slot,
                    "value": said.value,
                    "quote": self.quote(one.document_id, said.start, said.end),
                    "start": said.start,
                    "end": said.end,
                }
                for said in one.said
            ],
        }

    def _citation(self, one: Citation) -> dict[str, Any]:
        return {
            "id": one.citation_id,
            "citing": one.citing,
            "cited": one.cited,
            "basis": str(one.basis),
            "confidence": one.confidence,
            "standing": str(self.standing(one)),
            "claims": sorted(one.claims),
            "spans": [
                {
                    "basis": str(span.basis),
                    "confidence": span.confidence,
                    "start": span.start,
                    "end": span.end,
                    "quote": self.quote(one.citing, span.start, span.end),
                }
                for span in one.spans
            ],
        }

    def _hop(self, one: Hop) -> dict[str, Any]:
        return {
            "citation": one.citation.citation_id,
            "citing": one.citation.citing,
            "cited": one.citation.cited,
            "before": [self.quote(each.document_id, each.start, each.end) for each in one.source],
            "after": [self.quote(each.document_id, each.start, each.end) for each in one.taken],
            "changes": [
                {
                    "slot": change.slot,
                    "before": list(change.before),
                    "after": list(change.after),
                    "stronger": change.stronger,
                    "in_words": change_words(change),
                    "quotes": [self.quote(one.citation.citing, *span) for span in change.words],
                }
                for change in one.changes
            ],
        }


def provenance(
    reading: Reading,
    *,
    about: str | None = None,
    judgements: Iterable[Judgement] = (),
    n_draws: int = DRAWS,
    seed: int = 0,
    progress: Progress = silent,
) -> Provenance:
    """Trace the claims about a campaign to their roots.

    Parameters
    ----------
    about
        The hashtag or phrase; if None, the hashtag that the most documents hold.
    judgements
        What people said of citations, in the order of time.

    Raises
    ------
    NothingToDo
        There is no document, or none that names the campaign.
    """
    if not reading.documents:
        raise NothingToDo(
            "There is no article or post in these files.\n"
            f"  {reading.n_rows:,} rows were read, and none has a text.\n"
            "  Give pages as .html, texts as .txt or .md, or a table with url, publisher, published, title and text."
        )
    about = about or likely_topic(reading.documents)
    traced = trace_citations(reading.documents, about, progress=progress)
    if not any(traced.statements.values()):
        raise NothingToDo(
            f"None of the {len(reading.documents):,} documents says anything of {about}.\n"
            "  Name the campaign as they write it: `--about '#OpenGate'`."
        )
    given = standings(judgements)
    by_id = {one.document_id: one for one in traced.documents}
    n_reports = sum(one.is_report for one in traced.documents)
    accounts = []
    for n, claim in enumerate(Claim):
        of = graph(traced, claim, given)
        if of.supporters:
            roots = find_roots(of, by_id, n_draws=n_draws, seed=seed)
            accounts.append(
                ClaimAccount(
                    claim=claim,
                    graph=of,
                    roots=roots,
                    circles=circular(of, by_id),
                    headline=headline(claim, about, roots, n_reports),
                    lede=lede(roots),
                )
            )
        progress("Counting independent roots", n + 1, len(Claim))
    return Provenance(
        traced=traced,
        left_out=reading.left_out,
        accounts=tuple(sorted(accounts, key=lambda one: (-one.roots.n_documents, one.claim))),
        hops=_without_rejected(mutation_log(traced), given),
        standings=given,
    )


def _without_rejected(hops: Sequence[Hop], given: Mapping[str, Standing]) -> tuple[Hop, ...]:
    return tuple(hop for hop in hops if given.get(hop.citation.citation_id) is not Standing.REJECTED)


def _document(one: Document) -> dict[str, Any]:
    return {
        "id": one.document_id,
        "kind": str(one.kind),
        "title": one.title,
        "url": one.url,
        "publisher": one.publisher,
        "author": one.author,
        "published": one.published.isoformat() if one.published else None,
        "modified": one.modified.isoformat() if one.modified else None,
        "n_links": len(one.links),
        "n_replies_set_aside": one.n_replies,
        "file": one.file,
        "row": one.row,
        "sha256": one.sha256,
    }
