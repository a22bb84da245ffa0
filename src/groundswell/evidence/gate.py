"""The only way out: a connection to an address that was looked up once, checked, and then used.

    Target ──look up──► every address ──check──► a socket to one of them, and to nothing else

The name is looked up once for each request. A name that answers with a public address first and a private one later
(DNS rebinding) gains nothing, because the connection goes to the number that was checked, while the ``Host`` header
and the certificate keep the name. If one of several addresses is not public, none is asked.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from groundswell.evidence.address import refusal
from groundswell.evidence.target import NoAnswer, NotPublic, Target

PORTS = frozenset({80, 443, 8080, 8443})
"""Where web servers listen. Other ports belong to services that a web request could be made to talk to."""

LONGEST_PROXY_ANSWER = 1 << 14


def look_up(host: str, port: int) -> tuple[str, ...]:
    """Every numeric address of a host, as this machine resolves it.

    Raises
    ------
    OSError
        The name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What may be asked, and how one gets there."""

    allow: frozenset[str] = frozenset()
    """Numeric addresses that a person named, which may be asked though they are not public, at any port."""
    proxy: Target | None = None
    """An HTTP proxy that tunnels (CONNECT). It is told the address that was checked, never the name."""
    resolve: Callable[[str, int], Sequence[str]] = look_up
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def addresses(self, target: Target) -> tuple[str, ...]:
        """The numeric addresses of a target, each of them checked.

        Raises
        ------
        NotPublic
            One of them may not be asked.
        NoAnswer
            There is none.
        """
        try:
            found = (target.host,) if target.is_number else tuple(self.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            raise NoAnswer(target.url, f"its name is not known ({error})") from None
        if not found:
            raise NoAnswer(target.url, "its name has no address")
        for address in found:
            if address in self.allow:
                continue
            if why := refusal(address):
                where = "it leads to" if target.is_number else f"its name leads to {address},"
                raise NotPublic(target.url, f"{where} {why}")
            if target.port not in PORTS:
                raise NotPublic(target.url, f"port {target.port} is none of {', '.join(map(str, sorted(PORTS)))}")
        return found

    def connect(self, target: Target, until: float) -> tuple[socket.socket, str]:
        """A connection to a target and the address it goes to.

        Parameters
        ----------
        until
            When to give up, in seconds of `time.monotonic`.

        Raises
        ------
        NotPublic, NoAnswer
        """
        trouble = "no address"
        for address in self.addresses(target):
            try:
                raw = self._reach(target, address, until)
            except (OSError, ValueError) as error:
                trouble = str(error) or type(error).__name__
                continue
            if target.scheme == "http":
                return raw, address
            try:
                return self.tls().wrap_socket(raw, server_hostname=target.host.rstrip(".")), address
            except (OSError, ValueError) as error:
                raw.close()
                trouble = str(error) or type(error).__name__
        raise NoAnswer(target.url, trouble)

    def reach(self, target: Target, until: float) -> socket.socket:
        """The same without encryption, for whoever encrypts by himself."""
        trouble = "no address"
        for address in self.addresses(target):
            try:
                return self._reach(target, address, until)
            except (OSError, ValueError) as error:
                trouble = str(error) or type(error).__name__
        raise NoAnswer(target.url, trouble)

    def _reach(self, target: Target, address: str, until: float) -> socket.socket:
        if self.proxy is None:
            sock = _open(address, target.port, until)
            if sock.getpeername()[0] != address:
                sock.close()
                raise OSError(f"the connection went to another address than {address}")
            return sock
        sock = socket.create_connection((self.proxy.host, self.proxy.port), timeout=left(until))
        try:
            where = f"[{address}]:{target.port}" if ":" in address else f"{address}:{target.port}"
            sock.sendall(f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n\r\n".encode("ascii"))
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                sock.settimeout(left(until))
                byte = sock.recv(1)
                answer += byte
                if not byte or len(answer) > LONGEST_PROXY_ANSWER:
                    raise OSError("the proxy broke off")
            if answer.split(b" ", 2)[1:2] != [b"200"]:
                raise OSError(f"the proxy says {answer.split(bytes([13, 10]), 1)[0][:80].decode('latin-1')!r}")
        except BaseException:
            sock.close()
            raise
        return sock


def left(until: float) -> float:
    """Seconds left until then.

    Raises
    ------
    TimeoutError
        None are left.
    """
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it took too long")
    return seconds


def _open(address: str, port: int, until: float) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.settimeout(left(until))
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock
