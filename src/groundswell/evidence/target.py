"""An address on the web, taken apart once, so that what is checked is what is asked.

    "HTTPS://Example.ORG/a b#c" ──► Target(https, example.org, 443, /a%20b)

Two programs that read one address differently are the oldest way round a check. So an address is refused where it
can be read twice: a number that is no plain dotted one (2130706433, 0x7f.1, 0177.0.0.1), a name with a password
before it, a backslash, a control character, an escape within the host.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

from groundswell.errors import Failed, WrongUse

PORTS_OF = {"http": 80, "https": 443}
LONGEST_URL = 8_192
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
NETLOC = re.compile(r"(?:\[[^\[\]]*\]|[^\[\]:]*)(?::\d*)?")
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\.?")
"""A last label that makes of the whole host a number, as browsers read it (https://url.spec.whatwg.org/)."""
PATH_SAFE = "/%:@!$&'()*+,;=~-._?[]"


class NotPublic(WrongUse):
    """An address that is not asked, because it does not lead to the public internet or can be read in two ways."""

    def __init__(self, url: str, why: str) -> None:
        self.why = why
        super().__init__(
            f"{shown(url)} is not asked: {why}.\n"
            "  Only public http and https addresses are, because whoever writes a post chooses where it leads.\n"
            "  A server of your own can be named: `--allow-address 127.0.0.1`."
        )


class NoAnswer(Failed):
    """A server that could not be reached, or that broke off before it said what it has."""

    def __init__(self, url: str, why: str) -> None:
        self.why = why
        super().__init__(f"{shown(url)} gave no answer: {why}.\n  Nothing was kept of it. Try again later.")


def shown(url: str) -> str:
    """An address as a message may hold it: one line, no control characters, not endless."""
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in url)
    return plain if len(plain) <= 200 else plain[:199] + "…"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go and what to ask for."""

    scheme: str
    host: str
    """Lower case and ASCII; an IPv6 address without its brackets."""
    port: int
    path: str
    """With the query, percent-encoded."""

    @property
    def is_number(self) -> bool:
        """Whether the host is a numeric address."""
        return ":" in self.host or self.host.rsplit(".", 1)[-1].isdigit()

    @property
    def authority(self) -> str:
        """What the ``Host`` header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS_OF[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address, written in one way."""
        return f"{self.scheme}://{self.authority}{self.path}"


def target(url: str) -> Target:
    """Take an address apart.

    Raises
    ------
    NotPublic
        It is no http or https address, or it can be read in two ways.
    """
    if len(url) > LONGEST_URL:
        raise NotPublic(url, f"it is longer than {LONGEST_URL:,} characters")
    if any(c <= " " or c == "\\" or "\x7f" <= c <= "\xa0" or not c.isprintable() for c in url.replace(" ", "")):
        raise NotPublic(url, "it holds a control character or a backslash")
    try:
        parts = urlsplit(url.strip(" "))
        port = parts.port
    except ValueError as error:
        raise NotPublic(url, f"it can't be read ({error})") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS_OF:
        raise NotPublic(url, f"its scheme is {scheme!r}" if scheme else "it has no scheme such as https://")
    if "@" in parts.netloc:
        raise NotPublic(url, "a name or a password stands before its host")
    if not NETLOC.fullmatch(parts.netloc):
        raise NotPublic(url, "something stands around its brackets")
    if port == 0:
        raise NotPublic(url, "its port is 0")
    host = _host(url, parts.hostname or "", bracketed=parts.netloc.startswith("["))
    path = quote(parts.path or "/", safe=PATH_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=PATH_SAFE)
    return Target(scheme, host, port or PORTS_OF[scheme], path if path.startswith("/") else "/" + path)


def _host(url: str, written: str, *, bracketed: bool) -> str:
    if bracketed:
        try:
            if "%" in written:
                raise ValueError("an address of one network card")
            return str(IPv6Address(written))
        except ValueError:
            raise NotPublic(url, "what stands in brackets is no IPv6 address") from None
    try:
        # IDNA folds full-width digits and dots into plain ones; the check for numbers comes after it.
        host = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NotPublic(url, "its host is no name") from None
    if not HOST.fullmatch(host) or ".." in host:
        raise NotPublic(url, "its host is no name" if host else "it has no host")
    if NUMBER.fullmatch(host.rstrip(".").rsplit(".", 1)[-1]):
        try:
            return str(IPv4Address(host))
        except ValueError:
            raise NotPublic(url, "its host is a number that is no plain dotted address") from None
    return host
