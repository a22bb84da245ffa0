"""What the answers for programs look like: JSON Schema of each, in the names that the files use.

A shape names what is always there. What may be unknown says so: null is «nobody told», never zero.
"""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
TRUTH: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
NUMBER: Shape = {"type": "number"}
SHARE: Shape = {"type": "number", "minimum": 0, "maximum": 1}
ANYTHING: Shape = {}


def unknown_or(shape: Shape) -> Shape:
    """The shape, or null where it is unknown."""
    return {"anyOf": [shape, {"type": "null"}]}


def rows_of(shape: Shape) -> Shape:
    """A list."""
    return {"type": "array", "items": shape}


def record(required: Shape, **other: Shape) -> Shape:
    """An object with these fields, and others that may be there."""
    return {"type": "object", "required": sorted(required), "properties": {**required, **other}}


ERROR = record({"error": TEXT, "more": rows_of(TEXT)})

STUDY = record({"name": TEXT, "version": TEXT, "latest_run": unknown_or(TEXT), "files": COUNT})

RUN = record({
    "run_id": TEXT,
    "version": TEXT,
    "title": TEXT,
    "headline": TEXT,
    "does_not_say": TEXT,
    "scope": TEXT,
    "dates": TEXT,
    "made_up": TRUTH,
})  # fmt: skip

GROUP = record(
    {
        "group_id": TEXT,
        "outcome": TEXT,
        "size": COUNT,
        "account_ids": rows_of(TEXT),
        "layers": rows_of({"type": "object"}),
    }
)
GROUPS = record({"run": TEXT, "version": TEXT, "made_up": TRUTH, "groups": rows_of(GROUP)})

LINK = record({
    "account_a": TEXT,
    "account_b": TEXT,
    "kind": TEXT,
    "window_s": NUMBER,
    "n_objects": COUNT,
    "n_shared": COUNT,
    "first_time": unknown_or(TEXT),
    "last_time": unknown_or(TEXT),
    "group_id": unknown_or(TEXT),
})  # fmt: skip
LINKS = record({"links": rows_of(LINK), "offset": COUNT, "next_offset": unknown_or(COUNT)})

FINDINGS = record({
    "headline": TEXT,
    "made_up": TRUTH,
    "findings": rows_of(record({
        "group_id": TEXT,
        "claim": TEXT,
        "verdict": TEXT,
        "account_ids": rows_of(TEXT),
        "evidence": rows_of({"type": "object"}),
        "alternatives": rows_of({"type": "object"}),
    })),
})  # fmt: skip

ACCOUNT = record({"account_id": TEXT, "posts": COUNT, "groups": rows_of(TEXT)})

FILE = record({
    "file": TEXT,
    "sha256": TEXT,
    "bytes": COUNT,
    "format": TEXT,
    "rows": COUNT,
    "posts": COUNT,
    "other_records": {"type": "object", "additionalProperties": COUNT},
    "left_out": {"type": "object", "additionalProperties": COUNT},
    "assumptions": rows_of(TEXT),
    "precision_s": unknown_or(NUMBER),
    "accounts": COUNT,
    "first_time": unknown_or(TEXT),
    "last_time": unknown_or(TEXT),
})  # fmt: skip
LEDGER = record({"run": TEXT, "version": TEXT, "made_up": TRUTH, "files": rows_of({"type": "object"})})

JUDGEMENT = record(dict.fromkeys(("about", "answer", "who", "why", "run_id", "at"), TEXT))
JUDGEMENTS = record({"said": rows_of(JUDGEMENT), "standing": rows_of(JUDGEMENT)})

INTERVAL = record({"ratio": NUMBER, "low": NUMBER, "high": NUMBER})
ROW = record(
    {"name": TEXT, "count": COUNT, "share_list": unknown_or(SHARE)},
    accounts=COUNT,
    share_all=unknown_or(SHARE),
    count_all=COUNT,
    lift=unknown_or(INTERVAL),
    rank={"type": "integer", "minimum": 1},
    rank_all=unknown_or({"type": "integer", "minimum": 1}),
    rank_low={"type": "integer", "minimum": 1},
    rank_high={"type": "integer", "minimum": 1},
    trend=unknown_or(record({"expected": NUMBER, "score": NUMBER})),
)
ALARMS = {"alarms": COUNT, "tried": COUNT, "low": SHARE, "high": SHARE}
PANEL = record({"title": TEXT, "caption": TEXT, "n_items": COUNT, "rows": rows_of(ROW)})
PANELS = record({
    "span": record({"after": TEXT, "until": TEXT, "hours": NUMBER}),
    "list": unknown_or(TEXT),
    "members": COUNT,
    "members_seen": COUNT,
    "posts": COUNT,
    "posts_all": COUNT,
    "controls": rows_of(record({"accounts": COUNT, "unmatched": COUNT})),
    "precision": ANYTHING,
    "placebo": unknown_or(record({**ALARMS, "rang": rows_of(TEXT)})),
    "placebo_nights": unknown_or(record({"nights": COUNT, **ALARMS})),
    "sentence": unknown_or(TEXT),
    "panels": {"type": "object", "additionalProperties": PANEL},
})  # fmt: skip

MEMBER = record(dict.fromkeys(("account_id", "tier", "status", "reason", "source", "added", "expires", "who"), TEXT))
LIST = record({"name": TEXT, "rule": TEXT, "who": TEXT, "made": TEXT, "tiers": rows_of(TEXT), "members": COUNT})
WHOLE_LIST = record({"name": TEXT, "rule": TEXT, "who": TEXT, "made": TEXT, "members": rows_of(MEMBER)})

JOB = record({
    "number": COUNT,
    "what": TEXT,
    "running": TRUTH,
    "step": TEXT,
    "done": COUNT,
    "total": COUNT,
    "left_s": unknown_or(NUMBER),
    "memory_mb": unknown_or(NUMBER),
    "steps": rows_of(TEXT),
    "error": unknown_or(TEXT),
    "stopped": TRUTH,
})  # fmt: skip
