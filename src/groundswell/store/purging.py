"""What a retention date or a deletion request asks for goes from a study, and the study is searched for what is left.

    posts by the accounts, reposts of them, posts before a date ──► gone from segments, raw bytes, traces and runs
    the same posts in other files, and earlier versions         ──► gone from the raw bytes
    names of the accounts in other people's posts               ──► masked; their raw line goes
    then every file of the study is searched again, and others'
    pages that it keeps for the names and for the words         ──► purges/<id>.json says what was found: nothing

The record names nobody: accounts stand in it as keyed hashes, by which whoever asks for ana can be told whether ana
was purged. Runs that used what went keep what they were asked and lose what they found.
"""

from __future__ import annotations

import hmac
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.deletion import ALIASES, REPEATS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.snapshot import SNAPSHOTS
from groundswell.model.table import TableContract, text_column
from groundswell.store.deletions import forget_kept, forget_traces, honour
from groundswell.store.follows import purge_follows
from groundswell.store.lock import locked
from groundswell.store.masking import masked, rows_naming
from groundswell.store.names import Names
from groundswell.store.people import FILE as PEOPLE
from groundswell.store.people import rows_naming as people_naming
from groundswell.store.raw import unpacked
from groundswell.store.rereading import Gone, held_again
from groundswell.store.rewriting import forget_profiles, replace_segment, rewrite
from groundswell.store.segments import write_whole
from groundswell.store.snapshots import purge_snapshots
from groundswell.store.study import Study
from groundswell.store.words import Elsewhere, words_to_purge

PURGED = "purged: asked for by a person or by the retention date"
RECORDS = "purges"

ASKED = TableContract("asked_names", {"name": "text"}, order=("name",))

TO_PURGE = """
select distinct platform, account_id from (
    select platform, account_id, account_id as called from posts
    union all select platform, account_id, handle from accounts
    union all select platform, account_id, account_id from accounts
    union all select platform, account_id, url from accounts
    union all select platform, account_id, unnest([account_id, handle]) from snapshots
    union all select platform, account_id, account_id from repeats
) join asked_names on lower(ltrim(called, '@')) = asked_names.name
order by platform, account_id
"""

DOOMED = """
with first as (
    select posts.* from posts left join to_purge using (platform, account_id)
    where to_purge.account_id is not null or ($before is not null and posts.time < $before::timestamp)
), again as (
    select posts.* from posts
    where posts.repost_of in (
        select first.post_id from first join to_purge using (platform, account_id)
        where first.platform = posts.platform)
       or (posts.platform, posts.repost_of_account) in (select (platform, account_id) from to_purge)
)
select source_file, source_row, platform, post_id, account_id from (select * from first union select * from again)
order by source_file, source_row
"""

PURGED_POSTS = TableContract("purged_posts", {"platform": "text", "post_id": "text"}, order=("platform", "post_id"))
SAID_AGAIN = """
with recursive gone as (
    select platform, post_id from purged_posts
    union
    select repeats.platform, repeats.post_id
    from repeats join gone on gone.platform = repeats.platform and gone.post_id = repeats.later_id
)
select source_file, source_row from repeats semi join gone using (platform, post_id)
union
select source_file, source_row from repeats semi join to_purge using (platform, account_id)
union
select source_file, source_row from repeats where $before is not null and time < $before::timestamp
order by source_file, source_row
"""
"""Rows of other files, and earlier versions, with the words of what goes or is masked."""

CALLED = """
select distinct unnest([account_id, handle, url]) as called
from accounts semi join to_purge using (platform, account_id)
union
select distinct handle from snapshots semi join to_purge using (platform, account_id)
"""

ALIASES_LEFT = TableContract("aliases_left", ALIASES.columns, ALIASES.order)
SOME_ALIASES = TableContract("some_aliases", ALIASES.columns, ALIASES.order)

SOME_POSTS = TableContract("some_posts", POSTS.columns, POSTS.order)
SEARCHED = {
    one.name: TableContract(f"searched_{one.name}", one.columns, one.order)
    for one in (POSTS, ACCOUNTS, ALIASES, REPEATS, SNAPSHOTS)
}
"""The tables by their folders."""


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

    Cut off at any moment, the same call completes it.

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
    with ExitStack() as held:
        for lock in sorted((study.folder / "live").glob("*.lock")):
            held.enter_context(locked(lock, "collecting"))
        return _Purging(study, engine, accounts, before, elsewhere).run(at, made_by)


class _Purging:
    def __init__(
        self,
        study: Study,
        engine: Engine,
        accounts: Collection[str],
        before: datetime | None,
        elsewhere: Elsewhere | None,
    ) -> None:
        self._study, self._engine, self._elsewhere = study, engine, elsewhere
        self._asked = sorted({name.strip().lstrip("@").lower() for name in accounts} - {""})
        self._before = None if before is None else before.astimezone(UTC).replace(tzinfo=None)

    def run(self, at: datetime, made_by: str) -> Purge:
        study, engine = self._study, self._engine
        honour(study, engine)
        study.open_tables(engine)
        engine.open(REPEATS, study.segments(REPEATS))
        n_posts = int(engine.rows("select count(*) from posts")[0][0])
        engine.load(ASKED, {"name": text_column(self._asked)})
        engine.define("to_purge", TO_PURGE)
        rows: defaultdict[str, list[int]] = defaultdict(list)
        accounts = {(platform, name) for platform, name in engine.rows("select * from to_purge")}
        post_ids, posts, gone_accounts = set(), set(), {name for _, name in accounts}
        for source_file, row, platform, post_id, account_id in engine.rows(DOOMED, before=self._before):
            rows[source_file].append(row)
            posts.add((platform, post_id))
            if account_id in gone_accounts:
                post_ids.add(post_id)
        called = {name for (name,) in engine.rows(CALLED) if name} | gone_accounts
        names = Names(called | post_ids | set(self._asked)) if self._asked else Names(())
        found = {name.lstrip("@").lower() for name in called}
        words = words_to_purge(engine, self._before)
        referring = {entry.sha256: self._referring(entry.sha256, names) for entry in study.ledgers()}
        again = self._said_again(posts.union(*(found.values() for found in referring.values())))
        files = [
            changed
            for entry in study.ledgers()
            if (changed := self._purge_file(entry.sha256, rows[entry.sha256], again, referring[entry.sha256], names))
        ]
        profiles = forget_profiles(study, engine, "to_purge")
        profiles += purge_snapshots(study.folder, engine, names, self._before)
        profiles += purge_follows(study.folder, engine, names)
        self._forget_aliases(names, post_ids)
        forget_kept(study, lambda line: names.are_in(line) or tuple(json.loads(line)[:2]) in posts)
        stale = self._forget_runs({file["sha256"] for file in files})
        if files:
            forget_traces(study)
        if files or profiles:
            # What was found of names and pictures quotes people; the verbs find it again in what is left.
            for path in (study.folder / "personas").glob("*.json"):
                path.unlink()
        searched, size, left, manifest = self._search(names)
        unread: list[str] = []
        if names or self._before is not None:
            gone = Gone(posts=posts, accounts=accounts, before=self._before, names=names)
            raws, unread = held_again(study, gone)
            left = sorted({*left, *raws})
        if self._elsewhere is not None and (names or words):
            held, closed = self._elsewhere(study, names, words)
            left, unread = sorted({*left, *held}), [*unread, *closed]
        people = people_naming(study, names)
        left = sorted({*left, *([PEOPLE] if people else [])})
        key = study.pseudonym_key if (study.folder / "pseudonym.key").is_file() else b""
        record = Purge(
            purge_id=f"{at:%Y%m%dT%H%M%S}Z",
            at=at.isoformat(),
            made_by=made_by,
            before=None if self._before is None else self._before.isoformat() + "Z",
            n_asked=len(self._asked),
            account_hashes=tuple(sorted(hmac.new(key, name.encode(), sha256).hexdigest() for name in self._asked)),
            not_found=sum(name not in found for name in self._asked),
            posts_before=n_posts,
            posts_removed=sum(map(len, rows.values())),
            profiles_removed=profiles,
            files=tuple(files),
            stale_runs=tuple(stale),
            searched_files=searched,
            searched_bytes=size,
            left=tuple(left),
            people={table: tuple(found) for table, found in people.items()},
            unread=tuple(unread),
            manifest=manifest,
            outside=tuple(self._outside()),
        )
        write_whole(
            study.folder / RECORDS / f"{record.purge_id}.json",
            json.dumps(record.as_json(), indent=1, sort_keys=True) + "\n",
        )
        return record

    def _said_again(self, posts: Collection[tuple[str, str]]) -> Mapping[str, list[int]]:
        """The listed rows that go, by file."""
        keys = sorted(posts)
        self._engine.load(
            PURGED_POSTS, {name: text_column(key[i] for key in keys) for i, name in enumerate(PURGED_POSTS.columns)}
        )
        again: defaultdict[str, list[int]] = defaultdict(list)
        for source_file, row in self._engine.rows(SAID_AGAIN, before=self._before):
            again[source_file].append(row)
        return again

    def _purge_file(
        self,
        source_file: str,
        rows: list[int],
        listed: Mapping[str, list[int]],
        referring: Mapping[int, tuple[str, str]],
        names: Names,
    ) -> dict[str, Any] | None:
        """Take rows and names out of one file; None where there is nothing to take."""
        again = listed.get(source_file, [])
        study = self._study
        place = study.folder / "ledger" / f"{source_file}.json"
        ledger = json.loads(place.read_text(encoding="utf-8"))
        raw = ledger.get("raw", source_file)
        named = any(names.are_in(line) for line in _lines(study.raw / f"{raw}.zst")) if names and raw else False
        segments = study.segments_of(POSTS, source_file)
        if not (rows or again or named or referring or names.are_in(place.read_text(encoding="utf-8"))):
            return None
        before = [_hash(path) for path in segments]
        rewrite(
            study,
            self._engine,
            source_file,
            [*rows, *again],
            reason=PURGED,
            tombstones=False,
            goes=names.are_in,
            change=(lambda columns: masked(columns, names)) if names else None,
        )
        return {
            "sha256": source_file,
            "rows": ledger["rows"],
            "posts_removed": len(rows),
            "posts_masked": len(referring.keys() - set(rows)),
            "rows_again": len(again),
            "segments_before": before,
            "segments_after": [_hash(path) for path in segments if path.exists()],
            "raw_before": raw,
            "raw_after": json.loads(place.read_text(encoding="utf-8"))["raw"],
        }

    def _referring(self, source_file: str, names: Names) -> dict[int, tuple[str, str]]:
        """The posts of a file that name someone, by row: platform and id."""
        found: dict[int, tuple[str, str]] = {}
        for path in self._study.segments_of(POSTS, source_file) if names else ():
            self._engine.open(SOME_POSTS, [path])
            columns = self._engine.query("select * from some_posts")
            at = np.flatnonzero(rows_naming(columns, names))
            keys = zip(columns["platform"][at], columns["post_id"][at], strict=True)
            found.update(zip(columns["source_row"][at].tolist(), keys, strict=True))
        return found

    def _forget_aliases(self, names: Names, post_ids: Collection[str]) -> None:
        for path in self._study.segments(ALIASES):
            self._engine.open(SOME_ALIASES, [path])
            columns = self._engine.query("select * from some_aliases")
            named = rows_naming(columns, names)
            stays = np.array([one not in post_ids for one in columns["post_id"]], dtype=bool) & ~named
            if not stays.all():
                self._engine.load(ALIASES_LEFT, {name: column[stays] for name, column in columns.items()})
                replace_segment(self._engine, ALIASES_LEFT, path)

    def _forget_runs(self, changed: Collection[str]) -> Iterator[str]:
        """Drop what runs found in files that changed; what they were asked stays, marked as stale."""
        latest = self._study.latest_run()
        for folder in sorted(path.parent for path in (self._study.folder / "runs").glob("*/run.json")):
            record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
            if not {one["sha256"] for one in record.get("inputs", ())} & set(changed):
                continue
            for path in sorted(folder.iterdir()):
                if path.name not in ("run.json", "stale.json"):
                    path.unlink()
            write_whole(folder / "stale.json", json.dumps({"stale": PURGED}) + "\n")
            if latest == folder:
                (self._study.folder / "runs" / "latest").unlink()
            yield folder.name

    def _search(self, names: Names) -> tuple[int, int, list[str], str]:
        """Look at every file of the study for what went."""
        left, size, manifest, n = [], 0, sha256(), 0
        self._study.open_tables(self._engine)
        if self._engine.rows(DOOMED, before=self._before):
            left.append("posts")
        for path in sorted(self._study.folder.rglob("*")):
            if not path.is_file() or path.parent.name == RECORDS or path.suffix == ".lock":
                continue
            n, size = n + 1, size + path.stat().st_size
            name = str(path.relative_to(self._study.folder))
            manifest.update(f"{name} {_hash(path)}\n".encode())
            if names and not path.name.startswith(PEOPLE) and self._names_in(path, names):
                left.append(name)
        return n, size, left, manifest.hexdigest()

    def _names_in(self, path: Path, names: Names) -> bool:
        contract = SEARCHED.get(path.parent.name) if path.suffix == ".parquet" else None
        if contract is None:
            return any(names.are_in(line) for line in _lines(path))
        self._engine.open(contract, [path])
        return bool(rows_naming(self._engine.query(f"select * from {contract.name}"), names).any())

    def _outside(self) -> Iterator[str]:
        beside = self._study.folder.parent
        if self._study.folder.name == "study" and (beside / "run.json").is_file():
            yield from sorted(path.name for path in beside.iterdir() if path.is_file())


def _lines(path: Path) -> Iterator[str]:
    """A file's lines, of what is packed in it where it is packed."""
    if not path.exists():
        return
    with unpacked(path) if path.suffix == ".zst" else path.open("rb") as source:
        for line in source:
            yield line.decode("utf-8", "replace")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
