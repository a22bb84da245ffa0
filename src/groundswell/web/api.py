"""What programs may ask for: each question with its answer and the shape of it, all of it things that pages show.

    ENDPOINTS ──► routes at /api/…        (views/api.py)
              └─► the OpenAPI document    (api_document.py)

Accounts of a run stand under the names that its pages give them; panels name items as the study holds them, as
`watch --json` does. Nothing can be changed here: people act on pages.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException

from groundswell.errors import WrongUse
from groundswell.pipeline.run_record import VERSION
from groundswell.store.judgements import judgements, standing
from groundswell.watch.audit import precision
from groundswell.watch.lists import list_names, read_list
from groundswell.web import api_shapes as shapes
from groundswell.web.api_shapes import Shape
from groundswell.web.looks import panels
from groundswell.web.shelf import RUN_ID, Shelf

GROUP_ID = re.compile(r"[A-Za-z0-9-]{1,20}")
MOST_LINKS = 1_000
"""Links in one answer; `next_offset` says where the next ones begin."""
LARGEST_OFFSET = 1_000_000_000

Asked = Mapping[str, str]
"""What stands in the path and behind the question mark, by name."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """Something that may stand behind the question mark."""

    name: str
    shape: Shape
    description: str


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One thing that can be asked for."""

    path: str
    summary: str
    answer: Callable[[Shelf, Asked], Any]
    """From the shelf and what was asked to JSON."""
    shape: Shape
    queries: tuple[Query, ...] = ()


def _study(shelf: Shelf, _: Asked) -> Any:
    n_files = len(list((shelf.study.folder / "ledger").glob("*.json")))
    return {"name": shelf.study.name, "version": VERSION, "latest_run": shelf.latest, "files": n_files}


def _runs(shelf: Shelf, _: Asked) -> Any:
    return [shelf.about(run_id) for run_id in shelf.runs]


def _stored(name: str) -> Callable[[Shelf, Asked], Any]:
    return lambda shelf, asked: json.loads(_file(shelf, asked, name).read_text(encoding="utf-8"))


def _group(shelf: Shelf, asked: Asked) -> Any:
    _file(shelf, asked, "groups.json")
    found = [one for one in shelf.groups(asked["run_id"]) if one["group_id"] == asked["group_id"]]
    if not found:
        raise HTTPException(404, "This run has no such group.")
    return found[0]


def _links(shelf: Shelf, asked: Asked) -> Any:
    table = _file(shelf, asked, "edges.csv")
    offset = _whole(asked, "offset", 0, least=0, most=LARGEST_OFFSET)
    limit = _whole(asked, "limit", 100, least=1, most=MOST_LINKS)
    found = list(islice(_rows(table, "group_id", asked["group_id"]), offset, offset + limit + 1))
    links = [{name: _plain(name, value) for name, value in row.items()} for row in found[:limit]]
    return {"links": links, "offset": offset, "next_offset": offset + limit if len(found) > limit else None}


def _account(shelf: Shelf, asked: Asked) -> Any:
    found = shelf.accounts.listed(_file(shelf, asked, "accounts.csv"), asked["account"])
    if found is None:
        raise HTTPException(404, "No account of this run goes by that name alone.")
    groups = [one["group_id"] for one in shelf.groups(asked["run_id"]) if found.account_id in one["account_ids"]]
    return {"account_id": found.account_id, "posts": int(found.n_posts), "groups": groups}


def _files(shelf: Shelf, _: Asked) -> Any:
    return [ledger.as_json() for ledger in shelf.study.ledgers()]


def _judgements(shelf: Shelf, _: Asked) -> Any:
    said = judgements(shelf.study)
    return {"said": [one.as_json() for one in said], "standing": [one.as_json() for one in standing(said)]}


def _lists(shelf: Shelf, _: Asked) -> Any:
    told = []
    for name in list_names(shelf.study):
        one = read_list(shelf.study, name)
        about = {"name": one.name, "rule": one.rule, "who": one.who, "made": one.made, "tiers": list(one.tiers)}
        told.append({**about, "members": len(one.members)})
    return told


def _list(shelf: Shelf, asked: Asked) -> Any:
    _require_list(shelf, asked["name"])
    one, known = read_list(shelf.study, asked["name"]), precision(shelf.study, asked["name"])
    named = [{**row.as_json(), "account_id": shelf.accounts.redaction.account(row.account_id)} for row in one.members]
    return {**one.as_json(), "members": named, "precision": known.as_json() if known else "precision unknown"}


def _panels(shelf: Shelf, asked: Asked) -> Any:
    if "list" in asked:
        _require_list(shelf, asked["list"].partition(":")[0])
    return panels(shelf.study, asked).as_json()


def _require_list(shelf: Shelf, name: str) -> None:
    if name not in list_names(shelf.study):
        raise HTTPException(404, "This study has no such list.")


def _file(shelf: Shelf, asked: Asked, name: str) -> Path:
    run_id = asked["run_id"]
    place = shelf.file(run_id, name) if RUN_ID.fullmatch(run_id) else None
    if place is None:
        raise HTTPException(404, "There is no such run.")
    return place


def _rows(table: Path, column: str, wanted: str) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.DictReader(lines) if row[column] == wanted)


def _plain(name: str, value: str) -> str | int | float | None:
    """A cell of a table as JSON has it; what the table leaves empty is unknown."""
    if not value:
        return None
    if name.startswith("n_"):
        return int(value)
    return float(value) if name.startswith(("p_", "q_")) or name in ("window_s", "expected") else value


def _whole(asked: Asked, name: str, default: int, *, least: int, most: int) -> int:
    written = asked.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,10}", written) or not least <= int(written) <= most:
        raise WrongUse(f"{name!r} is a whole number from {least:,} to {most:,}, not {written[:40]!r}.\n  Mend it.")
    return int(written)


OFFSET = Query(
    name="offset",
    shape={"type": "integer", "minimum": 0, "maximum": LARGEST_OFFSET, "default": 0},
    description="How many to leave out from the beginning.",
)
LIMIT = Query(
    name="limit",
    shape={"type": "integer", "minimum": 1, "maximum": MOST_LINKS, "default": 100},
    description="How many at most.",
)
OF_LIST = Query(
    name="list",
    shape={"type": "string", "minLength": 1},
    description="A list, or NAME:TIER; everybody without it.",
)
HOURS = Query(
    name="hours",
    shape={"type": "number", "exclusiveMinimum": 0, "maximum": 8784, "default": 48},
    description="Length of the stretch that is looked at.",
)
AT = Query(
    name="at",
    shape={"type": "string", "format": "date-time"},
    description="The end of the stretch, which belongs to it; UTC unless it names a zone. The last post without it.",
)

ENDPOINTS = (
    Endpoint(path="/api/study", summary="What is served.", answer=_study, shape=shapes.STUDY),
    Endpoint(
        path="/api/runs",
        summary="Every run that has pages, newest first.",
        answer=_runs,
        shape=shapes.rows_of(shapes.RUN),
    ),
    Endpoint(
        path="/api/runs/{run_id}/groups",
        summary="Groups, set aside ones too.",
        answer=_stored("groups.json"),
        shape=shapes.GROUPS,
    ),
    Endpoint(
        path="/api/runs/{run_id}/groups/{group_id}",
        summary="One group.",
        answer=_group,
        shape=shapes.GROUP,
    ),
    Endpoint(
        path="/api/runs/{run_id}/groups/{group_id}/links",
        summary="The links between members of a group: evidence to read, with both its p-values.",
        answer=_links,
        shape=shapes.LINKS,
        queries=(OFFSET, LIMIT),
    ),
    Endpoint(
        path="/api/runs/{run_id}/findings",
        summary="What may be said, and why.",
        answer=_stored("findings.json"),
        shape=shapes.FINDINGS,
    ),
    Endpoint(
        path="/api/runs/{run_id}/accounts/{account}",
        summary="An account by any name that is its alone, and the groups that it is in.",
        answer=_account,
        shape=shapes.ACCOUNT,
    ),
    Endpoint(
        path="/api/runs/{run_id}/ledger",
        summary="What became of every row that a run looked at.",
        answer=_stored("ledger.json"),
        shape=shapes.LEDGER,
    ),
    Endpoint(
        path="/api/files",
        summary="What became of every row of every file that was read until now.",
        answer=_files,
        shape=shapes.rows_of(shapes.FILE),
    ),
    Endpoint(
        path="/api/judgements",
        summary="What people said, and what of it stands.",
        answer=_judgements,
        shape=shapes.JUDGEMENTS,
    ),
    Endpoint(path="/api/lists", summary="The watchlists.", answer=_lists, shape=shapes.rows_of(shapes.LIST)),
    Endpoint(
        path="/api/lists/{name}",
        summary="A watchlist with its members, their reasons and sources.",
        answer=_list,
        shape=shapes.WHOLE_LIST,
    ),
    Endpoint(
        path="/api/watch",
        summary="The panels of a list or of everybody, at any moment.",
        answer=_panels,
        shape=shapes.PANELS,
        queries=(OF_LIST, HOURS, AT),
    ),
)
