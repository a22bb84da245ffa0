"""A Jetstream that misbehaves on purpose: it drops, delays, repeats, reorders and corrupts, by a seed.

It holds a history of events and serves both versions. A cursor is honoured as the real one does: from that event on,
itself included. What it did is written down, so that a test knows that it was tested.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit

import zstandard
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from groundswell.read.bluesky_jetstream import POST

BEGIN_US = 1_714_557_600_000_000
"""2024-05-01 10:00 UTC."""
V2 = "/xrpc/network.bsky.jetstream.subscribeEvents"
DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary"


def created(n: int, *, account: str = "did:plc:ana", text: str | None = None, step_us: int = 500) -> dict[str, Any]:
    """Event n: a new post."""
    return {
        "did": account,
        "time_us": BEGIN_US + n * step_us,
        "kind": "commit",
        "commit": {
            "rev": f"r{n}",
            "operation": "create",
            "collection": POST,
            "rkey": f"k{n}",
            "record": {"$type": POST, "text": f"post {n} #OpenGate" if text is None else text, "langs": ["en"]},
            "cid": f"c{n}",
        },
    }


def changed(n: int, what: int, *, text: str, step_us: int = 500) -> dict[str, Any]:
    """Event n: the post of event `what` says something else now."""
    event = created(n, text=text, step_us=step_us)
    return {**event, "commit": {**event["commit"], "operation": "update", "rkey": f"k{what}"}}


def deleted(n: int, what: int, *, account: str = "did:plc:ana", step_us: int = 500) -> dict[str, Any]:
    """Event n: the post of event `what` is taken back."""
    return {
        "did": account,
        "time_us": BEGIN_US + n * step_us,
        "kind": "commit",
        "commit": {"rev": f"r{n}", "operation": "delete", "collection": POST, "rkey": f"k{what}"},
    }


def account_gone(n: int, account: str, *, step_us: int = 500) -> dict[str, Any]:
    """Event n: an account was deleted."""
    return {
        "did": account,
        "time_us": BEGIN_US + n * step_us,
        "kind": "account",
        "account": {"active": False, "did": account, "status": "deleted"},
    }


@dataclass
class Mischief:
    """What goes wrong, as a chance for each event."""

    seed: int = 0
    drop_after: tuple[int, ...] = ()
    """The connection breaks off without a word after so many events, one number a connection."""
    repeats: float = 0.0
    swaps: float = 0.0
    """Two neighbours change places."""
    corrupt: float = 0.0
    """A message that is no event comes in between."""
    delay_s: float = 0.0
    rate: float | None = None
    """Events a second; as fast as it can where None."""


@dataclass
class FakeJetstream:
    """See the module."""

    history: list[dict[str, Any]]
    mischief: Mischief = field(default_factory=Mischief)
    dictionary: bytes | None = None
    oldest_seq: int = 0
    """Cursors of version 2 below this are refused as too old."""
    did: Counter[str] = field(default_factory=Counter)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    port: int = 0

    def url(self, version: int = 1) -> str:
        """The address of either version."""
        return f"ws://127.0.0.1:{self.port}{'/subscribe' if version == 1 else V2}"

    async def _answer(self, connection: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        if parts.path == DICTIONARY and self.dictionary is not None:
            response = connection.respond(HTTPStatus.OK, "")
            return Response(200, "OK", _sized(response.headers, self.dictionary), self.dictionary)
        if parts.path not in ("/subscribe", V2):
            return connection.respond(HTTPStatus.NOT_FOUND, "no such stream\n")
        cursor = int(parse_qs(parts.query).get("cursor", ["0"])[0])
        if parts.path == V2 and 0 < cursor < self.oldest_seq:
            self.did["refused"] += 1
            return connection.respond(HTTPStatus.BAD_REQUEST, json.dumps({"error": "CursorTooOld"}))
        return None

    async def _serve(self, connection: ServerConnection) -> None:
        parts = urlsplit(connection.request.path)
        asked = parse_qs(parts.query)
        self.asked.append(asked)
        v2 = parts.path == V2
        cursor = int(asked.get("cursor", ["0"])[0])
        random = Random(self.mischief.seed + len(self.asked))
        pack = self._packer(asked)
        n = len(self.asked) - 1
        limit = self.mischief.drop_after[n] if n < len(self.mischief.drop_after) else None
        began, sent = asyncio.get_running_loop().time(), 0
        events = self._from(cursor, v2)
        if random.random() < 1 and self.mischief.swaps:
            events = self._swapped(events, random)
        for seq, event in events:
            if limit is not None and sent >= limit:
                self.did["dropped"] += 1
                connection.transport.abort()
                return
            if random.random() < self.mischief.corrupt:
                self.did["corrupted"] += 1
                await connection.send('{"did": "did:plc:eve", "time_us"')
            message = json.dumps(as_version_2(event, seq) if v2 else event)
            twice = random.random() < self.mischief.repeats
            self.did["repeated"] += twice
            for _ in range(1 + twice):
                await connection.send(pack(message))
                self.did["sent"] += 1
                sent += 1
            if self.mischief.delay_s and random.random() < 0.01:
                await asyncio.sleep(self.mischief.delay_s)
            if self.mischief.rate is not None:
                ahead = began + sent / self.mischief.rate - asyncio.get_running_loop().time()
                if ahead > 0.005:
                    await asyncio.sleep(ahead)
        await connection.wait_closed()

    def _from(self, cursor: int, v2: bool) -> list[tuple[int, dict[str, Any]]]:
        numbered = list(enumerate(self.history, start=1))
        if v2 and cursor < 10**15:
            return [(seq, event) for seq, event in numbered if seq >= max(cursor, self.oldest_seq)]
        if v2:
            return [(seq, event) for seq, event in numbered if seq >= self.oldest_seq]
        return [(seq, event) for seq, event in numbered if event["time_us"] >= cursor]

    def _swapped(self, events: list[tuple[int, dict[str, Any]]], random: Random) -> list[tuple[int, dict[str, Any]]]:
        events = list(events)
        for at in range(len(events) - 1):
            if random.random() < self.mischief.swaps:
                events[at], events[at + 1] = events[at + 1], events[at]
                self.did["swapped"] += 1
        return events

    def _packer(self, asked: dict[str, list[str]]) -> Any:
        if self.dictionary is None or not ("compress" in asked or "zstdDictionary" in asked):
            return lambda message: message
        packer = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(self.dictionary))
        return lambda message: packer.compress(message.encode())

    @contextmanager
    def running(self):
        """Serve in a thread of its own."""
        ready, loop = threading.Event(), asyncio.new_event_loop()
        stop = asyncio.Event()

        async def main() -> None:
            async with serve(
                self._serve, "127.0.0.1", self.port, process_request=self._answer, compression=None
            ) as server:
                self.port = server.sockets[0].getsockname()[1]
                ready.set()
                await stop.wait()
                server.close(close_connections=True)

        thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(10)
            loop.close()


def _sized(headers: Any, body: bytes) -> Any:
    del headers["Content-Length"]
    headers["Content-Length"] = str(len(body))
    return headers


def as_version_2(event: dict[str, Any], seq: int) -> dict[str, Any]:
    """The same event as version 2 frames it."""
    micros = event["time_us"] % 1_000_000
    second = event["time_us"] // 1_000_000
    from datetime import UTC, datetime

    time = f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}.{micros:06d}Z"
    payload = {
        "$type": f"network.bsky.jetstream.subscribeEvents#{event['kind']}",
        "seq": seq,
        "did": event["did"],
        "time": time,
        **(event["commit"] if event["kind"] == "commit" else {event["kind"]: event[event["kind"]]}),
    }
    return {"$type": "message", "payload": payload}
