"""A sealed journal becomes a file of the study, by the same steps as any other file.

    Sealed ──keep──► raw/     ──ingest──► posts/ accounts/ aliases/     and, last, the ledger entry with the cursor

A kill at any moment leaves either the journal or the ledger entry. Sealing the same journal twice gives one file,
because a file is known by its bytes, and the journal goes when the entry is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.collect.event import Source
from groundswell.collect.journal import Sealed
from groundswell.engine.duck import Duck
from groundswell.model.ledger import FileLedger
from groundswell.model.post import POSTS, Post
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.read import json_lines
from groundswell.read.ingest import Seen, Sink, ingest_recognised
from groundswell.read.lines import capped_lines
from groundswell.read.reader import Broken, LeaveOut, Noted, Reader, Record
from groundswell.read.recognise import OTHER_FORMAT, Recognised, Tally
from groundswell.read.survey import LIMITS, Survey, survey, text_of
from groundswell.read.versions import Later
from groundswell.store.deletions import queue
from groundswell.store.raw import keep
from groundswell.store.rewriting import repack
from groundswell.store.segments import Appending, write_whole
from groundswell.store.study import Study
from groundswell.store.versions import known_edits, note_versions, settle_versions

OVERLAP = timedelta(minutes=10)
"""Two servers, or one server twice, tell a post's time this close together."""

HELD_ALREADY = """
select distinct new.platform, new.post_id
from arrived as new join posts as old on old.platform = new.platform and old.post_id = new.post_id
order by new.platform, new.post_id
"""

ARRIVED = TableContract("arrived", {"platform": "text", "post_id": "text"}, order=("platform", "post_id"))


@dataclass(frozen=True, kw_only=True)
class Committed:
    """What became of one journal."""

    entry: FileLedger | None
    """None where the study had these bytes already, or there was no line."""
    cursor: int | None


def seal(study: Study, source: Source, sealed: Sealed) -> Committed:
    """Put a journal into the study and acknowledge it together with its cursor."""
    cursor = sealed.cursor
    entry: FileLedger | None = None
    if sealed.lines.stat().st_size:
        cursor = _last_cursor(source, sealed.lines) if cursor is None else cursor
        digest, secret = keep(sealed.lines, study.raw, unless=study.has_read)
        study.set_pseudonym_key(secret)
        if not study.has_read(digest):
            entry = _append(study, source, sealed, cursor)
    with Duck() as engine:
        settle_versions(study, engine)
    queue(study.folder, sealed.lines.stem, sealed.deletions(), source.key)
    if cursor is not None:
        save_cursor(study, source, cursor)
    sealed.drop()
    return Committed(entry=entry, cursor=cursor)


def _append(study: Study, source: Source, sealed: Sealed, cursor: int | None) -> FileLedger:
    looked = survey(sealed.lines)
    known: set[tuple[str, str]] = set()
    while True:
        seen = Seen()
        seen.edits = known_edits(study)
        later: list[Later] = []
        for platform, post_id in known:
            seen.is_new_post(platform, post_id)
        with Duck() as engine, Appending(study.folder, engine) as appending:
            noting = _Noting(appending)
            entry = ingest_recognised(looked, _recognised(looked, source.reader), sink=noting, seen=seen, later=later)
            # Overlaps are rare: first as if there were none, and again without what the study turns out to hold.
            if again := _held_already(study, engine, entry, noting) - known:
                known |= again
                continue
            raw = looked.sha256
            if repeated := _repeated(source, looked, noting):
                # What is deleted one day must not lie in a second place.
                ledger = {"format": entry.format, "rows": entry.rows, "stream": source.name}
                raw = repack(study, ledger, raw, repeated, hashed=True) or raw
            if aliases := _aliases(source, looked):
                appending.aliases(aliases)
            entry = replace(entry, assumptions=(*entry.assumptions, *_remarks(sealed)))
            edited = note_versions(study.folder, looked.sha256, later)
            stream = {"source": source.name, "key": source.key, "cursor": cursor}
            appending.commit(entry, stream=stream, raw=raw, **edited)
            if raw != looked.sha256:
                (study.raw / f"{looked.sha256}.zst").unlink(missing_ok=True)
            return entry


class _Noting:
    """Hands on, and remembers which posts went by."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.accounts = sink.accounts
        self.arrived: list[Columns] = []
        self.rows: set[int] = set()

    def posts(self, columns: Columns) -> None:
        """Take a batch of posts."""
        self.arrived.append({name: columns[name] for name in ARRIVED.columns})
        self.rows.update(columns["source_row"].tolist())
        self._sink.posts(columns)


def _repeated(source: Source, looked: Survey, noting: _Noting) -> frozenset[int]:
    """The rows that are posts and were not taken, because the study or the journal has them already."""
    return frozenset(
        row
        for row, record in enumerate(_records(looked, json_lines.Parser()), start=1)
        if row not in noting.rows and not isinstance(record, Broken) and _is_post(source, record)
    )


def _is_post(source: Source, record: Record) -> bool:
    try:
        read = source.reader.to_post(record)
    except LeaveOut:
        return False
    return isinstance(read.read if isinstance(read, Noted) else read, Post)


def _held_already(study: Study, engine: Duck, entry: FileLedger, noting: _Noting) -> set[tuple[str, str]]:
    """The posts of this journal that the study has from another file.

    A post has the same time each time it is delivered, so only files whose times overlap can hold it.
    """
    if not noting.arrived or entry.first_time is None or entry.last_time is None:
        return set()
    first, last = (datetime.fromisoformat(time) for time in (entry.first_time, entry.last_time))
    overlapping = {
        older.sha256
        for older in study.ledgers()
        if older.first_time is not None
        and older.last_time is not None
        and datetime.fromisoformat(older.first_time) <= last + OVERLAP
        and datetime.fromisoformat(older.last_time) >= first - OVERLAP
    }
    paths = [path for path in study.segments(POSTS) if path.name.rsplit("-", 1)[0] in overlapping]
    if not paths:
        return set()
    engine.open(POSTS, paths)
    engine.load(ARRIVED, {name: np.concatenate([part[name] for part in noting.arrived]) for name in ARRIVED.columns})
    return set(engine.rows(HELD_ALREADY))


def _recognised(looked: Survey, reader: Reader) -> Recognised:
    """The journal read by the reader of its source: what it is need not be guessed."""

    def records(tally: Tally) -> Iterator[Record | Broken]:
        parser = json_lines.Parser()
        for record in _records(looked, parser):
            if isinstance(record, Broken) or reader.knows(record):
                yield record
            else:
                yield Broken(OTHER_FORMAT, ", ".join(record)[:120])
        tally.n_keys_twice = parser.n_twice

    return Recognised(reader=reader, sure="collected by Groundswell", columns=reader.columns, records=records)


def _records(looked: Survey, parser: json_lines.Parser) -> Iterator[Record | Broken]:
    with text_of(looked) as (stream, _):
        for line in capped_lines(stream, LIMITS.line):
            if isinstance(line, Broken):
                yield line
            elif line and not line.isspace():
                yield from parser.records(line)


def _aliases(source: Source, looked: Survey) -> Columns | None:
    named = set()
    if source.names_locally:
        for record in _records(looked, json_lines.Parser()):
            if not isinstance(record, Broken) and (pair := source.local_id_of(record)):
                named.add(pair)
    if not named:
        return None
    local_ids, post_ids = zip(*sorted(named), strict=True)
    return {
        "platform": text_column([source.name] * len(named)),
        "server": text_column([source.key] * len(named)),
        "local_id": text_column(local_ids),
        "post_id": text_column(post_ids),
    }


def _remarks(sealed: Sealed) -> Iterator[str]:
    yield from sealed.remarks
    if sealed.edits:
        yield (
            f"Of {sealed.received:,} events received, {sealed.edits:,} were edits of posts: of each post the last"
            " version that arrived counts."
        )
    for reason, n in sorted(sealed.not_kept.items()):
        yield f"Of {sealed.received:,} events received, {n:,} were not kept: {reason}."


def _last_cursor(source: Source, lines: Path) -> int | None:
    """The furthest cursor among the lines of a journal whose collector was killed."""
    found = [
        cursor
        for record in _records(survey(lines), json_lines.Parser())
        if not isinstance(record, Broken) and (cursor := source.cursor_of(record)) is not None
    ]
    return max(found, default=None)


def save_cursor(study: Study, source: Source, cursor: int) -> None:
    """Remember where a stream stands, also where nothing of it was kept."""
    write_whole(_cursor_file(study, source), json.dumps({"cursor": cursor, "address": source.address}) + "\n")


def find_cursor(study: Study, source: Source) -> int | None:
    """Where a stream stands: the furthest that a ledger entry or the cursor file acknowledges."""
    places: list[Mapping[str, Any]] = []
    if (own := _cursor_file(study, source)).is_file():
        places.append(json.loads(own.read_text(encoding="utf-8")))
    for path in (study.folder / "ledger").glob("*.json"):
        stream = json.loads(path.read_text(encoding="utf-8")).get("stream") or {}
        if stream.get("key") == source.key:
            places.append(stream)
    return max((place["cursor"] for place in places if place["cursor"] is not None), default=None)


def _cursor_file(study: Study, source: Source) -> Path:
    return stream_folder(study, source) / "cursor.json"


def stream_folder(study: Study, source: Source) -> Path:
    """Where a stream's journals and cursor lie."""
    return study.folder / "live" / source.key
