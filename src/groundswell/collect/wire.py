"""The two libraries that speak to servers, behind three verbs: WebSocket frames, lines of a stream, one answer.

Everything else in the package sees text. Whatever goes wrong on the way is `Lost`; a clear no is `Refused`. All sizes
are capped, because the server may be anyone's.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

from groundswell.collect.event import Lost, Refused
from groundswell.errors import MissingExtra

LARGEST_MESSAGE = 1 << 22
"""4 MiB: the largest record that Bluesky allows is 1 MiB."""
LARGEST_ANSWER = 1 << 24
QUEUE = 32
"""Messages held by the library; beyond that the socket is not read, and the server waits."""
PATIENCE_S = 60.0
"""Silence after which a connection counts as dead. Mastodon's servers say something every 15 s."""
CONNECT_S = 20.0

FINAL = (400, 401, 403, 404, 410, 422)
"""Answers that another try would not change."""


def _websockets() -> ModuleType:
    try:
        import websockets.asyncio.client as client
    except ImportError as error:
        raise MissingExtra("collect", "Live collection", str(error.name)) from None
    return client


def _httpx() -> ModuleType:
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("collect", "Live collection", str(error.name)) from None
    return httpx


def require() -> None:
    """Raise `MissingExtra` unless both libraries are there."""
    _websockets()
    _httpx()


class Conversation:
    """An open WebSocket."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    async def send(self, message: Mapping[str, Any]) -> None:
        """Send one JSON message."""
        await self._socket.send(json.dumps(message))

    async def frames(self) -> AsyncGenerator[str | bytes, None]:
        """Yield each message; the end of the connection is `Lost`."""
        while True:
            yield await self._socket.recv()


@asynccontextmanager
async def websocket(
    url: str, *, protocols: Sequence[str] = (), headers: Mapping[str, str] | None = None
) -> AsyncIterator[Conversation]:
    """Open a WebSocket and close it again.

    Raises
    ------
    Lost, Refused
    """
    client = _websockets()
    from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI, WebSocketException

    try:
        async with client.connect(
            url,
            subprotocols=list(protocols) or None,
            additional_headers=dict(headers or {}),
            max_size=LARGEST_MESSAGE,
            max_queue=QUEUE,
            open_timeout=CONNECT_S,
            close_timeout=1,
            ping_interval=20,
            ping_timeout=PATIENCE_S,
        ) as socket:
            yield Conversation(socket)
    except InvalidStatus as error:
        _judge(error.response.status_code, bytes(error.response.body or b""))
    except (InvalidURI, ImportError) as error:
        # A proxy of the environment may need a package of its own. Going round it would show who is asking.
        raise Refused(f"{url!r} can't be opened: {error}") from None
    except (InvalidHandshake, WebSocketException, OSError, TimeoutError, EOFError) as error:
        raise Lost(str(error) or type(error).__name__) from None


async def lines(url: str, *, headers: Mapping[str, str] | None = None) -> AsyncGenerator[str, None]:
    """Yield the lines of an answer that never ends (server-sent events).

    Raises
    ------
    Lost, Refused
    """
    httpx = _httpx()
    timeout = httpx.Timeout(CONNECT_S, read=PATIENCE_S)
    try:
        async with (
            httpx.AsyncClient(timeout=timeout) as client,
            client.stream("GET", url, headers=dict(headers or {})) as answer,
        ):
            if answer.status_code != 200:
                _judge(answer.status_code, (await _body(answer))[:LARGEST_ANSWER])
            held = b""
            async for chunk in answer.aiter_bytes():
                *whole, held = (held + chunk).split(b"\n")
                for line in whole:
                    yield line.rstrip(b"\r").decode("utf-8", "replace")
                if len(held) > LARGEST_MESSAGE:
                    raise Lost(f"a line longer than {LARGEST_MESSAGE:,} bytes")
    except httpx.InvalidURL as error:
        raise Refused(f"{url!r} is no address: {error}") from None
    except (httpx.HTTPError, OSError) as error:
        raise Lost(str(error) or type(error).__name__) from None
    raise Lost("the server ended the stream")


async def fetch(url: str, *, headers: Mapping[str, str] | None = None) -> bytes:
    """Fetch one answer whole.

    Raises
    ------
    Lost, Refused
    """
    httpx = _httpx()
    try:
        async with (
            httpx.AsyncClient(timeout=CONNECT_S) as client,
            client.stream("GET", url, headers=dict(headers or {})) as answer,
        ):
            body = await _body(answer)
            if answer.status_code != 200:
                _judge(answer.status_code, body)
            return body
    except httpx.InvalidURL as error:
        raise Refused(f"{url!r} is no address: {error}") from None
    except (httpx.HTTPError, OSError) as error:
        raise Lost(str(error) or type(error).__name__) from None


async def _body(answer: Any) -> bytes:
    body = b""
    async with asyncio.timeout(CONNECT_S):
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise Lost(f"an answer of more than {LARGEST_ANSWER:,} bytes")
    return body


def _judge(status: int, body: bytes) -> None:
    """Tell a no from a not now; the server's own words go along, cut short."""
    said = body[:300].decode("utf-8", "replace").strip()
    words = f"the server answers {status}" + (f": {said}" if said else "")
    raise Refused(words) if status in FINAL else Lost(words)
