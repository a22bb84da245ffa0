"""The verbs. Each is a step from tables to tables in a study; `run` is all of them in one go.

    new ─► read ─► trace ─► detect ─► assess ─► publish            explain looks back
           raw/     traces/    runs/<run-id>/       report.html
           posts/              links, meetings,     and the tables beside it
           ledger/             groups, findings

Faces (the command line, the web) call these and show what they return; they compute nothing themselves.
"""

from __future__ import annotations

from groundswell.pipeline.addresses import domains
from groundswell.pipeline.assessing import assess, assessed
from groundswell.pipeline.bundling import bundle, verify
from groundswell.pipeline.claims import claims, kept_claims
from groundswell.pipeline.claims import judge as judge_citations
from groundswell.pipeline.collecting import collect, purge
from groundswell.pipeline.detecting import detect
from groundswell.pipeline.disputing import dispute, reply, standings
from groundswell.pipeline.evidence import capture, import_evidence, list_evidence, seal_study, stamp, verify_evidence
from groundswell.pipeline.exchanging import export_as, export_formats
from groundswell.pipeline.explaining import check_text, explain
from groundswell.pipeline.exporting import export
from groundswell.pipeline.histories import add_snapshots, history
from groundswell.pipeline.live_links import stream
from groundswell.pipeline.made_up import evaluate_real, evaluate_worlds, reference_rates, scenarios, simulate
from groundswell.pipeline.on_spark import detect_on_spark
from groundswell.pipeline.other_setting import try_setting
from groundswell.pipeline.persons import (
    demo_two_cases,
    indicators,
    keep_findings,
    lookalikes,
    pictures,
    post,
    similar_text,
)
from groundswell.pipeline.publishing import publish
from groundswell.pipeline.reading import check_file, inspect, new, open_study, read, title_of, write_inspection
from groundswell.pipeline.relinking import relink
from groundswell.pipeline.run_record import clock_grain_s, run_id_of
from groundswell.pipeline.running import Summary, demo, run
from groundswell.pipeline.site import publish_site, shelve
from groundswell.pipeline.tracing import trace
from groundswell.pipeline.watching import add_group, add_published, item_history, redaction_of, roll_up, watch
from groundswell.pipeline.worksheet import check_worksheet, new_worksheet

__all__ = [
    "Summary",
    "add_group",
    "add_published",
    "add_snapshots",
    "assess",
    "assessed",
    "bundle",
    "capture",
    "check_file",
    "check_text",
    "check_worksheet",
    "claims",
    "clock_grain_s",
    "collect",
    "demo",
    "demo_two_cases",
    "detect",
    "detect_on_spark",
    "dispute",
    "domains",
    "evaluate_real",
    "evaluate_worlds",
    "explain",
    "export",
    "export_as",
    "export_formats",
    "history",
    "import_evidence",
    "indicators",
    "inspect",
    "item_history",
    "judge_citations",
    "keep_findings",
    "kept_claims",
    "list_evidence",
    "lookalikes",
    "new",
    "new_worksheet",
    "open_study",
    "pictures",
    "post",
    "publish",
    "publish_site",
    "purge",
    "read",
    "redaction_of",
    "reference_rates",
    "relink",
    "reply",
    "roll_up",
    "run",
    "run_id_of",
    "scenarios",
    "seal_study",
    "shelve",
    "similar_text",
    "simulate",
    "stamp",
    "standings",
    "stream",
    "title_of",
    "trace",
    "try_setting",
    "verify",
    "verify_evidence",
    "watch",
    "write_inspection",
]
