"""The graph for other programs: W3C PROV, Web Annotation and schema.org ClaimReview, each as JSON-LD.

    prov.jsonld           documents, houses, who derived what from whom, primary sources
    annotations.jsonld    one annotation a citation sign and a statement, with quotation and position
    claim_reviews.jsonld  who made each claim, where it appeared first; the rating says «not assessed»

Contexts are written out where they are short, so that reading them needs no network. People's standing travels with
every citation: what nobody has looked at says «unconfirmed» there, too.
https://www.w3.org/TR/prov-o/, https://www.w3.org/TR/annotation-model/, https://schema.org/ClaimReview
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from groundswell.claims.citation import OUTSIDE_PREFIX, Basis, is_outside
from groundswell.claims.document import Document
from groundswell.claims.graph import OWN_PREFIX
from groundswell.claims.provenance import Provenance
from groundswell.claims.statements import Statement
from groundswell.claims.wording import NOT_TRUTH, claim_words

PROV_CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "gs": "urn:groundswell:terms:",
    "prov:wasDerivedFrom": {"@type": "@id"},
    "prov:wasQuotedFrom": {"@type": "@id"},
    "prov:hadPrimarySource": {"@type": "@id"},
    "prov:wasAttributedTo": {"@type": "@id"},
    "prov:entity": {"@type": "@id"},
    "prov:generatedAtTime": {"@type": "xsd:dateTime"},
}
AROUND = 32
"""Characters before and after a quotation, by which it is found again in a page that has changed."""


def iri(document: Document) -> str:
    """The address of a document, or a name made of its file and row."""
    if document.url and urlsplit(document.url).scheme in ("http", "https"):
        return quote(document.url, safe=":/?#[]@!$&'()*+,;=%~-._")
    return "urn:groundswell:document:" + sha256(document.document_id.encode()).hexdigest()[:16]


def _node(found: Provenance, node: str) -> str:
    if node in found.by_id:
        return iri(found.by_id[node])
    kind = "outside" if is_outside(node) else "own"
    return f"urn:groundswell:{kind}:" + quote(node.removeprefix(OUTSIDE_PREFIX).removeprefix(OWN_PREFIX), safe="")


def _house(name: str) -> str:
    return "urn:groundswell:house:" + quote(name, safe="")


def prov(found: Provenance) -> dict[str, Any]:
    """Documents as entities, houses as agents, citations as qualified derivations."""
    outside = sorted({one.cited for one in found.traced.citations if is_outside(one.cited)})
    own = {one.document_id for one in found.traced.own}
    houses = sorted({one.publisher for one in found.traced.documents if one.publisher})
    primary: dict[str, set[str]] = {}
    for account in found.accounts:
        sources = {root.node for root in account.roots.roots}
        for edge in account.graph.sure():
            cited = account.graph.nodes[edge.b]
            if cited in sources:
                primary.setdefault(account.graph.nodes[edge.a], set()).add(_node(found, cited))
    graph: list[dict[str, Any]] = [
        {"@id": _house(name), "@type": ["prov:Agent", "prov:Organization"], "dcterms:title": name} for name in houses
    ]
    graph += [
        {"@id": _node(found, node), "@type": "prov:Entity", "dcterms:title": node.removeprefix(OUTSIDE_PREFIX)}
        for node in outside
    ]
    for one in found.traced.documents:
        entity: dict[str, Any] = {"@id": iri(one), "@type": "prov:Entity", "dcterms:title": one.title}
        if one.published:
            entity["prov:generatedAtTime"] = one.published.isoformat()
        if one.publisher:
            entity["prov:wasAttributedTo"] = _house(one.publisher)
        entity["gs:kind"] = str(one.kind)
        entity["gs:sha256"] = one.sha256
        if one.document_id in own:
            entity["gs:ownFinding"] = True
        citations = [each for each in found.traced.citations if each.citing == one.document_id]
        if citations:
            entity["prov:wasDerivedFrom"] = [_node(found, each.cited) for each in citations]
            entity["prov:qualifiedDerivation"] = [
                {
                    "@type": "prov:Quotation" if each.basis is Basis.COPIED else "prov:Derivation",
                    "prov:entity": _node(found, each.cited),
                    "gs:citation": each.citation_id,
                    "gs:basis": str(each.basis),
                    "gs:confidence": each.confidence,
                    "gs:standing": str(found.standing(each)),
                }
                for each in citations
            ]
        if copied := [_node(found, each.cited) for each in citations if each.basis is Basis.COPIED]:
            entity["prov:wasQuotedFrom"] = copied
        if one.document_id in primary:
            entity["prov:hadPrimarySource"] = sorted(primary[one.document_id])
        graph.append(entity)
    return {"@context": PROV_CONTEXT, "@graph": graph}


def _selectors(document: Document, start: int, end: int) -> list[dict[str, Any]]:
    text = document.text
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def web_annotations(found: Provenance) -> dict[str, Any]:
    """One annotation for each statement and each sign of a citation."""
    items: list[dict[str, Any]] = []
    for listed in found.traced.statements.values():
        for n, one in enumerate(listed):
            document = found.by_id[one.document_id]
            items.append(
                {
                    "id": f"{iri(document)}#groundswell-statement-{n}",
                    "type": "Annotation",
                    "motivation": "classifying",
                    "body": {"type": "TextualBody", "format": "text/plain", "value": _slots(one)},
                    "target": {"source": iri(document), "selector": _selectors(document, one.start, one.end)},
                }
            )
    for citation in found.traced.citations:
        document = found.by_id[citation.citing]
        for n, span in enumerate(citation.spans):
            if span.start == span.end:
                continue
            items.append(
                {
                    "id": f"urn:groundswell:citation:{citation.citation_id}:{n}",
                    "type": "Annotation",
                    "motivation": "linking",
                    "body": [
                        {"type": "SpecificResource", "source": _node(found, citation.cited), "purpose": "linking"},
                        {
                            "type": "TextualBody",
                            "format": "text/plain",
                            "purpose": "describing",
                            "value": f"{span.basis}, {found.standing(citation)}",
                        },
                    ],
                    "target": {"source": iri(document), "selector": _selectors(document, span.start, span.end)},
                }
            )
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:groundswell:annotations",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {"id": "urn:groundswell:annotations:1", "type": "AnnotationPage", "items": items},
    }


def _slots(one: Statement) -> str:
    said = "; ".join(f"{each.slot}: {each.value}" for each in one.said)
    return f"{', '.join(sorted(one.claims)) or 'no claim'}{' (denied)' if one.denied else ''}. {said}".strip()


def claim_reviews(found: Provenance, *, made_by: str) -> dict[str, Any]:
    """One review for each claim: who says so first and where else; no verdict on its truth.

    Parameters
    ----------
    made_by
        Program and version, as the author of the review.
    """
    reviews: list[dict[str, Any]] = []
    for account in found.accounts:
        saying = [found.by_id[account.graph.nodes[i]] for i in account.graph.supporters]
        saying.sort(key=lambda one: (one.published is None, str(one.published), one.document_id))
        works = [_work(one) for one in saying]
        reviews.append(
            {
                "@type": "ClaimReview",
                "claimReviewed": claim_words(account.claim, found.traced.about),
                "author": {"@type": "SoftwareApplication", "name": made_by},
                "itemReviewed": {"@type": "Claim", "firstAppearance": works[0], "appearance": works},
                "reviewBody": f"{account.headline} {account.lede} {found.standing_sentence()}",
                "reviewRating": {"@type": "Rating", "alternateName": "Not assessed", "ratingExplanation": NOT_TRUTH},
            }
        )
    return {"@context": {"@vocab": "https://schema.org/"}, "@graph": reviews}


def _work(one: Document) -> dict[str, Any]:
    work: dict[str, Any] = {"@type": "CreativeWork", "@id": iri(one), "headline": one.title}
    if one.published:
        work["datePublished"] = one.published.isoformat()
    if one.publisher:
        work["publisher"] = {"@type": "Organization", "name": one.publisher}
    return work
