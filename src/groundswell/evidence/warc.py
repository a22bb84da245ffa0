"""Exchanges as WARC records (ISO 28500, version 1.1), the bytes as they crossed the wire.

    Exchange ──► request, response          a screenshot, a DOM ──► resource

Record ids are made of what the record holds, so that the same exchange gives the same bytes. Records are not
compressed: a purge can search them for names, and `grep` can, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from groundswell.evidence.fetch import Exchange
from groundswell.evidence.log import canonical
from groundswell.evidence.target import target

VERSION = "WARC/1.1"


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Something made of a page that no server sent: a picture of it, or its document after scripts ran."""

    uri: str
    at: datetime
    mime: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """Where a record stands, for an index."""

    url: str
    at: datetime
    mime: str
    status: int
    digest: str
    offset: int
    length: int


def warc(
    exchanges: Iterable[Exchange], resources: Iterable[Resource], *, software: str, at: datetime
) -> tuple[bytes, tuple[Indexed, ...]]:
    """Write records one after the other.

    Returns
    -------
    The bytes of the file, and where each response and resource stands in it.
    """
    out = bytearray()
    indexed: list[Indexed] = []
    info = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    out += _record("warcinfo", None, at, "application/warc-fields", info)
    for one in exchanges:
        digest = _digest(one.payload)
        more = {"WARC-IP-Address": one.address, "WARC-Payload-Digest": digest}
        if one.truncated:
            more["WARC-Truncated"] = one.truncated
        record = _record("response", one.url, one.at, "application/http; msgtype=response", one.response, **more)
        indexed.append(
            Indexed(
                url=one.url,
                at=one.at,
                mime=one.mime,
                status=one.status,
                digest=digest,
                offset=len(out),
                length=len(record),
            )
        )
        out += record
        concurrent = {"WARC-Concurrent-To": _id("response", one.url, one.at, one.response)}
        out += _record("request", one.url, one.at, "application/http; msgtype=request", one.request, **concurrent)
    for resource in resources:
        digest = _digest(resource.content)
        record = _record("resource", resource.uri, resource.at, resource.mime, resource.content)
        indexed.append(
            Indexed(
                url=resource.uri,
                at=resource.at,
                mime=resource.mime,
                status=200,
                digest=digest,
                offset=len(out),
                length=len(record),
            )
        )
        out += record
    return bytes(out), tuple(indexed)


def cdxj(indexed: Iterable[Indexed], filename: str) -> str:
    """The index of a WARC file: a line a record, sorted by address and time."""
    lines = []
    for one in indexed:
        about: dict[str, Any] = {
            "url": one.url,
            "mime": one.mime,
            "status": str(one.status),
            "digest": one.digest,
            "length": str(one.length),
            "offset": str(one.offset),
            "filename": filename,
        }
        lines.append(f"{_surt(one.url)} {one.at.astimezone(UTC):%Y%m%d%H%M%S} {canonical(about)}\n")
    return "".join(sorted(lines))


def _surt(url: str) -> str:
    """An address with its host turned round, by which indexes are sorted."""
    if url.startswith("urn:"):
        return url.lower()
    to = target(url)
    host = to.host if to.is_number else ",".join(reversed(to.host.rstrip(".").split(".")))
    return f"{host.lower()}{'' if to.port in (80, 443) else f':{to.port}'}){to.path.lower()}"


def _record(kind: str, uri: str | None, at: datetime, mime: str, block: bytes, **more: str) -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": _id(kind, uri, at, block),
        "WARC-Date": _date(at),
        **({"WARC-Target-URI": uri} if uri is not None else {}),
        **more,
        "WARC-Block-Digest": _digest(block),
        "Content-Type": mime,
        "Content-Length": str(len(block)),
    }
    written = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{VERSION}\r\n{written}\r\n".encode() + block + b"\r\n\r\n"


def _id(kind: str, uri: str | None, at: datetime, block: bytes) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {uri} {_date(at)} {sha256(block).hexdigest()}')}>"


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _digest(content: bytes) -> str:
    return f"sha-256:{sha256(content).hexdigest()}"
