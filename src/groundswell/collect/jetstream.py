"""Bluesky's Jetstream, version 1 (``/subscribe``) and version 2 (``/xrpc/network.bsky.jetstream.subscribeEvents``).

Of version 2 the event is journalled without its envelope, which says nothing but that it is one. Each version has its
own reader.

Cursors are not portable: version 1 goes back by time in microseconds, version 2 by its own numbers. Both repeat
events, so a little is asked for again and posts are told apart by their ids.

Formats: https://github.com/bluesky-social/jetstream, lexicons/network/bsky/jetstream/subscribeEvents.json.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit, urlunsplit

import zstandard

from groundswell.collect import wire
from groundswell.collect.event import Event, Lost, Refused
from groundswell.collect.wanted import Wanted
from groundswell.errors import WrongUse
from groundswell.model.deletion import Deletion
from groundswell.model.post import Post
from groundswell.read.bluesky_jetstream import READER as VERSION_1
from groundswell.read.bluesky_jetstream_v2 import READER as VERSION_2
from groundswell.read.bluesky_record import POST, REPOST, uri_of
from groundswell.read.reader import LeaveOut, Noted
from groundswell.read.record import inside, text
from groundswell.read.times import microseconds, read_time

DEFAULT_ADDRESS = "wss://jetstream2.us-east.bsky.network/subscribe"

SUBSCRIBE_EVENTS = "/xrpc/network.bsky.jetstream.subscribeEvents"
GET_DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary"
SUBPROTOCOL = "xrpc.v1.json"

REWIND = {1: 2_000_000, 2: 1_000}
"""How far back to ask after a break: 2 s, or 1,000 events. Reordering beyond that would lose events."""

GRAIN = {1: 1_000_000, 2: 1_000}
"""A second, or 1,000 events."""

LARGEST_TIMES = 10**15
"""Numbers from here on are times in microseconds, below it version 2's own numbers."""

ASKED_OF_SERVER = 100
"""Accounts that fit an address; with more, everything is fetched and the rest passed over here."""

WINDOW = 1 << 23
"""Memory a zstd frame may ask for: 8 MiB."""


class Jetstream:
    """One Jetstream server; see `collect.event.Source`."""

    name = "bluesky"
    names_locally = False

    def __init__(
        self,
        address: str = DEFAULT_ADDRESS,
        wanted: Wanted | None = None,
        *,
        zstd: bool = False,
        dictionary: Path | None = None,
    ) -> None:
        """Describe the server; nothing is opened yet.

        Parameters
        ----------
        address
            ws:// or wss:// with the path of either version; without a path, that of version 1.
        wanted
            Hashtags and accounts; accounts by DID.
        zstd
            Ask for packed messages: about half the bytes. Version 2 servers hand out the dictionary.
        dictionary
            The dictionary of version 1, which its authors publish as a file.
        """
        parts = urlsplit(address)
        if parts.scheme not in ("ws", "wss") or not parts.netloc:
            raise WrongUse(
                f"{address!r} is not the address of a Jetstream.\n"
                f"  It begins with wss:// (or ws:// on your own machine), such as {DEFAULT_ADDRESS}."
            )
        self.wanted = wanted or Wanted()
        for account in sorted(self.wanted.account_ids):
            if not account.startswith("did:"):
                raise WrongUse(
                    f"The account list names {account!r}, which is not a DID.\n"
                    "  Bluesky streams name accounts by DID, such as did:plc:abc; a handle can change hands."
                )
        path = parts.path if parts.path.strip("/") else "/subscribe"
        self.version: Literal[1, 2] = 2 if path.rstrip("/").endswith(SUBSCRIBE_EVENTS) else 1
        self.reader = VERSION_1 if self.version == 1 else VERSION_2
        self.grain = GRAIN[self.version]
        if zstd and self.version == 1 and dictionary is None:
            raise WrongUse(
                "Packed messages of Jetstream version 1 need its dictionary.\n"
                "  It is the file pkg/models/zstd_dictionary of github.com/bluesky-social/jetstream-legacy.\n"
                "  Name your copy: `--zstd-dictionary FILE`. Version 2 servers hand theirs out."
            )
        self.address = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
        self.key = f"bluesky-v{self.version}-{sha256(self.address.encode()).hexdigest()[:8]}"
        self._zstd = zstd
        self._dictionary = None if dictionary is None else zstandard.ZstdCompressionDict(dictionary.read_bytes())

    async def connect(self, cursor: int | None) -> AsyncGenerator[Event, None]:
        """Connect once, from a little before the cursor."""
        if self._zstd and self._dictionary is None:
            self._dictionary = zstandard.ZstdCompressionDict(await wire.fetch(self._dictionary_address()))
        back = None if cursor is None else max(0, cursor - REWIND[self.version])
        try:
            async with aclosing(self._listen(back)) as events:
                async for event in events:
                    yield event
        except Refused as no:
            if cursor is None or "CursorTooOld" not in str(no):
                raise
            yield Event(remark="The server could not go back to where the stream stood: what came between is missing.")
            # A time is clamped to the oldest event there is, where a number is refused.
            async with aclosing(self._listen(LARGEST_TIMES)) as events:
                async for event in events:
                    yield event

    async def _listen(self, cursor: int | None) -> AsyncGenerator[Event, None]:
        protocols = [SUBPROTOCOL] if self.version == 2 else []
        async with wire.websocket(self.query(cursor), protocols=protocols) as conversation:
            async for frame in conversation.frames():
                yield self.event(self._unpacked(frame))

    def query(self, cursor: int | None) -> str:
        """The whole address of a connection."""
        collections, dids = ("collections", "dids") if self.version == 2 else ("wantedCollections", "wantedDids")
        asked: list[tuple[str, str | int]] = [(collections, POST), (collections, REPOST)]
        if not self.wanted.hashtags and len(self.wanted.account_ids) <= ASKED_OF_SERVER:
            asked += [(dids, account) for account in sorted(self.wanted.account_ids)]
        asked.append(("maxMessageSizeBytes", wire.LARGEST_MESSAGE))
        if self._dictionary is not None and self._zstd:
            asked.append(("compress", "true") if self.version == 1 else ("zstdDictionary", self._dictionary.dict_id()))
        if cursor is not None:
            asked.append(("cursor", cursor))
        return f"{self.address}?{urlencode(asked)}"

    def _dictionary_address(self) -> str:
        parts = urlsplit(self.address)
        path = parts.path.rstrip("/").removesuffix(SUBSCRIBE_EVENTS) + GET_DICTIONARY
        return urlunsplit(("https" if parts.scheme == "wss" else "http", parts.netloc, path, "", ""))

    def _unpacked(self, frame: str | bytes) -> str:
        """The text of a message; one that can't be unpacked comes out as what it is, for the ledger to count."""
        if isinstance(frame, str):
            return frame
        if self._dictionary is not None:
            try:
                if zstandard.frame_content_size(frame) <= wire.LARGEST_MESSAGE:
                    unpacker = zstandard.ZstdDecompressor(dict_data=self._dictionary, max_window_size=WINDOW)
                    frame = unpacker.decompress(frame, max_output_size=wire.LARGEST_MESSAGE)
            except zstandard.ZstdError:
                pass
        return frame[: wire.LARGEST_MESSAGE].decode("utf-8", "replace")

    def event(self, message: str) -> Event:
        """What one message says."""
        try:
            record = json.loads(message)
        except (ValueError, RecursionError):
            return Event(line=one_line(message))
        if not isinstance(record, dict):
            return Event(line=json.dumps({"no object": message}))
        if self.version == 2:
            payload = dict(inside(record, "payload"))
            if record.get("$type") == "error":
                raise Lost(f"{text(record, 'error')}: {text(record, 'message')}")
            if (text(payload, "$type") or "").endswith("#info"):
                said = " ".join(part for name in ("name", "message") if (part := text(payload, name)))
                return Event(remark=f"The server says: {' '.join(said.split())[:200]}.")
            record, message = payload, json.dumps(payload, separators=(",", ":"))
        cursor, time_us, deletion = self.cursor_of(record), _time_us(record), _deletion(record)
        kept = one_line(message) if self._belongs(record) else None
        is_edit = kept is not None and _is_change(record)
        return Event(line=kept, cursor=cursor, time_us=time_us, deletion=deletion, edit=is_edit)

    def cursor_of(self, record: Mapping[str, Any]) -> int | None:
        """Version 1: the time the server saw it. Version 2: its own number."""
        return _whole(record.get("time_us" if self.version == 1 else "seq"))

    def local_id_of(self, record: Mapping[str, Any]) -> None:
        """Deletions name posts as posts name themselves."""

    def _belongs(self, record: Mapping[str, Any]) -> bool:
        if self.wanted.everything:
            return True
        try:
            read = self.reader.to_post(record)
        except LeaveOut:
            return True  # for the ledger to count
        read = read.read if isinstance(read, Noted) else read
        if not isinstance(read, Post):
            return False
        # A post that was taken may lose its hashtag by a change; its older words must go all the same.
        return self.wanted.wants(read) or (_is_change(record) and self.wanted.took(read))


def one_line(message: str) -> str:
    """A message without line ends: a journal has one a line."""
    return message.replace("\r", " ").replace("\n", " ")


def _deletion(record: Mapping[str, Any]) -> Deletion | None:
    """What is taken back: a post, a repost, or an account that was deleted with all its posts."""
    did = text(record, "did")
    account, commit = inside(record, "account"), inside(record, "commit") or record
    if did and account.get("active") is False and text(account, "status") == "deleted":
        return Deletion("bluesky", account_id=did)
    collection, key = text(commit, "collection"), text(commit, "rkey")
    if did and key and collection in (POST, REPOST) and text(commit, "operation") == "delete":
        return Deletion("bluesky", post_id=uri_of(did, collection, key))
    return None


def _is_change(record: Mapping[str, Any]) -> bool:
    commit = inside(record, "commit") or record
    return text(commit, "operation") == "update" and text(commit, "collection") == POST


def _time_us(record: Mapping[str, Any]) -> int | None:
    try:
        return microseconds(read_time(record.get("time_us") or record.get("time")))
    except LeaveOut:
        return None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
