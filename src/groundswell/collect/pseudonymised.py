"""A source that names nobody: what it hands on was made pseudonymous before anything touched the disk.

    Source ──Event──► Pseudonymised ──Event with a line of ours──► journal, raw bytes, posts

What a server sends is read, renamed and forgotten; the line that is journalled holds the post as it will stand in the
study, or only why there is none. The raw archive of such a study therefore holds our lines and not the server's: a
reader that is mended next year can't read them again. Cursors are rounded down, because the number of an event leads
to its post.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from groundswell.collect.event import Event, Source
from groundswell.model.post import Account, Post
from groundswell.read import json_lines
from groundswell.read.reader import Broken, LeaveOut, Noted, Other, Outcome, Reader, Record
from groundswell.read.recognise import OTHER_FORMAT
from groundswell.read.record import text
from groundswell.read.versions import Edit
from groundswell.store.pseudonymise import Pseudonyms

KEYS = ("post", "other", "left_out")
"""Each line has one of them."""

LISTS = ("urls", "hashtags", "mentions")


class Pseudonymised:
    """A source under pseudonyms; see `collect.event.Source`."""

    def __init__(self, source: Source, pseudonyms: Pseudonyms) -> None:
        """Hand on what `source` says, under these pseudonyms."""
        self._source, self._pseudonyms = source, pseudonyms
        self.name, self.key, self.address = source.name, source.key, source.address
        self.names_locally, self.grain = source.names_locally, source.grain
        self.wanted = source.wanted
        # Posts that an earlier collection took are known by their pseudonyms only.
        self.wanted.called = pseudonyms.exact
        self.reader = reader_of_lines(source.reader)

    async def connect(self, cursor: int | None) -> AsyncGenerator[Event, None]:
        """Connect once; the cursor may be a rounded one."""
        async with aclosing(self._source.connect(cursor)) as events:
            async for event in events:
                yield self.hidden(event)

    def hidden(self, event: Event) -> Event:
        """The event without a name in it."""
        cursor = None if event.cursor is None else event.cursor - event.cursor % self.grain
        return replace(
            event,
            line=None if event.line is None else self._line(event.line, cursor),
            cursor=cursor,
            deletion=None if event.deletion is None else self._pseudonyms.deletion(event.deletion),
            remark=None if event.remark is None else self._pseudonyms.words(event.remark),
        )

    def cursor_of(self, record: Mapping[str, Any]) -> int | None:
        """The rounded cursor that a journalled line remembers."""
        cursor = record.get("cursor")
        return cursor if isinstance(cursor, int) else None

    def local_id_of(self, record: Mapping[str, Any]) -> tuple[str, str] | None:
        """The pseudonyms of the server's number of a post and of its id."""
        number, post_id = text(record, "local_id"), text(record, "post", "post_id")
        return (number, post_id) if number and post_id else None

    def _line(self, line: str, cursor: int | None) -> str:
        said = self._said(line)
        if cursor is not None:
            said["cursor"] = cursor
        return json.dumps(said, separators=(",", ":"))

    def _said(self, line: str) -> dict[str, Any]:
        records = list(json_lines.Parser().records(line))
        record = records[0] if len(records) == 1 else Broken(json_lines.NO_OBJECT)
        if isinstance(record, Broken):
            return {"left_out": record.reason}
        reader = self._source.reader
        if not reader.knows(record):
            return {"left_out": OTHER_FORMAT}
        try:
            read = reader.to_post(record)
        except LeaveOut as no:
            return {"left_out": no.reason}
        notes = read.notes if isinstance(read, Noted) else ()
        read = read.read if isinstance(read, Noted) else read
        if isinstance(read, Other):
            return {"other": read.kind}
        said: dict[str, Any] = {"post": _told(self._pseudonyms.post(read)._asdict())}
        if notes:
            said["notes"] = notes
        if edit := reader.edit(record):
            said["edit"] = [edit.at_us, [self._pseudonyms.exact(older) for older in edit.replaces], edit.hides_time]
        if account := reader.to_account(record):
            said["account"] = _told(asdict(self._pseudonyms.account(account)))
        if local := self._source.local_id_of(record):
            said["local_id"] = self._pseudonyms.exact(local[0])
        return said


def reader_of_lines(reader: Reader) -> Reader:
    """Reads the lines that a `Pseudonymised` source journals; their content is what `reader` made of it."""
    return replace(
        reader,
        name=f"{reader.name}-pseudonymised",
        title=f"{reader.title}, under pseudonyms",
        columns=KEYS,
        knows=lambda record: any(key in record for key in KEYS),
        to_post=_to_post,
        to_account=_to_account,
        edit=_edit,
        samples=(),
    )


def _to_post(record: Record) -> Outcome:
    if (reason := text(record, "left_out")) is not None:
        raise LeaveOut(reason)
    if (kind := text(record, "other")) is not None:
        return Other(kind)
    told = dict(record["post"])
    told["time"] = datetime.fromisoformat(told["time"])
    told |= {name: tuple(told[name]) for name in LISTS if name in told}
    if "shared" in told:
        told["shared"] = tuple((kind, thing) for kind, thing in told["shared"])
    post = Post(**told)
    return Noted(post, tuple(record["notes"])) if "notes" in record else post


def _to_account(record: Record) -> Account | None:
    if "account" not in record:
        return None
    told = dict(record["account"])
    if "created_at" in told:
        told["created_at"] = datetime.fromisoformat(told["created_at"])
    return Account(**told)


def _edit(record: Record) -> Edit | None:
    if "edit" not in record:
        return None
    # Journals of earlier versions of Groundswell lack the third.
    at_us, replaces, *hides_time = record["edit"]
    return Edit(at_us, tuple(replaces), *hides_time)


def _told(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is known, as JSON can say it; an empty list is known, and stays."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in fields.items()
        if value is not None and not (name == "shared" and value == ())
    }
