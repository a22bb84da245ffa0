"""Everything that leaves with a run, written into its folder: the report, the tables, the graphs, the JSON.

    Edition ──► report.html  ledger.html  accounts.csv  edges.csv  network.gexf  network.graphml
                groups.json  findings.json  ledger.json
                map.json, where a group was reported
                personas.html, where the study keeps findings about names, pictures or single posts

Redaction comes first: no file here holds an account's or a post's own id unless a person asked for it. The Parquet
tables of the run, which do hold them, are the study's and are written by the pipeline.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundswell.assess.sensitivity import power_sentences
from groundswell.publish.coordination_map import coordination_map, map_json
from groundswell.publish.corrections import corrections_html, corrections_json, standing_json
from groundswell.publish.edition import Edition
from groundswell.publish.graphs import gexf, graphml
from groundswell.publish.ledger_page import ledger_html
from groundswell.publish.personas_around import personas_around
from groundswell.publish.personas_page import personas_html
from groundswell.publish.pointers import Pointers
from groundswell.publish.redaction import Redaction
from groundswell.publish.report import report_html
from groundswell.publish.tables import accounts_csv, edges, edges_csv


def publish(edition: Edition, folder: Path) -> None:
    """Write the files of an edition into an existing folder; equal editions give equal bytes."""
    links = edges(edition)
    members = members_by_name(edition)
    about = about_network(edition)
    written = {
        "report.html": report_html(edition),
        "ledger.html": ledger_html(edition),
        "accounts.csv": accounts_csv(edition),
        "edges.csv": edges_csv(links),
        "network.gexf": "\n".join(gexf(members, links, about)) + "\n",
        "network.graphml": "\n".join(graphml(members, links, about)) + "\n",
        "groups.json": _json(_groups(edition)),
        "findings.json": _json(_findings(edition)),
        "ledger.json": _json(_ledger(edition)),
    }
    if drawn := coordination_map(edition):
        # On one line: it is for programs, and indented it is four times as long.
        written["map.json"] = json.dumps({**_head(edition), "about": about, **map_json(edition, drawn)}) + "\n"
    if edition.personas:
        written["personas.html"] = personas_html(edition.personas, personas_around(edition, report="report.html"))
    if edition.disputes:
        written["corrections.html"] = corrections_html(edition)
        written["corrections.json"] = corrections_json(edition)
    for name, text in written.items():
        # Bytes, so that line ends are the same on every system.
        (folder / name).write_bytes(text.encode("utf-8"))


def members_by_name(edition: Edition) -> dict[str, str]:
    """The members of reported groups under the edition's names, each with its first group."""
    return {
        edition.redaction.account(account): group.group_id
        for group in reversed(edition.reported)
        for account in group.account_ids
    }


def about_network(edition: Edition) -> str:
    """The caveat that travels inside the graph files."""
    return (
        f"groundswell {edition.version}, run {edition.run_id}."
        + (" Made-up data." if edition.made_up else "")
        + " An edge is a pair of accounts that repeated the same objects within a window more often than chance at the"
        f" false discovery rate {edition.parameters.fdr:g}, or a pair inside a reported group. It says nothing about"
        " who the accounts are or why they did so."
        + ("" if edition.parameters.show_handles else " Accounts are pseudonyms.")
    )


def _groups(edition: Edition) -> dict[str, Any]:
    listed = []
    for group in edition.groups:
        entry = group.as_json()
        entry["account_ids"] = sorted(edition.redaction.account(account) for account in group.account_ids)
        for lead in entry["leads"]:
            lead["account_id"] = edition.redaction.account(lead["account_id"])
        settings = edition.settings(group)
        entry["multiverse"] = settings.as_json() if settings else None
        entry["standing"] = standing_json(edition, group)
        listed.append(entry)
    return {**_head(edition), "groups": listed}


def _findings(edition: Edition) -> dict[str, Any]:
    said = edition.assessment.as_contract(asked=edition.parameters.campaign is not None)
    measured = edition.assessment.campaign.measured if edition.assessment.campaign else None
    posts = Pointers(
        edition,
        (
            *(post for one in edition.assessment.findings for evidence in one.evidence for post in evidence.post_ids),
            *(post for jump in (measured.reach.jumps if measured else ()) for post in jump.post_ids),
        ),
    )
    tried = {
        "multiverse": [one.as_json() for one in edition.multiverse],
        "power": {**edition.power.as_json(), "sentences": power_sentences(edition.power)} if edition.power else None,
    }
    told = _redacted(said, edition.redaction, posts)
    standings = {group.group_id: standing_json(edition, group) for group in edition.reported}
    for finding in told["findings"]:
        finding.update(standings.get(finding["group_id"], {}))
    return {**_head(edition), **told, **tried}


def _ledger(edition: Edition) -> dict[str, Any]:
    return {**_head(edition), "files": [ledger.as_json() for ledger in edition.ledgers]}


def _head(edition: Edition) -> dict[str, Any]:
    return {"run": edition.run_id, "version": edition.version, "made_up": edition.made_up}


def _redacted(value: Any, redaction: Redaction, posts: Pointers) -> Any:
    """The assessment with every id replaced: lists of ids by what they are, sentences word by word."""
    if isinstance(value, Mapping):
        return {
            key: sorted(redaction.account(account) for account in part)
            if key == "account_ids"
            else [posts.post(post) for post in part]
            if key == "post_ids"
            else _redacted(part, redaction, posts)
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_redacted(part, redaction, posts) for part in value]
    return redaction.names(value) if isinstance(value, str) else value


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
