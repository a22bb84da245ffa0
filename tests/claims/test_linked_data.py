"""linked_data: what other programs read says the same as the page, and every quotation is where it says."""

from __future__ import annotations

import json

from groundswell.claims.linked_data import claim_reviews, iri, prov, web_annotations
from tests.claims.corpus import coded, traced


def test_prov_names_every_document_and_derivation_with_its_standing():
    found, _ = coded("gate")
    graph = prov(found)["@graph"]
    derivations = [each for node in graph for each in node.get("prov:qualifiedDerivation", ())]

    assert {iri(one) for one in found.traced.documents} <= {node["@id"] for node in graph}
    assert len(derivations) == len(found.traced.citations)
    assert {each["gs:standing"] for each in derivations} == {"unconfirmed"}
    assert any("prov:hadPrimarySource" in node for node in graph)


def test_every_reference_leads_to_a_node():
    found, _ = coded("gate")
    graph = prov(found)["@graph"]
    nodes = {node["@id"] for node in graph}

    for node in graph:
        for name in ("prov:wasDerivedFrom", "prov:wasQuotedFrom"):
            assert set(node.get(name, ())) <= nodes
        assert node.get("prov:wasAttributedTo", next(iter(nodes))) in nodes


def test_selectors_quote_what_stands_there():
    found, _ = coded("gate")
    by_iri = {iri(one): one for one in found.traced.documents}
    page = web_annotations(found)["first"]["items"]

    assert len(page) == web_annotations(found)["total"] > 60
    for item in page:
        text = by_iri[item["target"]["source"]].text
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"] != ""
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 1


def test_a_claim_review_gives_no_verdict_on_the_truth():
    found, _ = coded("gate")
    for review in claim_reviews(found, made_by="groundswell test")["@graph"]:
        assert review["reviewRating"]["alternateName"] == "Not assessed"
        assert "ratingValue" not in review["reviewRating"]
        assert "Unconfirmed" in review["reviewBody"]
        first = review["itemReviewed"]["firstAppearance"]
        assert first["datePublished"] == min(each["datePublished"] for each in review["itemReviewed"]["appearance"])


def test_an_address_that_is_none_becomes_a_name():
    found = traced("=== a\nurl: javascript:alert(1)\n\nBots drove #Gate.")
    (document,) = found.traced.documents

    assert iri(document).startswith("urn:groundswell:document:")
    assert "javascript" not in json.dumps(prov(found))
