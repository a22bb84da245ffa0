"""A proxy on this machine that a browser is put behind, so that the browser asks nothing that we would not ask.

    Chromium ──► 127.0.0.1:port ──gate──► a checked address          everything else ends here

It writes down each host that was asked for and what became of it. Of encrypted connections it sees the host and the
number of bytes, and nothing of what is said.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from groundswell.evidence.gate import Gate
from groundswell.evidence.target import NoAnswer, NotPublic, Target, target

ERRANDS = frozenset({"update.googleapis.com", "clients2.google.com", "accounts.google.com"})
"""Hosts that Chromium asks for on its own account, whatever the page is, and whatever it is told."""

LONGEST_HEAD = 1 << 16
PIECE = 1 << 16


@dataclass
class Loaded:
    """What a browser asked for."""

    bytes_received: int = 0
    hosts: dict[str, int] = field(default_factory=dict)
    """Scheme, host and port to the number of connections."""
    refused: dict[str, str] = field(default_factory=dict)
    """The same to the reason why nothing was asked."""
    over: bool = False
    """Whether it was cut off because it had too many bytes."""


class _Refused(Exception):
    """The browser gets an answer of ours."""


@contextlib.contextmanager
def guarded_proxy(gate: Gate, *, seconds: float, most_bytes: int) -> Iterator[tuple[int, Loaded]]:
    """A proxy that lives as long as the block; gives its port on 127.0.0.1, and what is loaded through it."""
    loaded, until = Loaded(), time.monotonic() + seconds
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.2)
    stop, lock = threading.Event(), threading.Lock()
    threads: list[threading.Thread] = []

    def accept() -> None:
        while not stop.is_set():
            try:
                client, _ = listening.accept()
            except OSError:
                continue
            one = threading.Thread(
                target=_serve, args=(client, gate, loaded, lock, until, most_bytes, stop), daemon=True
            )
            threads.append(one)
            one.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield listening.getsockname()[1], loaded
    finally:
        stop.set()
        accepting.join()
        for one in threads:
            one.join(timeout=5)
        listening.close()


def _serve(
    client: socket.socket,
    gate: Gate,
    loaded: Loaded,
    lock: threading.Lock,
    until: float,
    most_bytes: int,
    stop: threading.Event,
) -> None:
    with client:
        try:
            client.settimeout(max(0.1, until - time.monotonic()))
            to, first = _wanted(client)
            where = f"{to.scheme}://{to.authority}"
            if to.host in ERRANDS:
                with lock:
                    loaded.refused[where] = "an errand of the browser, not of the page"
                raise _Refused
            try:
                server = gate.reach(to, until)
            except (NotPublic, NoAnswer) as no:
                with lock:
                    loaded.refused[where] = no.why
                raise _Refused from None
            with lock:
                loaded.hosts[where] = loaded.hosts.get(where, 0) + 1
            with server:
                if first:
                    server.sendall(first)
                else:
                    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                _pass_on(client, server, loaded, lock, until, most_bytes, stop)
        except (_Refused, NotPublic):
            with contextlib.suppress(OSError):
                client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:
            return


def _wanted(client: socket.socket) -> tuple[Target, bytes]:
    """Where a request is to go, and what is to be sent there first: nothing for a tunnel."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = client.recv(PIECE)
        head += piece
        if not piece or len(head) > LONGEST_HEAD:
            raise OSError("no request")
    first, _, rest = head.partition(b"\r\n")
    try:
        method, where, _ = first.decode("ascii").split(" ", 2)
    except (UnicodeDecodeError, ValueError):
        raise OSError("no request") from None
    if method == "CONNECT":
        return target(f"https://{where}/"), b""
    to = target(where)
    if to.scheme != "http":
        raise OSError("no tunnel was asked for")
    headers, _, body = rest.partition(b"\r\n\r\n")
    # One request a connection: the next one may want to go elsewhere, and would not be looked at.
    kept = [line for line in headers.split(b"\r\n") if not line.lower().startswith((b"proxy-", b"connection:"))]
    lines = [f"{method} {to.path} HTTP/1.1".encode("ascii"), *kept, b"Connection: close"]
    return to, b"\r\n".join(lines) + b"\r\n\r\n" + body


def _pass_on(
    client: socket.socket,
    server: socket.socket,
    loaded: Loaded,
    lock: threading.Lock,
    until: float,
    most_bytes: int,
    stop: threading.Event,
) -> None:
    while not stop.is_set() and time.monotonic() < until:
        ready, _, _ = select.select([client, server], [], [], 0.2)
        for one in ready:
            piece = one.recv(PIECE)
            if not piece:
                return
            if one is server:
                with lock:
                    loaded.bytes_received += len(piece)
                    loaded.over = loaded.over or loaded.bytes_received > most_bytes
                if loaded.over:
                    return
                client.sendall(piece)
            else:
                server.sendall(piece)
