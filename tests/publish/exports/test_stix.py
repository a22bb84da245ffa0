"""The STIX bundle: valid in the strictest sense, and nobody is called an actor."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from stix2validator import ValidationOptions, validate_string

from groundswell.model.dispute import Status
from groundswell.publish.exports.export import Material
from groundswell.publish.exports.stix import MODERATE, OPENCTI, stix_bundle
from groundswell.publish.exports.stix_ids import object_id, observable_id
from tests.publish.editions import edition
from tests.publish.exports.conftest import dispute


def objects(material: Material) -> list[dict]:
    return json.loads(stix_bundle(material))["objects"]


def of_type(material: Material, sort: str) -> list[dict]:
    return [one for one in objects(material) if one["type"] == sort]


@pytest.mark.parametrize("which", ["material", "disputed", "nothing_found"])
def test_the_strict_validator_finds_no_error_and_no_warning(which, request):
    found = validate_string(
        stix_bundle(request.getfixturevalue(which)), ValidationOptions(strict=True, version="2.1", silent=True)
    )

    assert [str(error) for error in found.errors] == []
    assert found.warnings == []
    assert found.is_valid


def test_the_validator_would_have_seen_an_error(material):
    bundle = json.loads(stix_bundle(material))
    bundle["objects"][-1]["published"] = "yesterday"

    assert not validate_string(json.dumps(bundle), ValidationOptions(strict=True, version="2.1", silent=True)).is_valid


def test_nobody_is_called_an_actor(material):
    sorts = {one["type"] for one in objects(material)}

    assert sorts.isdisjoint({"threat-actor", "intrusion-set", "campaign", "malware", "location"})
    assert [one["name"] for one in of_type(material, "identity")] == ["groundswell"]


def test_every_reference_leads_to_an_object_of_the_bundle(material):
    listed = objects(material)
    ids = {one["id"] for one in listed}
    refs = {
        ref
        for one in listed
        for name, value in one.items()
        if name.endswith(("_ref", "_refs"))
        for ref in (value if isinstance(value, list) else [value])
    }

    assert refs <= ids
    assert len(ids) == len(listed)


def test_channel_narrative_and_event_are_opencti_s(material):
    for sort in ("channel", "narrative", "event"):
        found = of_type(material, sort)

        assert found
        assert all(one["extensions"] == {OPENCTI: {"extension_type": "new-sdo"}} for one in found)


def test_every_object_carries_the_caveats(material):
    marking = of_type(material, "marking-definition")[0]
    plain = {"identity", "marking-definition", "extension-definition"}

    assert "Nothing here says who they are" in marking["definition"]["statement"]
    assert all(one["object_marking_refs"] == [marking["id"]] for one in objects(material) if one["type"] not in plain)


def test_what_speaks_against_it_is_an_opinion(material):
    (opinion,) = of_type(material, "opinion")

    assert "All 6 occasions lie within 2 days." in opinion["explanation"]
    assert opinion["opinion"] == "disagree"  # a scheduler speaks for an innocent explanation


def test_confidence_is_moderate_at_most_and_low_where_it_is_contested(material, disputed):
    assert {one["confidence"] for one in objects(material) if "confidence" in one} == {MODERATE}
    assert {one["confidence"] for one in objects(disputed) if "confidence" in one} == {15}


def test_a_finding_that_was_withdrawn_is_revoked(engine):
    gone = Material(edition=edition(engine, disputes=(dispute(status=Status.WITHDRAWN),)))

    assert [one["revoked"] for one in of_type(gone, "grouping") + of_type(gone, "event")] == [True, True]


def test_names_of_techniques_come_from_the_user_s_matrix_alone(material):
    named = Material(edition=material.edition, technique_names={"T0084.001": "Copies of a text"})

    assert {one["name"] for one in of_type(material, "attack-pattern")} == {"DISARM T0084.001", "DISARM T0118"}
    assert "Copies of a text" in {one["name"] for one in of_type(named, "attack-pattern")}
    assert all("DISARM Foundation" in one["description"] for one in of_type(material, "attack-pattern"))


def test_times_are_those_of_the_data(material):
    assert {one["created"][:4] for one in objects(material) if "created" in one} == {"2024", "1970"}


def test_ids_have_the_version_that_the_standard_asks_for():
    assert UUID(object_id("note", "a").split("--")[1]).version == 4
    assert UUID(observable_id("url", value="https://ex.example/").split("--")[1]).version == 5
    assert object_id("note", "a", "bc") != object_id("note", "ab", "c")
