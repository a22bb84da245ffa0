"""A Mastodon server that misbehaves on purpose: both kinds of stream, and the timeline to catch up from.

Statuses appear one after the other while someone listens; those that appear while the connection is down are found in
the timeline only, as on a real server.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve

FIRST_ID = 112_000_000_000_000_000


def status(n: int, *, tag: str = "opengate", account: str = "ana", **more: Any) -> dict[str, Any]:
    """Status n."""
    about = {"id": "7", "acct": account, "uri": f"https://example.social/users/{account}", "indexable": True}
    return {
        "id": str(FIRST_ID + n),
        "uri": f"https://example.social/users/{account}/statuses/{n}",
        "created_at": f"2024-05-01T{10 + n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}.000Z",
        "visibility": "public",
        "account": about | more.pop("about", {}),
        "content": f"<p>post {n}</p>",
        "reblog": None,
        "in_reply_to_id": None,
        "tags": [{"name": tag}],
        **more,
    }


@dataclass
class FakeMastodon:
    """See the module."""

    script: list[tuple[str, Any]]
    """(event, status or id), in order; ("drop", n) breaks the connection and lets n more happen meanwhile."""
    did: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    port: int = 0
    socket_port: int = 0
    _next: int = 0
    _stopping: bool = False
    _happened: list[dict[str, Any]] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether everything happened."""
        return self._next == len(self.script)

    def url(self, scheme: str = "http") -> str:
        """The address for server-sent events or for a WebSocket."""
        return f"{scheme}://127.0.0.1:{self.port if scheme == 'http' else self.socket_port}"

    def _step(self) -> tuple[str, Any] | None:
        """The next thing that happens, if any."""
        if self._next == len(self.script):
            return None
        name, what = self.script[self._next]
        self._next += 1
        if name == "update":
            self._happened.append(what)
        return name, what

    def _drop(self, n: int) -> None:
        self.did["dropped"] += 1
        for _ in range(n):
            self._step()

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                target = head.split()[1]
                self._note(target, head)
                if target.startswith("/api/v1/timelines/"):
                    body = self._page(target)
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(body), body)
                    )
                    await writer.drain()
                elif target.startswith("/api/v1/streaming/"):
                    writer.write(
                        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n:)\n\n"
                    )
                    await self._tell(writer)
                else:
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        finally:
            writer.transport.abort() if self._stopping else writer.close()

    async def _tell(self, writer: asyncio.StreamWriter) -> None:
        while step := self._step():
            name, what = step
            if name == "drop":
                self._drop(what)
                writer.transport.abort()
                return
            data = what if isinstance(what, str) else json.dumps(what)
            writer.write(f"event: {name}\ndata: {data}\n\n:thump\n\n".encode())
            await writer.drain()
        await asyncio.sleep(30)

    async def _websocket(self, connection: ServerConnection) -> None:
        self._note(connection.request.path, str(connection.request.headers))
        while step := self._step():
            name, what = step
            if name == "drop":
                self._drop(what)
                connection.transport.abort()
                return
            payload = what if isinstance(what, str) else json.dumps(what)
            await connection.send(json.dumps({"stream": ["public"], "event": name, "payload": payload}))
        await connection.wait_closed()

    def _note(self, target: str, head: str) -> None:
        self.asked.append(target)
        self.tokens.update(line.split()[-1] for line in head.splitlines() if line.lower().startswith("authorization"))

    def _page(self, target: str) -> bytes:
        asked = parse_qs(urlsplit(target).query)
        after = int(asked.get("min_id", ["0"])[0])
        found = [one for one in self._happened if int(one["id"]) > after]
        return json.dumps(found[: int(asked["limit"][0])][::-1]).encode()

    @contextmanager
    def running(self):
        """Serve both in a thread of their own."""
        self._stopping = False
        ready, loop = threading.Event(), asyncio.new_event_loop()
        stop = asyncio.Event()

        async def main() -> None:
            plain = await asyncio.start_server(self._http, "127.0.0.1", 0)
            async with serve(self._websocket, "127.0.0.1", 0) as sockets:
                self.port = plain.sockets[0].getsockname()[1]
                self.socket_port = sockets.sockets[0].getsockname()[1]
                ready.set()
                await stop.wait()
                self._stopping = True
                plain.close()
                sockets.close(close_connections=True)
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await asyncio.sleep(0.01)

        thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
        thread.start()
        assert ready.wait(10)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(10)
            loop.close()
