"""The MISP event: pymisp loads it, nothing in it is for detection, and nobody is attributed."""

from __future__ import annotations

import json

import pytest
from pymisp import MISPEvent

from groundswell.publish.exports.misp import misp_event


@pytest.mark.parametrize("which", ["material", "disputed", "nothing_found"])
def test_pymisp_loads_the_event_and_writes_it_back(which, request):
    written = misp_event(request.getfixturevalue(which))
    event = MISPEvent()
    event.from_json(written)

    told = json.loads(written)["Event"]
    assert len(event.attributes) == len(told["Attribute"])
    assert [one.uuid for one in event.attributes] == [one["uuid"] for one in told["Attribute"]]
    assert event.uuid == told["uuid"]


def test_nothing_is_for_detection_or_published_and_nobody_is_attributed(material):
    told = json.loads(misp_event(material))["Event"]

    assert {one["to_ids"] for one in told["Attribute"]} == {False}
    assert {one["category"] for one in told["Attribute"]}.isdisjoint({"Attribution", "Persistence mechanism"})
    assert (told["published"], told["distribution"]) == (False, "0")


def test_the_report_in_the_event_holds_the_claim_and_what_speaks_against_it(material):
    (report,) = json.loads(misp_event(material))["Event"]["EventReport"]

    assert "8 of 128 accounts shared the same 6 links" in report["content"]
    assert "against: All 6 occasions lie within 2 days." in report["content"]
