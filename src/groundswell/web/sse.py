"""Server-sent events: how many may be open, and how all of them end when the server does.

Streams ──open?──► one line a moment ──► browser          Format: https://html.spec.whatwg.org/multipage/server-sent-events.html

A stream holds a connection for as long as a page is open. Without a limit, a page that opens them in a loop would take
every connection; without an end, Ctrl-C would wait for readers who have gone to lunch.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

MOST_OPEN = 16
"""Streams at a time: every tab that one person has open, and a few that were forgotten."""
EACH_S = 0.5
AGAIN_S = 5


class Streams:
    """The open streams of one server."""

    def __init__(self, most: int = MOST_OPEN) -> None:
        """None open."""
        self._most = most
        self._n = 0
        self._closing = False

    def __len__(self) -> int:
        return self._n

    def close(self) -> None:
        """End all of them; may be called from a signal."""
        self._closing = True

    def answer(self, request: Request, say: Callable[[], dict[str, Any]], *, each_s: float = EACH_S) -> Response:
        """Send what `say` returns, at once and then each `each_s` seconds in which it changed.

        Raises
        ------
        HTTPException
            503: as many as may be are open.
        """
        if self._n >= self._most or self._closing:
            raise HTTPException(
                503, f"{self._n} pages already listen. Close one of them.", headers={"retry-after": str(AGAIN_S)}
            )
        return StreamingResponse(self._stream(request, say, each_s), media_type="text/event-stream")

    async def _stream(self, request: Request, say: Callable[[], dict[str, Any]], each_s: float) -> AsyncIterator[str]:
        self._n += 1
        said = None
        try:
            while not self._closing and not await request.is_disconnected():
                saying = say()
                if saying != said:
                    said = saying
                    yield f"data: {json.dumps(saying)}\n\n"
                await asyncio.sleep(each_s)
        finally:
            self._n -= 1
