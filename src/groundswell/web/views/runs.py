"""The runs of a study, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from groundswell.pipeline.run_record import VERSION
from groundswell.publish.page import page
from groundswell.publish.spelling import count
from groundswell.store.run_folder import read_json
from groundswell.web.frames import app_frame
from groundswell.web.shelf import Shelf

ASKED = {
    "campaign": "Campaign",
    "windows_s": "Windows of the links, s",
    "scan_windows_s": "Windows of the groups, s",
    "kinds": "Kinds of trace",
    "min_objects": "Fewest objects of a link",
    "fdr": "False discovery rate",
    "cautious": "Five times, not three",
    "power": "Campaigns planted of each make",
    "seed": "Seed",
    "show_handles": "Names shown",
}
"""What a run is asked, in the words of the page."""


def show(request: Request) -> Response:
    """All runs, newest first, each beside the one before it."""
    shelf: Shelf = request.app.state.shelf
    ids = shelf.runs
    runs = []
    for number, run_id in enumerate(ids):
        since = ids[number + 1] if number + 1 < len(ids) else None
        changed = None if since is None else changes(shelf.groups(since), shelf.groups(run_id))
        asked = [] if since is None else asked_otherwise(_record(shelf, since), _record(shelf, run_id))
        said = [] if since is None else _said_otherwise(shelf.about(since), shelf.about(run_id))
        runs.append({**shelf.about(run_id), "since": since, "changes": changed, "asked": [*asked, *said]})
    content = {"runs": runs, "name": shelf.study.name}
    return HTMLResponse(page("web/runs.html", frame=app_frame(request, shelf, "/runs"), version=VERSION, **content))


def changes(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Rows of the reported groups whose members changed: which, members before and now, came, went.

    Letters are given anew in every run, so a group is held against the one before with which it shares the most
    members; one that has no such twin came, or went, as a whole.
    """
    older, newer = _members(before), _members(now)
    rows = []
    for is_letter, was_letter in _matched(older, newer):
        is_now = newer.get(is_letter, frozenset())
        was = older.get(was_letter, frozenset())
        if was != is_now or (is_letter and was_letter and is_letter != was_letter):
            parts = (was, is_now, is_now - was, was - is_now)
            rows.append((_name(is_letter, was_letter, newer), *(count(len(part)) for part in parts)))
    return rows


def _matched(older: dict[str, frozenset[str]], newer: dict[str, frozenset[str]]) -> list[tuple[str, str]]:
    """Pairs of letters, now and before; an empty one stands for none. The most shared members are paired first."""
    shared = sorted(
        (-len(is_now & was), is_letter, was_letter)
        for is_letter, is_now in newer.items()
        for was_letter, was in older.items()
        if is_now & was
    )
    found: dict[str, str] = {}
    for _, is_letter, was_letter in shared:
        if is_letter not in found and was_letter not in found.values():
            found[is_letter] = was_letter
    gone = sorted(set(older) - set(found.values()))
    return [*((letter, found.get(letter, "")) for letter in sorted(newer)), *(("", letter) for letter in gone)]


def _name(is_letter: str, was_letter: str, newer: Container[str]) -> str:
    if not is_letter:
        return f"{was_letter} of before" if was_letter in newer else was_letter
    return is_letter if was_letter in ("", is_letter) else f"{is_letter}, before it was {was_letter}"


def asked_otherwise(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What the two runs were given that is not the same: what, before, now."""
    was, is_now = before["parameters"], now["parameters"]
    rows = [("Version", str(before["version"]), str(now["version"])), ("Files", _files(before), _files(now))]
    rows += [(words, _written(was.get(name)), _written(is_now.get(name))) for name, words in ASKED.items()]
    return [row for row in rows if row[1] != row[2]]


def _files(record: Mapping[str, Any]) -> str:
    return ", ".join(one["file"] for one in record["inputs"])


def _said_otherwise(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What the two runs read and said, where it is not the same."""
    told = (("Read", "scope"), ("Dates", "dates"), ("Said", "headline"))
    return [(words, before[name], now[name]) for words, name in told if before[name] != now[name]]


def _written(value: Any) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, float):
        return f"{value:g}"
    # Ids of posts lead to accounts, and thousands of them fill no cell.
    return "a list of posts" if str(value).startswith("posts:") else str(value)


def _record(shelf: Shelf, run_id: str) -> dict[str, Any]:
    return dict(read_json(shelf.study.run_folder(run_id) / "run.json", step="detect"))


def _members(groups: list[dict[str, Any]]) -> dict[str, frozenset[str]]:
    return {one["group_id"]: frozenset(one["account_ids"]) for one in groups if one["outcome"] == "reported"}


ROUTES = (Route("/runs", show),)
