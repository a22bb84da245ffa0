"""What was taken back is gone from the study: the words go, that there was a post stays.

    deletions/<name>.jsonl ──honour──► posts without content, raw lines replaced by their hash; then the file goes
    deletions/<file>.kept              posts that a file said were taken back, for posts that are read after it
    deletions/tombstones.kept          posts that were taken back, for other files that hold them too

Every file that holds the post is rewritten: where it was read again, and where an earlier version of it stands. A
tombstone keeps whose post it was, when, and its ids; text, links, hashtags, mentions and what it repeated become
unknown. The line in the raw archive becomes its SHA-256, so that whoever holds a copy can show that it was this one.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from groundswell.engine.engine import Engine
from groundswell.model.deletion import ALIASES, DELETIONS, REPEATS, Deletion
from groundswell.model.table import Columns, text_column
from groundswell.store.rewriting import forget_profiles, rewrite
from groundswell.store.segments import write_whole
from groundswell.store.snapshots import blank_snapshots
from groundswell.store.study import Study

TAKEN_BACK = "taken back by its author or the platform"

KEPT = ".kept"

HAS_CONTENT = (
    "(posts.text is not null or posts.urls is not null or posts.hashtags is not null or posts.mentions is not null"
    " or posts.repost_of is not null or posts.reply_to is not null or posts.quote_of is not null)"
)

NAMED = """
select platform, post_id, account_id from deletions where local_id is null
union
select deletions.platform, aliases.post_id, null from deletions join aliases using (platform, server, local_id)
"""

DOOMED = f"""
select distinct posts.source_file, posts.source_row, posts.platform, posts.post_id
from posts join taken_back on taken_back.platform = posts.platform
    and (taken_back.post_id = posts.post_id or taken_back.account_id = posts.account_id)
where {HAS_CONTENT}
order by posts.source_file, posts.source_row
"""

SAID_AGAIN = """
with recursive gone as (
    select platform, post_id from taken_back where post_id is not null
    union
    select repeats.platform, repeats.post_id
    from repeats join gone on gone.platform = repeats.platform and gone.post_id = repeats.later_id
)
select source_file, source_row from repeats semi join gone using (platform, post_id)
union
select source_file, source_row from repeats semi join taken_back using (platform, account_id)
order by source_file, source_row
"""
"""Other rows with the words of what was taken back; with a version go the earlier ones that had ids of their own."""


def queue(folder: Path, name: str, deletions: Iterable[Deletion], server: str = "") -> None:
    """Remember what is to go from the study `folder`; the same name again replaces what it said."""
    if lines := [json.dumps([*deletion, server]) for deletion in deletions]:
        write_whole(folder / "deletions" / f"{name}.jsonl", "\n".join(lines) + "\n")


def honour(study: Study, engine: Engine) -> int:
    """Take the content of every post that was taken back; returns the number of posts.

    Cut off at any moment, it is finished by the next call: what was queued stays until its content is gone. The same
    words in other rows go with it and are not counted.
    """
    waiting = sorted((study.folder / "deletions").glob("*.jsonl"))
    kept = sorted((study.folder / "deletions").glob(f"*{KEPT}"))
    if not (waiting or kept):
        return 0
    engine.load(DELETIONS, _columns([*kept, *waiting]))
    engine.open(ALIASES, study.segments(ALIASES))
    engine.open(REPEATS, study.segments(REPEATS))
    study.open_tables(engine)
    engine.define("taken_back", NAMED)
    doomed: defaultdict[str, list[int]] = defaultdict(list)
    tombstones = engine.rows(DOOMED)
    for source_file, row, _, _ in tombstones:
        doomed[source_file].append(row)
    _keep_tombstones(study, {(platform, post_id) for _, _, platform, post_id in tombstones})
    for source_file, row in engine.rows(SAID_AGAIN):
        doomed[source_file].append(row)
    for source_file, rows in doomed.items():
        rewrite(study, engine, source_file, rows, reason=TAKEN_BACK, tombstones=True)
    engine.define("accounts_gone", "select platform, account_id from taken_back where account_id is not null")
    forget_profiles(study, engine, "accounts_gone")
    blank_snapshots(study.folder, engine, "accounts_gone")
    if tombstones:
        forget_traces(study)
    for path in waiting:
        if study.has_read(path.stem):
            _keep(path)
        path.unlink()
    return len(tombstones)


def _keep_tombstones(study: Study, taken: Collection[tuple[str, str]]) -> None:
    """Remember whose words went, so that a file that is read later does not bring them back in its raw bytes."""
    place = study.folder / "deletions" / f"tombstones{KEPT}"
    before = set(place.read_text(encoding="utf-8").splitlines()) if place.exists() else set()
    lines = before | {json.dumps([*Deletion(platform, post_id=post_id), ""]) for platform, post_id in taken}
    if len(lines) > len(before):
        write_whole(place, "\n".join(sorted(lines)) + "\n")


def _keep(path: Path) -> None:
    """Remember the posts of a list that was read as a file, which may come before what it speaks of.

    A stream tells of posts first and of deletions later, so nothing is kept of one. An account may come back, and what
    it posts then is not what it took back.
    """
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if json.loads(line)[1] is not None]
    if lines:
        write_whole(path.with_suffix(KEPT), "\n".join(lines) + "\n")


def forget_kept(study: Study, goes: Callable[[str], bool]) -> None:
    """Forget the lines of kept lists of which `goes` is true."""
    for path in sorted((study.folder / "deletions").glob(f"*{KEPT}")):
        lines = path.read_text(encoding="utf-8").splitlines()
        stay = [line for line in lines if not goes(line)]
        if not stay:
            path.unlink()
        elif len(stay) < len(lines):
            write_whole(path, "\n".join(stay) + "\n")


def forget_traces(study: Study) -> None:
    """Drop the traces, which repeat what posts said; `groundswell trace` makes them anew."""
    for name in ("traces.json", "traces.parquet"):
        (study.folder / "traces" / name).unlink(missing_ok=True)
    if (numbers := study.folder / "traces" / "shares").is_dir():
        shutil.rmtree(numbers)


def _columns(paths: Iterable[Path]) -> Columns:
    rows = list(_rows(paths))
    columns = zip(*rows, strict=True) if rows else [[] for _ in DELETIONS.columns]
    return dict(zip(DELETIONS.columns, map(text_column, columns), strict=True))


def _rows(paths: Iterable[Path]) -> Iterator[tuple[str, str | None, str | None, str | None, str | None]]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            platform, post_id, account_id, local_id, server = json.loads(line)
            yield platform, post_id, account_id, local_id, server
