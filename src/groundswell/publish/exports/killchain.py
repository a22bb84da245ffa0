"""The steps of an operation as one row each, in the columns of Meta's later threat reports.

    Tactic, Technique, Procedure, Indicator, Notes

Tactics are those of the Online Operations Kill Chain (Nimmo & Hutchins 2023, Carnegie Endowment). Only what was
measured is filled in: accounts acting in step. Who they are, how accounts were got, and who is behind them are
tactics of their own, and stay empty. `groundswell.read.threat_indicators` reads the file back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.defanged import defanged
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.exports.shared_things import things
from groundswell.publish.exports.techniques import BY_KIND
from groundswell.publish.redaction import inert
from groundswell.traces.kinds import words

COLUMNS = ("Tactic", "Technique", "Procedure", "Indicator", "Notes")
BROADLY, AT_SOMEONE = "Indiscriminate engagement", "Targeted engagement"
"""Posting to whoever sees it, and replying to posts of others."""


def killchain_csv(material: Material) -> str:
    """One row for each thing that a reported group shared in step, and one for the group itself."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(COLUMNS)
    write.writerows([inert(cell) for cell in row] for row in _rows(material))
    return out.getvalue()


def _rows(material: Material) -> Iterator[tuple[str, ...]]:
    edition = material.edition
    caveat = caveats(edition).short
    for group in edition.reported:
        finding, stands = edition.finding(group), edition.standing(group)
        claim = edition.redaction.names(finding.claim) if finding else ""
        accounts = f"{group.size:,} accounts"
        note = f"Group {group.group_id}, {stands.status}. {caveat}"
        yield (_tactic(group.kinds[0]), _technique(material, group.kinds[0]), claim, accounts, note)
        for thing in things(edition, group):
            shown = defanged(thing.url) if thing.url else thing.shown
            did = f"{thing.n_accounts:,} of {group.size:,} members {words(thing.kind).did} it in step"
            where = (_tactic(thing.kind), _technique(material, thing.kind))
            yield (*where, did, shown, f"Group {group.group_id}, {stands.status}")
        yield ("", "", "", "", "")


def _tactic(kind: str) -> str:
    return AT_SOMEONE if kind == "reply" else BROADLY


def _technique(material: Material, kind: str) -> str:
    technique = BY_KIND.get(kind)
    if technique is None:
        return f"Repeating {words(kind).many} in step"
    name = material.technique_names.get(technique.technique_id)
    return f"Repeating {words(kind).many} in step (DISARM {technique.technique_id}{f': {name}' if name else ''})"


EXPORT = Export(
    name="killchain",
    title="steps of the behaviour in the columns of Meta's threat reports (CSV)",
    suffix=".csv",
    write=text_file(killchain_csv),
)
