"""What a retention date or a deletion request asks for goes from a study, and the study is searched for what is left.

    posts by the accounts, reposts of them, posts before a date ──► gone from segments, raw bytes, traces and runs
    the same posts in other files, and earlier versions         ──► gone from the raw bytes
    names of the accounts in other people's posts               ──► masked; their raw line goes
    then every file of the study is searched again, and others'
    pages that it keeps for the names and for the words         ──► purges/<id>.json says what was found: nothing

What goes is planned first (`purge_plan`), and what is left looked for afterwards (`purge_search`).

The record names nobody: accounts stand in it as keyed hashes, by which whoever asks for ana can be told whether ana
was purged. Runs that used what went keep what they were asked and lose what they found.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.deletion import ALIASES
from groundswell.model.post import POSTS
from groundswell.model.table import TableContract
from groundswell.store.deletions import forget_kept, forget_traces, honour
from groundswell.store.follows import purge_follows
from groundswell.store.lock import locked
from groundswell.store.masking import masked, rows_naming
from groundswell.store.names import Names
from groundswell.store.people import FILE as PEOPLE
from groundswell.store.people import rows_naming as people_naming
from groundswell.store.purge_plan import RECORDS, TO_PURGE, FilePlan, Plan, finish, planned
from groundswell.store.purge_search import Searched, published_beside, search
from groundswell.store.rewriting import forget_profiles, replace_segment, rewrite
from groundswell.store.segments import hash_of, write_whole
from groundswell.store.snapshots import purge_snapshots
from groundswell.store.study import Study
from groundswell.store.words import Elsewhere

PURGED = "purged: asked for by a person or by the retention date"
ALIASES_LEFT = TableContract("aliases_left", ALIASES.columns, ALIASES.order)
SOME_ALIASES = TableContract("some_aliases", ALIASES.columns, ALIASES.order)


@dataclass(frozen=True, kw_only=True)
class Purge:
    """What was asked, what went, and what a search afterwards found."""

    purge_id: str
    at: str
    made_by: str
    before: str | None
    n_asked: int
    """Accounts asked for."""
    account_hashes: tuple[str, ...]
    """HMAC-SHA256 of each name asked for, keyed with the study's own key."""
    not_found: int
    """Names that nothing in the study is called."""
    posts_before: int
    posts_removed: int
    profiles_removed: int
    """By this call; what an earlier one that was cut off had removed is not counted again."""
    files: tuple[dict[str, Any], ...]
    """Of each file that changed: rows that went, lines that went, its raw bytes before and after."""
    stale_runs: tuple[str, ...]
    searched_files: int = 0
    searched_bytes: int = 0
    left: tuple[str, ...] = ()
    """Files in which something was found after all."""
    people: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Rows of ``people.sqlite`` that name someone, by table: what people said and decided is not deleted unasked."""
    unread: tuple[str, ...] = ()
    """Files that hold posts again and whose raw bytes could not be read as posts to look for them, by name, and
    captures that could not be opened, by path."""
    manifest: str = ""
    """SHA-256 over the names and hashes of all files of the study after the purge."""
    outside: tuple[str, ...] = ()
    """Published files beside the study, which no purge of a study reaches."""

    def as_json(self) -> dict[str, Any]:
        """The record as it lies in the study."""
        return asdict(self)


def purge(
    study: Study,
    engine: Engine,
    *,
    accounts: Collection[str] = (),
    before: datetime | None = None,
    at: datetime,
    made_by: str,
    elsewhere: Elsewhere | None = None,
) -> Purge:
    """Delete posts from a study, by account or by age, and search the study for what is left of them.

    Cut off at any moment, the same call completes it; another call completes both, and its record tells of both.

    Parameters
    ----------
    accounts
        Ids, handles or addresses, in any case, with or without @.
    before
        Posts before this time go, whoever wrote them; aware.
    at
        The time that stands in the record.
    elsewhere
        Looks for names and words in what the study keeps of other people's pages, and tells the paths that hold one
        and those that could not be read. What it finds is told and not deleted.
    """
    names = {name.strip().lstrip("@").lower() for name in accounts} - {""}
    with ExitStack() as held:
        for lock in sorted((study.folder / "live").glob("*.lock")):
            held.enter_context(locked(lock, "collecting"))
        honour(study, engine)
        plan = planned(study, engine, names, None if before is None else before.astimezone(UTC).replace(tzinfo=None))
        done = _carried_out(study, engine, plan)
        record = _record(study, plan, done, search(study, engine, plan, elsewhere), at, made_by)
        write_whole(
            study.folder / RECORDS / f"{record.purge_id}.json",
            json.dumps(record.as_json(), indent=1, sort_keys=True) + "\n",
        )
        finish(study)
    return record


@dataclass(frozen=True, slots=True)
class _Done:
    files: tuple[dict[str, Any], ...]
    profiles: int
    stale_runs: tuple[str, ...]


def _carried_out(study: Study, engine: Engine, plan: Plan) -> _Done:
    """Delete what the plan says; doing it twice leaves the same."""
    names, posts = plan.names, set(plan.posts)
    files = tuple(_purge_file(study, engine, one, names) for one in plan.files)
    profiles = forget_profiles(study, engine, TO_PURGE.name)
    profiles += purge_snapshots(study.folder, engine, names, plan.before)
    profiles += purge_follows(study.folder, engine, names)
    _forget_aliases(study, engine, names, set(plan.post_ids))
    forget_kept(study, lambda line: names.are_in(line) or tuple(json.loads(line)[:2]) in posts)
    stale = tuple(_forget_runs(study, {one.sha256 for one in plan.files}))
    if files:
        forget_traces(study)
    if files or profiles:
        # What was found of names and pictures quotes people; the verbs find it again in what is left.
        for path in (study.folder / "personas").glob("*.json"):
            path.unlink()
    return _Done(files, profiles, stale)


def _purge_file(study: Study, engine: Engine, plan: FilePlan, names: Names) -> dict[str, Any]:
    """Take rows and names out of one file; returns its line in the record."""
    rewrite(
        study,
        engine,
        plan.sha256,
        [*plan.rows, *plan.again],
        reason=PURGED,
        tombstones=False,
        goes=names.are_in,
        change=(lambda columns: masked(columns, names)) if names else None,
    )
    ledger = json.loads((study.folder / "ledger" / f"{plan.sha256}.json").read_text(encoding="utf-8"))
    if plan.raw is not None and plan.raw != ledger["raw"]:
        # Left behind where an earlier try was cut off between the entry and the bytes that it no longer names.
        (study.raw / f"{plan.raw}.zst").unlink(missing_ok=True)
    return {
        "sha256": plan.sha256,
        "rows": ledger["rows"],
        "posts_removed": len(plan.rows),
        "posts_masked": len(plan.masked),
        "rows_again": len(plan.again),
        "segments_before": list(plan.segments),
        "segments_after": [hash_of(path) for path in study.segments_of(POSTS, plan.sha256)],
        "raw_before": plan.raw,
        "raw_after": ledger["raw"],
    }


def _forget_aliases(study: Study, engine: Engine, names: Names, post_ids: Collection[str]) -> None:
    for path in study.segments(ALIASES):
        engine.open(SOME_ALIASES, [path])
        columns = engine.query("select * from some_aliases")
        named = rows_naming(columns, names)
        stays = np.array([one not in post_ids for one in columns["post_id"]], dtype=bool) & ~named
        if not stays.all():
            engine.load(ALIASES_LEFT, {name: column[stays] for name, column in columns.items()})
            replace_segment(engine, ALIASES_LEFT, path)


def _forget_runs(study: Study, changed: Collection[str]) -> Iterator[str]:
    """Drop what runs found in files that changed; what they were asked stays, marked as stale."""
    latest = study.latest_run()
    for folder in sorted(path.parent for path in (study.folder / "runs").glob("*/run.json")):
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if not {one["sha256"] for one in record.get("inputs", ())} & set(changed):
            continue
        for path in sorted(folder.iterdir()):
            if path.name not in ("run.json", "stale.json"):
                path.unlink()
        write_whole(folder / "stale.json", json.dumps({"stale": PURGED}) + "\n")
        if latest == folder:
            (study.folder / "runs" / "latest").unlink()
        yield folder.name


def _record(study: Study, plan: Plan, done: _Done, searched: Searched, at: datetime, made_by: str) -> Purge:
    people = people_naming(study, plan.names)
    key = study.pseudonym_key if (study.folder / "pseudonym.key").is_file() else b""
    return Purge(
        purge_id=f"{at:%Y%m%dT%H%M%S}Z",
        at=at.isoformat(),
        made_by=made_by,
        before=None if plan.before is None else plan.before.isoformat() + "Z",
        n_asked=len(plan.asked),
        account_hashes=tuple(sorted(hmac.new(key, name.encode(), sha256).hexdigest() for name in plan.asked)),
        not_found=plan.not_found(),
        posts_before=plan.posts_before,
        posts_removed=sum(len(one.rows) for one in plan.files),
        profiles_removed=done.profiles,
        files=done.files,
        stale_runs=done.stale_runs,
        searched_files=searched.n_files,
        searched_bytes=searched.n_bytes,
        left=tuple(sorted({*searched.left, *([PEOPLE] if people else [])})),
        people={table: tuple(found) for table, found in people.items()},
        unread=searched.unread,
        manifest=searched.manifest,
        outside=tuple(published_beside(study)),
    )
