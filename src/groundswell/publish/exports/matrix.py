"""The names of techniques, from a matrix that the user supplies: DISARM's STIX bundle, or a CSV of id and name.

DISARM.json · matrix.csv ──► {"T0084.001": "…"}
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from groundswell.errors import UnreadableFile

TECHNIQUE_ID = re.compile(r"T\d{4}(?:\.\d{3})?")
LARGEST = 64 << 20
"""Bytes; DISARM's own bundle has less than two million."""
LONGEST_NAME = 120


def technique_names(path: Path) -> dict[str, str]:
    """Technique id to name.

    Raises
    ------
    UnreadableFile
        It is too large, or neither a STIX bundle with attack-patterns nor a table with an id and a name.
    """
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(
            path, "this is too large for a matrix.", f"It has {path.stat().st_size:,} bytes.", "Name DISARM.json."
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
        listed = dict(_of_bundle(json.loads(text)) if text.lstrip()[:1] == "{" else _of_table(text))
    except (ValueError, RecursionError, csv.Error) as error:
        raise UnreadableFile(path, "this is no matrix of techniques.", str(error)[:200], _ADVICE) from None
    if not listed:
        raise UnreadableFile(path, "this names no technique.", "No id such as T0084.001 stands in it.", _ADVICE)
    return dict(sorted(listed.items()))


_ADVICE = "Name DISARM's STIX bundle (DISARM.json), or a CSV whose first two columns are id and name."


def _of_bundle(bundle: Any) -> Iterator[tuple[str, str]]:
    for one in bundle.get("objects") or []:
        if not isinstance(one, dict) or one.get("type") != "attack-pattern":
            continue
        for reference in one.get("external_references") or []:
            technique_id = str(reference.get("external_id", ""))
            if TECHNIQUE_ID.fullmatch(technique_id):
                yield technique_id, str(one.get("name", technique_id))[:LONGEST_NAME]


def _of_table(text: str) -> Iterator[tuple[str, str]]:
    for row in csv.reader(text.splitlines()):
        if len(row) >= 2 and TECHNIQUE_ID.fullmatch(row[0].strip()):
            yield row[0].strip(), row[1].strip()[:LONGEST_NAME]
