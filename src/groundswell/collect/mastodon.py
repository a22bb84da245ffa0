"""A Mastodon server's public stream, as server-sent events (https://) or over a WebSocket (wss://).

The stream has no memory, so after each connection the posts since the last one known are fetched from the timeline
first, oldest first, until they meet the stream. Ids of one server grow with time, and the cursor is the largest seen.

What is kept is what its author lets be found. A status is passed over, and counted, unless it is public or unlisted;
and when its author, or that of the post it boosts, has opted out of search engines (`noindex`) or of search
(`indexable` is false). An older server tells neither: unknown is not a no.

Formats: https://docs.joinmastodon.org/methods/streaming/, https://docs.joinmastodon.org/entities/Account/.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from groundswell.collect import wire
from groundswell.collect.event import Event, Lost, Refused
from groundswell.collect.wanted import Wanted
from groundswell.errors import WrongUse
from groundswell.model.deletion import Deletion
from groundswell.model.post import Post
from groundswell.read.mastodon import PUBLIC, READER
from groundswell.read.reader import LeaveOut, Noted
from groundswell.read.record import inside, text
from groundswell.read.times import known_time, microseconds

PAGE = 40
"""The most that a server gives in one answer."""
REWIND = 600_000 << 16
"""Ten minutes of ids, which hold the milliseconds in their upper bits: a post from elsewhere gets the id of the time
it was written, and may arrive after younger ones."""
MOST_PAGES = 250
"""10,000 posts; a stream that was away for longer has a gap, and the ledger says so."""

NOT_PUBLIC = "shown to followers or to named people only"
OPTED_OUT = "their authors opted out of being indexed"

GAP = (
    f"More than {PAGE * MOST_PAGES:,} posts were missed while there was no connection: the oldest of them are there, "
    "what came between is missing."
)


class Mastodon:
    """One server's public or hashtag stream; see `collect.event.Source`."""

    name = "mastodon"
    reader = READER
    names_locally = True
    grain = 1_000 << 16
    """A second of ids."""

    def __init__(self, address: str, wanted: Wanted | None = None, *, token: str | None = None) -> None:
        """Describe the server; nothing is opened yet.

        Parameters
        ----------
        address
            http(s):// for server-sent events, ws(s):// for a WebSocket; the server's name is enough.
        wanted
            Hashtags and accounts. A single hashtag has a stream of its own; otherwise all public posts are received
            and those asked for are kept. An account is written as in the app (ana, ana@example.social) or by address.
        token
            An access token; most servers since version 4.2 ask for one. It is sent to this server and never stored.
        """
        parts = urlsplit(address if "://" in address else f"https://{address}")
        if parts.scheme not in ("http", "https", "ws", "wss") or not parts.netloc:
            raise WrongUse(
                f"{address!r} is not the address of a Mastodon server.\n"
                "  Write the server's name, such as https://example.social; with wss:// a WebSocket is used."
            )
        self.wanted = wanted or Wanted()
        self.address = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
        scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
        self._http = urlunsplit((scheme, parts.netloc, "", "", ""))
        self._socket = parts.scheme in ("ws", "wss")
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._tag = next(iter(self.wanted.hashtags)) if len(self.wanted.hashtags) == 1 else None
        if self.wanted.account_ids:
            self._tag = None
        about = f"{parts.netloc} {self._tag or 'public'}"
        self.key = f"mastodon-{sha256(about.encode()).hexdigest()[:8]}"

    async def connect(self, cursor: int | None) -> AsyncGenerator[Event, None]:
        """Connect once; what was missed comes first."""
        arriving: asyncio.Queue[tuple[str, Any] | Exception] = asyncio.Queue(maxsize=wire.QUEUE)
        listening = asyncio.create_task(self._listen(arriving))
        try:
            if cursor is not None:
                async for event in self._missed(cursor):
                    yield event
            while True:
                arrived = await arriving.get()
                if isinstance(arrived, Exception):
                    raise arrived
                yield self.event(*arrived)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, arriving: asyncio.Queue[tuple[str, Any] | Exception]) -> None:
        """Put what the stream says in the queue; when the queue is full the socket is not read."""
        try:
            async with aclosing(self._over_socket() if self._socket else self._over_http()) as said:
                async for name, payload in said:
                    await arriving.put((name, payload))
        except (Lost, Refused) as end:
            await arriving.put(end)

    async def _over_socket(self) -> AsyncGenerator[tuple[str, Any], None]:
        asked = {"stream": "hashtag", "tag": self._tag} if self._tag else {"stream": "public"}
        url = f"{self.address}/api/v1/streaming?{urlencode(asked)}"
        async with wire.websocket(url, headers=self._headers) as conversation:
            async for frame in conversation.frames():
                message = _object(frame)
                yield text(message, "event") or "", text(message, "payload")

    async def _over_http(self) -> AsyncGenerator[tuple[str, Any], None]:
        path = f"hashtag?{urlencode({'tag': self._tag})}" if self._tag else "public"
        name, data = "", []
        async for line in wire.lines(f"{self._http}/api/v1/streaming/{path}", headers=self._headers):
            field, _, value = line.partition(":")
            if field == "event":
                name = value.strip()
            elif field == "data":
                data.append(value.removeprefix(" "))
                if sum(map(len, data)) > wire.LARGEST_MESSAGE:
                    raise Lost(f"an event longer than {wire.LARGEST_MESSAGE:,} characters")
            elif not line and (name or data):
                yield name, "\n".join(data)
                name, data = "", []

    async def _missed(self, cursor: int) -> AsyncGenerator[Event, None]:
        """The posts after the cursor, or a little before it, page by page and oldest first."""
        cursor -= REWIND if cursor > REWIND else 0
        path = f"tag/{self._tag}" if self._tag else "public"
        for _ in range(MOST_PAGES):
            asked = urlencode({"min_id": cursor, "limit": PAGE})
            body = await wire.fetch(f"{self._http}/api/v1/timelines/{path}?{asked}", headers=self._headers)
            try:
                page = json.loads(body)
            except (ValueError, RecursionError):
                raise Lost("the timeline is not JSON") from None
            found = [status for status in page if isinstance(status, dict)] if isinstance(page, list) else []
            found.sort(key=lambda status: self.cursor_of(status) or 0)
            for status in found:
                yield self.event("update", json.dumps(status))
            last = max((self.cursor_of(status) or 0 for status in found), default=0)
            if last <= cursor:
                return
            cursor = last
        yield Event(remark=GAP)

    def event(self, name: str, payload: Any) -> Event:
        """What one message says."""
        if name == "delete":
            return Event(deletion=Deletion(self.name, local_id=str(payload).strip())) if payload else Event()
        if name not in ("update", "status.update"):
            return Event()
        status = _object(payload)
        if not status:
            return Event(line=json.dumps({"no object": str(payload)}))
        cursor, when = self.cursor_of(status), known_time(status.get("created_at"))
        time_us = None if when is None else microseconds(when)
        if (no := _without_consent(status)) is not None:
            return Event(cursor=cursor, time_us=time_us, not_kept=no)
        kept = json.dumps(status, separators=(",", ":")) if self._belongs(status) else None
        return Event(line=kept, cursor=cursor, time_us=time_us, edit=name == "status.update" and kept is not None)

    def cursor_of(self, record: Mapping[str, Any]) -> int | None:
        """The server's own number of the status."""
        number = text(record, "id") or ""
        return int(number) if number.isascii() and number.isdigit() and len(number) < 20 else None

    def local_id_of(self, record: Mapping[str, Any]) -> tuple[str, str] | None:
        """The server's number of the status, and its address that holds everywhere."""
        number, uri = text(record, "id"), text(record, "uri")
        return (number, uri) if number and uri else None

    def _belongs(self, status: Mapping[str, Any]) -> bool:
        if self.wanted.everything:
            return True
        try:
            read = self.reader.to_post(status)
        except LeaveOut:
            return True  # for the ledger to count
        post = read.read if isinstance(read, Noted) else read
        if not isinstance(post, Post):
            return False
        account = inside(status, "account")
        names = {text(account, key) for key in ("acct", "url", "uri")} & self.wanted.account_ids
        return self.wanted.wants(post._replace(account_id=next(iter(names)) or "") if names else post)


def _without_consent(status: Mapping[str, Any]) -> str | None:
    """Why a status is not to be kept; None where nothing speaks against it."""
    boosted = inside(status, "reblog")
    for one in (status, boosted) if boosted else (status,):
        if (text(one, "visibility") or "public") not in PUBLIC:
            return NOT_PUBLIC
        account = inside(one, "account")
        if account.get("noindex") is True or account.get("indexable") is False:
            return OPTED_OUT
    return None


def _object(message: object) -> dict[str, Any]:
    """The object in a message, or an empty one."""
    try:
        value = json.loads(message) if isinstance(message, str | bytes) else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
