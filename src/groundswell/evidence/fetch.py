"""One request and its answer, byte by byte as they crossed the wire; redirects are followed one by one.

    URL ──► Exchange ──Location──► Exchange ──Location──► …       each checked like the first

No cookies, no cache, no compression asked for, no second try. Every answer is cut off at a size and a time; what was
cut says so, in the words of the WARC standard.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from groundswell.evidence.gate import Gate, left
from groundswell.evidence.target import NoAnswer, NotPublic, Target, target

AGENT = "Mozilla/5.0 (compatible; groundswell evidence capture)"
REDIRECTS = (301, 302, 303, 307, 308)
PIECE = 1 << 16
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, kw_only=True)
class Caps:
    """Where to stop."""

    bytes: int = 64 << 20
    """Of one answer."""
    seconds: float = 60.0
    """For one request, from looking up the name to the last byte."""
    redirects: int = 10


CAPS = Caps()


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and what came back."""

    url: str
    address: str
    """The numeric address that answered."""
    at: datetime
    request: bytes
    response: bytes
    """Status line, headers and body as they were received."""
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes = field(repr=False)
    """The body without its transfer coding."""
    truncated: str | None = None
    """``length``, ``time`` or ``disconnect`` where not all of it was received."""

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def mime(self) -> str:
        """The media type, without its parameters."""
        return (self.header("content-type") or "application/octet-stream").split(";")[0].strip().lower()

    def body(self, most: int = CAPS.bytes) -> bytes:
        """The body unpacked, as far as it can be and up to `most` bytes."""
        coding = (self.header("content-encoding") or "identity").strip().lower()
        if coding not in ("gzip", "x-gzip", "deflate"):
            return self.payload[:most]
        try:
            return zlib.decompressobj(47).decompress(self.payload, most)
        except zlib.error:
            return b""


def clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def fetch(
    gate: Gate, url: str, *, caps: Caps = CAPS, now: Callable[[], datetime] = clock
) -> tuple[tuple[Exchange, ...], str | None]:
    """Ask for an address and for wherever it leads.

    Returns
    -------
    Every exchange in order, the last one being the answer, and why a further redirect was not followed; None if
    there was none.

    Raises
    ------
    NotPublic, NoAnswer
        Nothing at all was received.
    """
    made: list[Exchange] = []
    where = url
    while True:
        try:
            exchange = ask(gate, where, caps=caps, now=now)
        except (NotPublic, NoAnswer) as no:
            if not made:
                raise
            return tuple(made), f"{no.why}"
        made.append(exchange)
        onward = exchange.header("location")
        if exchange.status not in REDIRECTS or onward is None:
            return tuple(made), None
        if len(made) > caps.redirects:
            return tuple(made), f"more than {caps.redirects} redirects"
        try:
            # Headers travel as Latin-1, and addresses in them as UTF-8.
            where = urljoin(target(where).url, onward.encode("latin-1", "replace").decode("utf-8", "replace"))
        except ValueError:
            return tuple(made), "it leads to what is no address"


def ask(
    gate: Gate,
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    caps: Caps = CAPS,
    now: Callable[[], datetime] = clock,
) -> Exchange:
    """Make one request, and follow nothing.

    Raises
    ------
    NotPublic
        The address may not be asked; no connection was tried.
    NoAnswer
        The headers did not arrive whole.
    """
    to, until = target(url), time.monotonic() + caps.seconds
    at = now()
    request = _request(to, method, headers or {}, body)
    sock, address = gate.connect(to, until)
    tee = _Tee(sock, until, caps.bytes)
    with sock:
        response = http.client.HTTPResponse(_Reading(tee), method=method)  # type: ignore[arg-type]
        try:
            sock.settimeout(left(until))
            sock.sendall(request)
            response.begin()
            if not END_OF_HEAD.search(tee.received):
                raise http.client.IncompleteRead(bytes(tee.received))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NoAnswer(to.url, tee.stopped or str(error) or type(error).__name__) from None
        payload, truncated = _payload(response)
        response.close()
    return Exchange(
        url=to.url,
        address=address,
        at=at,
        request=request,
        response=bytes(tee.received),
        status=response.status,
        headers=tuple(response.getheaders()),
        payload=payload,
        truncated=tee.stopped or truncated,
    )


def _request(to: Target, method: str, headers: Mapping[str, str], body: bytes) -> bytes:
    sent = {
        "Host": to.authority,
        "User-Agent": AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **headers,
    }
    if body:
        sent["Content-Length"] = str(len(body))
    lines = [f"{method} {to.path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _payload(response: http.client.HTTPResponse) -> tuple[bytes, str | None]:
    pieces: list[bytes] = []
    try:
        while piece := response.read1(PIECE):
            pieces.append(piece)
    except (OSError, ValueError, http.client.HTTPException):
        return b"".join(pieces), "disconnect"
    # `read1` takes an early end for the end; only the length that was promised tells.
    return b"".join(pieces), "disconnect" if response.length else None


class _Tee(io.RawIOBase):
    """Bytes of a socket, remembered as they come, until there are too many or it takes too long."""

    def __init__(self, sock: socket.socket, until: float, most: int) -> None:
        self._sock, self._until, self._most = sock, until, most
        self.received = bytearray()
        self.stopped: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        room = self._most - len(self.received)
        if room <= 0:
            self.stopped = "length"
            raise OSError("length")
        try:
            self._sock.settimeout(left(self._until))
            n = self._sock.recv_into(memoryview(buffer)[:room])
        except TimeoutError:
            self.stopped = "time"
            raise
        self.received += memoryview(buffer)[:n]
        return n


class _Reading:
    """What `http.client` takes for a socket."""

    def __init__(self, tee: _Tee) -> None:
        self._tee = tee

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._tee)
