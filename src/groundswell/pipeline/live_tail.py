"""What is new in a study that is being collected into: open journals, line by line, and files as they are sealed.

    live/<stream>/<name>.jsonl ──lines──┐
    ledger/<sha256>.json ──segments─────┴─► Arrival, Arrival, …      each post once

A journal becomes a file of the study under its own name. What was read of it as lines is not read again as rows, and
a post that another file or journal holds is passed over, so every post arrives once. What was counted and then left the
study (taken back, edited, purged) can't be called back: `is_stale` says so, and whoever counts begins anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from groundswell.collect.journal import LINES
from groundswell.collect.pseudonymised import reader_of_lines
from groundswell.engine.duck import Duck
from groundswell.model.post import POSTS, Post
from groundswell.read import json_lines
from groundswell.read.bluesky_jetstream import READER as JETSTREAM
from groundswell.read.bluesky_jetstream_v2 import READER as JETSTREAM_2
from groundswell.read.mastodon import READER as MASTODON
from groundswell.read.reader import Broken, LeaveOut, Noted, Reader
from groundswell.read.seen import Seen
from groundswell.read.times import microseconds
from groundswell.store.study import Study

READERS = (JETSTREAM, JETSTREAM_2, MASTODON, reader_of_lines(JETSTREAM))
"""Of the lines that a collection journals; under pseudonyms they are our own, whatever the platform."""

MOST_LINES = 20_000
"""Lines read at a time, so that hours of backlog leave time for a page."""

ROWS = """
select platform, account_id, post_id, epoch_us(time) as time_us, hashtags, urls, mentions, is_repost, repost_of,
    repost_of_account, reply_to
from posts where time > make_timestamp($after_us) and source_row > $row order by source_row
"""
BEGINNING_US = -(1 << 61)


class Arrival(NamedTuple):
    """A post, as far as panels and links look at it."""

    platform: str
    account_id: str
    post_id: str
    time_us: int
    hashtags: tuple[str, ...]
    urls: tuple[str, ...]
    mentions: tuple[str, ...]
    is_repost: bool
    repost_of: str | None
    repost_of_account: str | None
    reply_to: str | None


@dataclass
class _Read:
    """How far a journal was read."""

    offset: int = 0
    row: int = 0
    posts: int = 0
    reader: Reader | None = None
    parser: json_lines.Parser = field(default_factory=json_lines.Parser)


class Tail:
    """Reads a study from some time on, and then whatever comes."""

    def __init__(self, study: Study, *, after_us: int = BEGINNING_US) -> None:
        """Begin before the first file.

        Parameters
        ----------
        after_us
            Posts up to this time are not told.
        """
        self.is_stale = False
        self.behind = False
        """Whether there is more than was read."""
        self._study, self._after_us = study, after_us
        self._seen = Seen()
        self._journals: dict[str, _Read] = {}
        self._sealed: set[str] = set()
        self._ledgers: dict[str, tuple[int, int]] = {}
        self._told: dict[str, tuple[int, int]] = {}

    @property
    def n_files(self) -> int:
        """Files of the study that were found."""
        return len(self._ledgers)

    def read(self) -> Iterator[list[Arrival]]:
        """What came since the last call, a file or some thousand lines at a time; `behind` says whether there is more.

        Ask to the end: what was handed over counts as told.
        """
        self.behind = False
        # Journals first: one that is sealed between the two looks is then found as a file, and read on from its row.
        for path in journals_of(self._study):
            if path.name not in self._sealed and (path.name in self._journals or not self._is_sealed(path.name)):
                yield self._lines(path)
        yield from self._files()

    def _lines(self, path: Path) -> list[Arrival]:
        read = self._journals.setdefault(path.name, _Read())
        found: list[Arrival] = []
        try:
            with path.open("rb") as file:
                file.seek(read.offset)
                for number, line in enumerate(file):
                    # A last line without an end is still being written.
                    if not line.endswith(b"\n"):
                        break
                    if number == MOST_LINES:
                        self.behind = True
                        break
                    read.offset += len(line)
                    found.extend(self._line(read, line))
        except FileNotFoundError:
            pass  # sealed this moment, and found among the files
        return found

    def _line(self, read: _Read, line: bytes) -> Iterator[Arrival]:
        """The post of a line, if it is one; rows are numbered as `read.ingest` numbers them."""
        if not line.strip():
            return
        for record in read.parser.records(line.decode("utf-8", "replace")):
            read.row += 1
            if isinstance(record, Broken):
                continue
            if read.reader is None or not read.reader.knows(record):
                read.reader = next((one for one in READERS if one.knows(record)), None)
            if read.reader is None:
                continue
            try:
                found = read.reader.to_post(record)
            except LeaveOut:
                continue
            post = found.read if isinstance(found, Noted) else found
            if not isinstance(post, Post) or post.post_id is None:
                continue
            if self._seen.is_new_post(post.platform, post.post_id):
                read.posts += 1
                yield _of_post(post)

    def _files(self) -> Iterator[list[Arrival]]:
        """Files that were acknowledged since the last look."""
        for place in sorted((self._study.folder / "ledger").glob("*.json")):
            try:
                stamp = (place.stat().st_mtime_ns, place.stat().st_size)
                if self._ledgers.get(place.stem) == stamp:
                    continue
                entry = json.loads(place.read_text(encoding="utf-8"))
            except FileNotFoundError:
                self.is_stale = True
                continue
            self._ledgers[place.stem] = stamp
            told = (int(entry["posts"]), int(entry.get("revision", 0)))
            before = self._told.get(place.stem)
            self._told[place.stem] = told
            if before is not None:
                self.is_stale |= before != told
                continue
            yield from self._file(place.stem, entry)
        self.is_stale |= any(not (self._study.folder / "ledger" / f"{one}.json").exists() for one in self._ledgers)

    def _file(self, digest: str, entry: dict[str, Any]) -> Iterator[list[Arrival]]:
        read = self._journals.pop(entry["path"], None) if "stream" in entry else None
        if "stream" in entry:
            self._sealed.add(entry["path"])
        row = 0 if read is None else read.row
        n_left = 0
        for segment in self._study.segments_of(POSTS, digest):
            with Duck() as engine:
                engine.open(POSTS, [segment])
                n_left += int(engine.rows("select count(*) from posts where source_row > $row", row=row)[0][0])
                rows = engine.rows(ROWS, after_us=self._after_us, row=row)
            found = map(_of_row, rows)
            yield [one for one in found if self._seen.is_new_post(one.platform, one.post_id)]
        if read is not None:
            # Sealing may know of posts that were taken back or edited meanwhile, or that an older file holds.
            self.is_stale |= read.posts + n_left != int(entry["posts"])

    def _is_sealed(self, name: str) -> bool:
        """Whether a journal that was never seen before is a file by now and will go in a moment."""
        for place in (self._study.folder / "ledger").glob("*.json"):
            if place.stem not in self._ledgers:
                entry = json.loads(place.read_text(encoding="utf-8"))
                if entry["path"] == name and "stream" in entry:
                    return True
        return False


def _of_post(post: Post) -> Arrival:
    return Arrival(
        platform=post.platform,
        account_id=post.account_id,
        post_id=str(post.post_id),
        time_us=microseconds(post.time),
        hashtags=post.hashtags or (),
        urls=post.urls or (),
        mentions=post.mentions or (),
        is_repost=post.is_repost,
        repost_of=post.repost_of,
        repost_of_account=post.repost_of_account,
        reply_to=post.reply_to,
    )


def _of_row(row: tuple[Any, ...]) -> Arrival:
    listed = [tuple(one for one in column or () if one is not None) for column in row[4:7]]
    return Arrival._make((*row[:4], *listed, *row[7:]))


def journals_of(study: Study) -> list[Path]:
    """Journals that are open, or were left over."""
    return sorted((study.folder / "live").glob(f"*/*{LINES}"))
