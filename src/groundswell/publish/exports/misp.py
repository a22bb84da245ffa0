"""A run as a MISP event: attributes that only describe, an event report with the caveats, and no actor.

No attribute is marked for detection (``to_ids`` is false throughout): an address that a group shared in step was
shared by others too. The event is unpublished and for the own organisation only; handing it on is a person's
decision. Format: https://github.com/MISP/misp-rfc, core format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.exports.shared_things import things
from groundswell.publish.exports.techniques import ATTRIBUTION, techniques
from groundswell.publish.redaction import inert
from groundswell.publish.scope import COUNTS
from groundswell.publish.spelling import utc

OURS = UUID("0d4b0f0e-6f0c-5a8e-9a52-5d8f6c1e7b1d")
"""The namespace of our ids."""

UNDEFINED, COMPLETED, OWN_ORGANISATION = "4", "2", "0"
"""Threat level, analysis and distribution as MISP numbers them."""


def misp_event(material: Material) -> str:
    """The run as one event."""
    edition = material.edition
    ((_, _, last),) = edition.engine.rows(COUNTS)
    at = utc(last)
    seconds = str(int(at.timestamp())) if at else "0"
    said = edition.assessment
    headline = inert(edition.redaction.names(said.headline))
    attributes = [
        {
            **{"uuid": _id(edition.run_id, "attribute", str(number)), "timestamp": seconds, "to_ids": False},
            **{"distribution": "5", "disable_correlation": False, **one},
        }
        for number, one in enumerate(_attributes(material))
    ]
    event: dict[str, Any] = {
        "uuid": _id(edition.run_id, "event"),
        "info": f"{'Made-up data: ' if edition.made_up else ''}{headline}",
        "date": f"{at:%Y-%m-%d}" if at else "1970-01-01",
        "timestamp": seconds,
        "publish_timestamp": "0",
        "published": False,
        "threat_level_id": UNDEFINED,
        "analysis": COMPLETED,
        "distribution": OWN_ORGANISATION,
        "Attribute": attributes,
        "Tag": [{"name": name} for name in _tags(material)],
        "EventReport": [
            {
                **{"uuid": _id(edition.run_id, "report"), "name": "What this says and what it does not"},
                **{"distribution": "5", "timestamp": seconds, "content": inert(_report(material))},
            }
        ],
    }
    return json.dumps({"Event": event}, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _attributes(material: Material) -> Iterator[dict[str, Any]]:
    edition = material.edition
    yield {"type": "comment", "category": "Other", "value": inert(caveats(edition).short), "comment": "caveats"}
    for group in edition.reported:
        about = f"group {group.group_id}, {edition.standing(group).status}"
        finding = edition.finding(group)
        if finding is not None:
            claim = inert(edition.redaction.names(finding.claim))
            yield {"type": "text", "category": "Other", "value": claim, "comment": f"{about}: the claim"}
        for account in sorted(edition.redaction.account(account) for account in group.account_ids):
            member = f"{about}: one of {group.size:,} members"
            yield {"type": "text", "category": "Social network", "value": account, "comment": member}
        for thing in things(edition, group):
            shared = f"{about}: {thing.n_accounts:,} of {group.size:,} members shared it in step; others may have too"
            if thing.url:
                yield {"type": "url", "category": "Network activity", "value": thing.url, "comment": shared}


def _tags(material: Material) -> list[str]:
    """What a MISP user filters by; galaxy tags need a name, and the name comes from the user's own matrix."""
    edition = material.edition
    tags = [f'groundswell:verdict="{edition.assessment.verdict.name_in_json}"']
    statuses = {str(edition.standing(group).status) for group in edition.reported}
    tags += [f'groundswell:status="{status}"' for status in sorted(statuses)]
    for technique in techniques(kind for group in edition.reported for kind in group.kinds):
        tags.append(f'groundswell:disarm="{technique.technique_id}"')
        if name := material.technique_names.get(technique.technique_id):
            tags.append(f'misp-galaxy:disarm-techniques="{inert(name)}"')
    return tags + (['groundswell:data="made-up"'] if edition.made_up else [])


def _report(material: Material) -> str:
    edition = material.edition
    say = edition.redaction.names
    lines = [f"# {say(edition.assessment.headline)}", "", *(f"- {line}" for line in caveats(edition).lines)]
    for group in edition.reported:
        finding, stands = edition.finding(group), edition.standing(group)
        if finding is None:
            continue
        lines += ["", f"## Group {group.group_id}, {stands.status}", "", say(finding.claim), ""]
        lines += [f"- {one.side}: {say(one.sentence)}" for one in finding.evidence]
        innocent = ((one.name, one.weight, say(one.reason)) for one in finding.alternatives)
        lines += [f"- innocent explanation, {weight}: {name}. {reason}" for name, weight, reason in innocent]
        lines += [f"- {row.when}, {row.status}: {say(row.why)}" for row in stands.history]
    return "\n".join((*lines, "", ATTRIBUTION, ""))


def _id(*named: str) -> str:
    return str(uuid5(OURS, "\0".join(named)))


EXPORT = Export(name="misp", title="MISP event, unpublished (JSON)", suffix=".json", write=text_file(misp_event))
