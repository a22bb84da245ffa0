"""A run as STIX 2.1: what was seen, how sure it is, and what speaks against it, for OpenCTI and its like.

    report ─ of ─┬─ grouping, one a reported group ─ of ─┬─ user-account, channel      the members, under pseudonyms
                 │                                       ├─ event                      when they stood in step
                 ├─ narrative, if a campaign was asked   ├─ url, observed-data         what they shared
                 ├─ note: scope, limits, method          ├─ attack-pattern             DISARM ids
                 └─ identity: this program               ├─ note: the claim            └─ opinion: what speaks against

Software says nothing about who is behind anything, so there is never a threat-actor, an intrusion-set or a campaign:
these words mean an adversary. ``confidence`` is 50 at most; more is a person's to give. Every object carries the
caveats as its marking. Times are the data's, ids a hash of the run: same run, same bytes.

Channel, narrative and event are OpenCTI's types, under OpenCTI's extension. Format:
https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from groundswell.model.dispute import Standing, Status
from groundswell.model.finding import Finding, Side, Weight
from groundswell.model.group import Group
from groundswell.publish.exports.caveats import Caveats, caveats
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.exports.shared_things import Thing, things
from groundswell.publish.exports.stix_ids import object_id, observable_id
from groundswell.publish.exports.techniques import ATTRIBUTION, Technique, techniques
from groundswell.publish.redaction import inert
from groundswell.publish.scope import COUNTS
from groundswell.publish.spelling import utc

Object: TypeAlias = dict[str, Any]

OPENCTI = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
"""The extension under which OpenCTI reads its own types; https://github.com/OpenCTI-Platform/opencti."""

LOW, MODERATE = 15, 50
"""The scale «low, medium, high» of STIX 2.1, appendix A; 85 is high, and no software gives it."""

NEVER = ("threat-actor", "intrusion-set", "campaign", "malware", "identity of a person")
BEGINNING = "1970-01-01T00:00:00.000Z"
"""Stands for a time where the data have none, for STIX has no word for unknown."""

OPINION = {
    Status.UNDISPUTED: "neutral",
    Status.CONTESTED: "disagree",
    Status.UPHELD: "neutral",
    Status.CORRECTED: "disagree",
    Status.WITHDRAWN: "strongly-disagree",
}


def stix_bundle(material: Material) -> str:
    """The run as one bundle; keys sorted, objects in the order of a reader."""
    bundle = _Bundle(material)
    objects = [_without_nothing(one) for one in bundle.objects()]
    content = {"type": "bundle", "id": object_id("bundle", bundle.run), "objects": objects}
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


class _Bundle:
    """The objects of one run, and what they have in common."""

    def __init__(self, material: Material) -> None:
        self.material, self.edition = material, material.edition
        self.run = self.edition.run_id
        ((_, _, last),) = self.edition.engine.rows(COUNTS)
        self.time = _stamp(last)
        self.caveats: Caveats = caveats(self.edition)
        self.maker = object_id("identity", "groundswell")
        self.marking = object_id("marking-definition", self.run)

    def objects(self) -> Iterator[Object]:
        """All of them; the report last, for it names the others."""
        listed = [self._maker(), self._marking(), self._extension()]
        grouped = [list(self._group(group)) for group in self.edition.reported]
        listed += [one for objects in grouped for one in objects]
        about = [objects[-1]["id"] for objects in grouped]
        if (narrative := self._narrative()) is not None:
            listed.append(narrative)
            about.append(narrative["id"])
        listed += self._notes(about or [self.maker])
        once = {one["id"]: one for one in listed}
        yield from once.values()
        yield self._report([one for one in once if not one.startswith(("marking-definition", "extension-"))])

    def _object(self, sort: str, *named: str, **fields: Any) -> Object:
        return {
            "type": sort,
            "spec_version": "2.1",
            "id": object_id(sort, self.run, *named),
            "created_by_ref": self.maker,
            "created": self.time,
            "modified": self.time,
            "object_marking_refs": [self.marking],
            **fields,
        }

    def _observable(self, sort: str, **identifying: Any) -> Object:
        return {
            "type": sort,
            "spec_version": "2.1",
            "id": observable_id(sort, **identifying),
            "object_marking_refs": [self.marking],
            **identifying,
        }

    def _of_opencti(self, sort: str, *named: str, **fields: Any) -> Object:
        return self._object(sort, *named, extensions={OPENCTI: {"extension_type": "new-sdo"}}, **fields)

    def _maker(self) -> Object:
        return {
            **{"type": "identity", "spec_version": "2.1", "id": self.maker, "name": "groundswell"},
            **{"created": BEGINNING, "modified": BEGINNING, "identity_class": "system"},
            "description": "A program that measures which accounts act together more than chance allows.",
        }

    def _marking(self) -> Object:
        return {
            **{"type": "marking-definition", "spec_version": "2.1", "id": self.marking, "created": self.time},
            **{"created_by_ref": self.maker, "definition_type": "statement"},
            "definition": {"statement": inert(self.caveats.short)},
        }

    def _extension(self) -> Object:
        return {
            **{"type": "extension-definition", "spec_version": "2.1", "id": OPENCTI, "created_by_ref": self.maker},
            **{"created": BEGINNING, "modified": BEGINNING, "version": "1.0.0", "extension_types": ["new-sdo"]},
            "name": "OpenCTI",
            "description": "OpenCTI's types channel, narrative and event, named here so that the file explains itself.",
            "schema": "https://github.com/OpenCTI-Platform/opencti",
        }

    def _report(self, about: list[str]) -> Object:
        said = self.edition.assessment
        say = self.edition.redaction.names
        return self._object(
            "report",
            name=inert(say(self.edition.title)) or "A study",
            description=inert(f"{say(said.headline)} {self.caveats.short} Verdict: {said.verdict}."),
            report_types=["observed-data"],
            published=self.time,
            object_refs=about,
            confidence=max((self._confidence(group) for group in self.edition.reported), default=0),
            labels=["made-up"] if self.edition.made_up else None,
        )

    def _narrative(self) -> Object | None:
        campaign = self.edition.assessment.campaign
        if campaign is None:
            return None
        say = self.edition.redaction.names
        return self._of_opencti(
            "narrative",
            name=inert(self.edition.redaction.text(campaign.query, longest=120)),
            description=inert(f"{say(campaign.sentence)} Verdict: {campaign.verdict}. {self.caveats.scope}"),
            narrative_types=["hashtag" if campaign.query.startswith("#") else "search"],
        )

    def _notes(self, about: list[str]) -> Iterator[Object]:
        texts = {
            "what was looked at": self.caveats.scope,
            "what the data do not support": "\n".join((self.caveats.hedge, *self.caveats.not_supported)),
            "where technique ids come from": ATTRIBUTION,
            "what confidence means": (
                f"{MODERATE}: the group beats chance. {LOW}: it does, but it is disputed, or fewer than half of the"
                " other settings tried show it. 0: no group was reported. Higher confidence is a person's to give."
            ),
        }
        for abstract, text in texts.items():
            yield self._object("note", abstract, abstract=abstract, content=inert(text), object_refs=about)

    def _group(self, group: Group) -> Iterator[Object]:
        """Everything about one group; the grouping itself last."""
        edition, finding, stands = self.edition, self.edition.finding(group), self.edition.standing(group)
        confidence, revoked = self._confidence(group), stands.status is Status.WITHDRAWN or None
        names = sorted(edition.redaction.account(account) for account in group.account_ids)
        accounts = [self._observable("user-account", account_login=name) for name in names]
        channels = [
            self._of_opencti(
                "channel",
                name,
                name=name,
                channel_types=["social-media-account"],
                description="An account that acted in step with others. Nothing here says who uses it.",
            )
            for name in names
        ]
        shared = things(edition, group)
        urls = [self._observable("url", value=thing.url) for thing in shared if thing.url]
        first, last = _stamp(group.first_meeting), _stamp(group.last_meeting)
        layer = group.strongest
        event = self._of_opencti(
            "event",
            group.group_id,
            name=f"Group {group.group_id}: {layer.n_occasions:,} occasions in step",
            description=inert(_claim(edition.redaction.names, finding)),
            event_types=["accounts-acting-in-step"],
            start_time=first,
            stop_time=last,
            confidence=confidence,
            revoked=revoked,
        )
        seen = self._object(
            "observed-data",
            group.group_id,
            first_observed=first,
            last_observed=last,
            number_observed=max(1, layer.n_occasions),
            object_refs=[one["id"] for one in (*accounts, *urls)],
        )
        patterns = [self._pattern(technique) for technique in techniques(group.kinds)]
        relations = [
            self._object(
                "relationship",
                *(group.group_id, source["id"], target["id"]),
                relationship_type="related-to",
                source_ref=source["id"],
                target_ref=target["id"],
                description=description,
                confidence=confidence,
            )
            for source, target, description in (
                *((channel, event, "stood in step") for channel in channels),
                *((event, pattern, "looks like this technique") for pattern in patterns),
            )
        ]
        objects = [*accounts, *channels, *urls, event, seen, *patterns, *relations]
        told = [one["id"] for one in (event, seen)]
        objects += self._said(group, finding, shared, told)
        objects += self._against(group, finding, stands, told)
        yield from objects
        yield self._object(
            "grouping",
            group.group_id,
            name=f"Group {group.group_id}, {group.size:,} accounts, {stands.status}",
            description=inert(_claim(edition.redaction.names, finding)),
            context="unspecified",
            object_refs=[one["id"] for one in objects],
            confidence=confidence,
            revoked=revoked,
        )

    def _said(self, group: Group, finding: Finding | None, shared: tuple[Thing, ...], about: list[str]) -> list[Object]:
        """The claim with what speaks for it."""
        if finding is None:
            return []
        say = self.edition.redaction.names
        lines = [say(finding.claim), *(say(one.sentence) for one in finding.evidence if one.side is Side.FOR)]
        lines += [f"{one.shown}: {one.n_accounts:,} of {group.size:,} members in step" for one in shared[:10]]
        lines.append(f"Verdict: {finding.verdict}.")
        note = {"abstract": f"group {group.group_id}: the claim", "content": inert("\n".join(lines))}
        return [self._object("note", group.group_id, "claim", **note, object_refs=about)]

    def _against(self, group: Group, finding: Finding | None, stands: Standing, about: list[str]) -> list[Object]:
        """What speaks against it, innocent explanations and disputes, as opinions: dissent is part of the record."""
        say = self.edition.redaction.names
        opinions = []
        if finding is not None:
            lines = [say(one.sentence) for one in finding.evidence if one.side is Side.AGAINST]
            lines += [f"{one.name}, {one.weight}: {say(one.reason)}" for one in finding.alternatives]
            likely = any(one.weight in (Weight.FOR, Weight.CLEARLY_FOR) for one in finding.alternatives)
            opinions.append(("against", "disagree" if likely else "neutral", "\n".join(lines)))
        for row in stands.history:
            lines = [f"{row.status}, {row.when}: {row.why}", row.context or "", row.without or ""]
            opinions.append((row.dispute_id, OPINION[row.status], "\n".join(filter(None, map(say, lines)))))
        return [
            self._object("opinion", group.group_id, name, opinion=opinion, explanation=inert(text), object_refs=about)
            for name, opinion, text in opinions
        ]

    def _pattern(self, technique: Technique) -> Object:
        name = self.material.technique_names.get(technique.technique_id)
        # No url, for STIX asks for the hash of the page with it: the page is named in the description.
        reference = {"source_name": "DISARM", "external_id": technique.technique_id}
        return self._object(
            "attack-pattern",
            technique.technique_id,
            name=inert(name) if name else f"DISARM {technique.technique_id}",
            description=f"{technique.seen} {ATTRIBUTION}",
            external_references=[{**reference, "description": f"{technique.page}. {ATTRIBUTION}"}],
        )

    def _confidence(self, group: Group) -> int:
        """`MODERATE` at most; see the note «what confidence means»."""
        if self.edition.standing(group).status in (Status.CONTESTED, Status.CORRECTED, Status.WITHDRAWN):
            return LOW
        settings = self.edition.settings(group)
        frail = settings is not None and settings.cells and settings.n_found * 2 < len(settings.cells)
        return LOW if frail else MODERATE


def _claim(say: Any, finding: Finding | None) -> str:
    return f"{say(finding.claim)} Verdict: {finding.verdict}." if finding else "Reported by the scan, not assessed."


def _stamp(time: Any) -> str:
    """A time as STIX writes it, to the millisecond."""
    at = utc(time)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z" if at else BEGINNING


def _without_nothing(one: Object) -> Object:
    """Without the properties that have no value: STIX allows no null and no empty list."""
    return {name: value for name, value in one.items() if value is not None and value != []}


EXPORT = Export(
    name="stix",
    title="STIX 2.1 with OpenCTI's channel, narrative and event, and DISARM ids (JSON)",
    suffix=".json",
    write=text_file(stix_bundle),
)
