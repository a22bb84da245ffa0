"""The worksheet as a file that people edit: TOML with the rules written above each part, or JSON of the same names."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from groundswell.claims.worksheet.sheet import (
    CREDIBILITY,
    FIXED,
    RELIABILITY,
    Actor,
    Dimension,
    Evidence,
    Hypothesis,
    Sheet,
)
from groundswell.errors import UnreadableFile

LARGEST = 4 << 20
"""Bytes."""

TOP = """\
# An attribution worksheet. The program filled behaviour, content and distribution; who is behind it, it never says.
# Check it: groundswell worksheet --check THIS_FILE
"""
PRIORS = """\
# Explanations, fixed before the evidence, and how likely each was held beforehand. Priors sum to 1. If you change
# them, the page says that they were changed after the sheet was made.
"""
EVIDENCE = f"""\
# Evidence. dimension: {", ".join(Dimension)}.
# reliability of the source: {"; ".join(f"{letter} {words}" for letter, words in RELIABILITY.items())}.
# credibility of what it says: {"; ".join(f"{n} {words}" for n, words in CREDIBILITY.items())}.
# root: what it goes back to; one piece of evidence is counted for each root.
# comparators: how many comparable cases it was held against; no ratio counts for more, and with 0 nothing moves.
# likelihood: for each explanation, how often such evidence is seen when it is true, above 0 and up to 1, from those
# comparators. An explanation that is left out counts like the least likely one given. No table: not weighed.
"""
ACTOR = """\
# Who is behind it. Leave it empty unless there is evidence of dimension "actor" with a source, and a person signs.
"""


def as_toml(sheet: Sheet) -> str:
    """Write the sheet as TOML, with the rules above each part."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield TOP
    for name in ("about", "run", "made_by", "fixed"):
        yield f"{name} = {_quoted(getattr(sheet, name))}"
    yield f"\n{PRIORS}".rstrip("\n")
    for one in sheet.hypotheses:
        yield f"\n[[hypothesis]]\nid = {_quoted(one.hypothesis_id)}\nname = {_quoted(one.name)}"
        yield f"prior = {one.prior:.6f}"
    yield f"\n{EVIDENCE}".rstrip("\n")
    for each in sheet.evidence:
        yield "\n[[evidence]]"
        yield f"id = {_quoted(each.evidence_id)}"
        for name in ("dimension", "statement", "source", "root", "reliability"):
            yield f"{name} = {_quoted(str(getattr(each, name)))}"
        yield f"credibility = {each.credibility}\ncomparators = {each.comparators}"
        yield f"filled_by = {_quoted(each.filled_by)}"
        if each.post_ids:
            yield f"post_ids = [{', '.join(map(_quoted, each.post_ids))}]"
        if each.likelihood:
            pairs = ", ".join(f"{name} = {value:g}" for name, value in each.likelihood)
            yield f"likelihood = {{ {pairs} }}"
    yield f"\n{ACTOR}[actor]"
    for name in ("name", "signed_by", "signed_on"):
        yield f"{name} = {_quoted(getattr(sheet.actor, name))}"


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The same as plain values, under the names of the TOML file."""
    return {
        **{name: getattr(sheet, name) for name in ("about", "run", "made_by", "fixed")},
        "hypothesis": [{"id": one.hypothesis_id, "name": one.name, "prior": one.prior} for one in sheet.hypotheses],
        "evidence": [
            {
                "id": each.evidence_id,
                **{name: value for name, value in asdict(each).items() if name not in ("evidence_id", "likelihood")},
                "post_ids": list(each.post_ids),
                **({"likelihood": dict(each.likelihood)} if each.likelihood else {}),
            }
            for each in sheet.evidence
        ],
        "actor": asdict(sheet.actor),
    }


def read_sheet(file: Path) -> Sheet:
    """Read a worksheet that people may have edited.

    Raises
    ------
    UnreadableFile
        It is too large, no TOML or JSON, or lacks what a sheet needs; the message names the part.
    """
    if file.stat().st_size > LARGEST:
        raise _unread(file, "too large for a worksheet.", f"It holds {file.stat().st_size:,} bytes.")
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    try:
        found = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unread(file, "no worksheet: it can't be read.", str(error)[:200]) from None
    try:
        return _sheet(found)
    except KeyError as error:
        raise _unread(file, f"a part lacks {error}.", "Every part needs the names that the program wrote.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise _unread(file, "a value is of the wrong kind.", str(error)[:200]) from None


def _unread(file: Path, wrong: str, seen: str) -> UnreadableFile:
    return UnreadableFile(
        file, wrong, seen, "Make a fresh one to compare: `groundswell worksheet STUDY -o fresh.toml`."
    )


def _sheet(found: Mapping[str, Any]) -> Sheet:
    who = {name: needs for name, _, needs in FIXED}
    return Sheet(
        **{name: str(found.get(name, "")) for name in ("about", "run", "made_by", "fixed")},
        hypotheses=tuple(
            Hypothesis(
                hypothesis_id=str(one["id"]),
                name=str(one["name"]),
                prior=float(one["prior"]),
                needs_actor=who.get(str(one["id"]), False),
            )
            for one in found["hypothesis"]
        ),
        evidence=tuple(_evidence(one) for one in found.get("evidence", ())),
        actor=Actor(**{name: str(found.get("actor", {}).get(name, "")) for name in ("name", "signed_by", "signed_on")}),
    )


def _evidence(one: Mapping[str, Any]) -> Evidence:
    likelihood = one.get("likelihood", {})
    return Evidence(
        evidence_id=str(one["id"]),
        dimension=Dimension(str(one["dimension"])),
        statement=str(one["statement"]),
        source=str(one.get("source", "")),
        root=str(one.get("root", "")),
        reliability=str(one.get("reliability", "F")).upper(),
        credibility=int(one.get("credibility", 6)),
        comparators=int(one.get("comparators", 0)),
        likelihood=tuple((str(name), float(value)) for name, value in likelihood.items()),
        filled_by=str(one.get("filled_by", "")),
        post_ids=tuple(map(str, one.get("post_ids", ()))),
    )
