"""What a purge is about to delete: found before the first byte goes, and written down until the proof is.

    names asked for, a date ──► Plan: rows of files, accounts, names, words      purges/unfinished.json

A purge that was cut off has deleted some of what it was to look for: the profile that tells which account a handle
belonged to, the posts whose words may stand in a capture. So the plan comes first, the next purge adds to it what
is still there and completes both, and the plan goes when the record of what was found afterwards is written.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.model.deletion import REPEATS
from groundswell.model.post import POSTS
from groundswell.model.records import revive
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.store.masking import rows_naming
from groundswell.store.names import Names
from groundswell.store.raw import lines_in
from groundswell.store.segments import hash_of, write_whole
from groundswell.store.study import Study
from groundswell.store.words import Start, Words, words_to_purge

RECORDS = "purges"
UNFINISHED = "unfinished.json"

ASKED = TableContract("asked_names", {"name": "text"}, order=("name",))
TO_PURGE = TableContract("to_purge", {"platform": "text", "account_id": "text"}, order=("platform", "account_id"))

CALLED_SO = """
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

SOME_POSTS = TableContract("some_posts", POSTS.columns, POSTS.order)


@dataclass(frozen=True, kw_only=True)
class FilePlan:
    """What is to change in one file, and what it was before."""

    sha256: str
    rows: tuple[int, ...]
    """Of posts that go."""
    again: tuple[int, ...]
    """Of rows listed in ``repeats/`` that go."""
    masked: tuple[int, ...]
    """Of posts that stay and name someone."""
    raw: str | None
    """What its raw bytes were called."""
    segments: tuple[str, ...]
    """SHA-256 of its segments."""

    def and_then(self, now: FilePlan) -> FilePlan:
        """What both plans say goes; what the file was before, the earlier one knows."""
        rows = tuple(sorted({*self.rows, *now.rows}))
        return FilePlan(
            sha256=self.sha256,
            rows=rows,
            again=tuple(sorted({*self.again, *now.again})),
            masked=tuple(sorted({*self.masked, *now.masked} - set(rows))),
            raw=self.raw,
            segments=self.segments,
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that goes from a study. Every field is sorted."""

    asked: tuple[str, ...] = ()
    """Names asked for, lower case, without @."""
    before: datetime | None = None
    """In UTC and naive, as in the tables."""
    accounts: tuple[tuple[str, str], ...] = ()
    """Platform and id."""
    called: tuple[str, ...] = ()
    """Ids, handles and addresses of these accounts."""
    posts: tuple[tuple[str, str], ...] = ()
    """Platform and id of what goes."""
    post_ids: tuple[str, ...] = ()
    """Of posts by these accounts, which name them wherever they stand."""
    starts: tuple[Start, ...] = ()
    """The words of what goes."""
    files: tuple[FilePlan, ...] = ()
    posts_before: int = 0

    @property
    def names(self) -> Names:
        """What nothing in the study may name afterwards."""
        return Names({*self.called, *self.post_ids, *self.asked} if self.asked else ())

    @property
    def words(self) -> Words:
        """What no page in the study should hold afterwards."""
        return Words.starting(self.starts)

    def not_found(self) -> int:
        """How many of the names nothing in the study is called."""
        found = {name.lstrip("@").lower() for name in self.called}
        return sum(name not in found for name in self.asked)


def planned(study: Study, engine: Engine, asked: Collection[str], before: datetime | None) -> Plan:
    """Find what goes: what is asked for now, and what a purge that was cut off had still to do.

    Leaves the table ``to_purge`` (platform, account_id) in the engine.
    """
    begun = _unfinished(study)
    names = sorted({*begun.asked, *asked})
    before = max((one for one in (begun.before, before) if one is not None), default=None)
    study.open_tables(engine)
    engine.open(REPEATS, study.segments(REPEATS))
    engine.load(ASKED, {"name": text_column(names)})
    accounts = sorted({*begun.accounts, *((platform, name) for platform, name in engine.rows(CALLED_SO))})
    engine.load(TO_PURGE, _columns(TO_PURGE, accounts))
    doomed = engine.rows(DOOMED, before=before)
    gone = {name for _, name in accounts}
    plan = Plan(
        asked=tuple(names),
        before=before,
        accounts=tuple(accounts),
        called=tuple(sorted({*begun.called, *gone, *(name for (name,) in engine.rows(CALLED) if name)})),
        posts=tuple(sorted({*begun.posts, *((platform, post) for _, _, platform, post, _ in doomed)})),
        post_ids=tuple(sorted({*begun.post_ids, *(post for _, _, _, post, who in doomed if who in gone)})),
        starts=tuple(sorted({*begun.starts, *words_to_purge(engine, before).starts})),
        posts_before=begun.posts_before or int(engine.rows("select count(*) from posts")[0][0]),
    )
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for source_file, row, *_ in doomed:
        rows[source_file].append(row)
    files = {one.sha256: one for one in _files(study, engine, plan, rows)}
    files.update({one.sha256: one.and_then(files.get(one.sha256, one)) for one in begun.files})
    plan = replace(plan, files=tuple(files[name] for name in sorted(files)))
    write_whole(study.folder / RECORDS / UNFINISHED, json.dumps(asdict(plan), default=datetime.isoformat))
    return plan


def finish(study: Study) -> None:
    """Forget the plan: the record of what was found afterwards is written."""
    (study.folder / RECORDS / UNFINISHED).unlink(missing_ok=True)


def _unfinished(study: Study) -> Plan:
    path = study.folder / RECORDS / UNFINISHED
    return revive(Plan, json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else Plan()


def _files(study: Study, engine: Engine, plan: Plan, rows: Mapping[str, list[int]]) -> Iterator[FilePlan]:
    """What is to change in each file; those with nothing to take are left as they are."""
    names, entries = plan.names, study.ledgers()
    referring = {entry.sha256: _referring(study, engine, entry.sha256, names) for entry in entries}
    keys = sorted({*plan.posts, *(key for found in referring.values() for key in found.values())})
    engine.load(PURGED_POSTS, _columns(PURGED_POSTS, keys))
    again: defaultdict[str, list[int]] = defaultdict(list)
    for source_file, row in engine.rows(SAID_AGAIN, before=plan.before):
        again[source_file].append(row)
    for name in (entry.sha256 for entry in entries):
        ledger = (study.folder / "ledger" / f"{name}.json").read_text(encoding="utf-8")
        raw = json.loads(ledger).get("raw", name)
        named = any(map(names.are_in, lines_in(study.raw / f"{raw}.zst"))) if names and raw else False
        if rows[name] or again[name] or named or referring[name] or names.are_in(ledger):
            yield FilePlan(
                sha256=name,
                rows=tuple(rows[name]),
                again=tuple(again[name]),
                masked=tuple(sorted(referring[name].keys() - set(rows[name]))),
                raw=raw,
                segments=tuple(map(hash_of, study.segments_of(POSTS, name))),
            )


def _referring(study: Study, engine: Engine, source_file: str, names: Names) -> dict[int, tuple[str, str]]:
    """The posts of a file that name someone, by row: platform and id."""
    found: dict[int, tuple[str, str]] = {}
    for path in study.segments_of(POSTS, source_file) if names else ():
        engine.open(SOME_POSTS, [path])
        columns = engine.query("select * from some_posts")
        at = np.flatnonzero(rows_naming(columns, names))
        keys = zip(columns["platform"][at], columns["post_id"][at], strict=True)
        found.update(zip(columns["source_row"][at].tolist(), keys, strict=True))
    return found


def _columns(contract: TableContract, keys: Sequence[tuple[str, str]]) -> Columns:
    return {name: text_column([key[at] for key in keys]) for at, name in enumerate(contract.columns)}
