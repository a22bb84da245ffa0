"""A WARC file packed with its index, its pages and the hash of each part (WACZ 1.1.1).

    archive/data.warc, indexes/index.cdx, pages/pages.jsonl ──► datapackage.json ──► datapackage-digest.json

Format: https://specs.webrecorder.net/wacz/1.1.1/. Parts are stored, not packed, and dated 1980, so that the same
capture gives the same bytes. Packages made by others are checked part by part, within limits: they may be bombs.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.errors import UnreadableFile

DATA, INDEX, PAGES = "archive/data.warc", "indexes/index.cdx", "pages/pages.jsonl"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
MADE = (1980, 1, 1, 0, 0, 0)

MOST_PARTS = 10_000
MOST_BYTES = 16 << 30
"""Of all parts of a package together, unpacked."""
LARGEST_LIST = 64 << 20
"""Of a list that is read into memory: the package's own, and its pages."""
PIECE = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page that a package is about."""

    url: str
    at: datetime
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Package:
    """What a package made by others holds, and what does not hold in it."""

    urls: tuple[str, ...]
    """Of its pages."""
    n_parts: int
    n_as_listed: int
    """Parts whose hash is the one the package lists."""
    problems: tuple[str, ...]


def wacz(warc: bytes, index: str, pages: Sequence[Page], *, title: str, software: str, at: datetime) -> bytes:
    """Pack a capture."""
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    listed = [
        {
            "id": sha256(page.url.encode()).hexdigest()[:16],
            "url": page.url,
            "ts": _date(page.at),
            "title": page.title or page.url,
        }
        for page in pages
    ]
    parts = {
        DATA: warc,
        INDEX: index.encode(),
        PAGES: "".join(json.dumps(one) + "\n" for one in (header, *listed)).encode(),
    }
    package = json.dumps(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "software": software,
            "created": _date(at),
            "mainPageUrl": pages[0].url if pages else "",
            "mainPageDate": _date(pages[0].at) if pages else "",
            "resources": [
                {
                    "name": name.rsplit("/", 1)[1],
                    "path": name,
                    "hash": f"sha256:{sha256(content).hexdigest()}",
                    "bytes": len(content),
                }
                for name, content in parts.items()
            ],
        },
        indent=1,
    ).encode()
    digest = json.dumps({"path": PACKAGE, "hash": f"sha256:{sha256(package).hexdigest()}"}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, content in {**parts, PACKAGE: package, DIGEST: digest}.items():
            packed.writestr(zipfile.ZipInfo(name, MADE), content)
    return out.getvalue()


def check(path: Path) -> Package:
    """Hold a package made by others against the hashes that it lists itself.

    Raises
    ------
    UnreadableFile
        It is no such package, or asks for more than `MOST_BYTES`.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            return _checked(path, packed)
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableFile(
            path, "this is no WACZ package that can be read.", f"It says: {error}.", "Ask for the package again."
        ) from None


def _checked(path: Path, packed: zipfile.ZipFile) -> Package:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise ValueError(f"more than {MOST_PARTS:,} parts or {MOST_BYTES:,} bytes")
    problems: list[str] = []
    listing = _small(packed, PACKAGE)
    package = json.loads(listing)
    if DIGEST in packed.namelist():
        claimed = str(json.loads(_small(packed, DIGEST)).get("hash", ""))
        if claimed != f"sha256:{sha256(listing).hexdigest()}":
            problems.append(f"{PACKAGE} is not the one that {DIGEST} names")
    else:
        problems.append(f"there is no {DIGEST}, so nothing vouches for the list")
    as_listed = 0
    # A list that names one part a million times would have it read a million times.
    resources = {str(one.get("path")): one for one in package.get("resources", ()) if isinstance(one, Mapping)}
    if len(resources) > MOST_PARTS:
        raise ValueError(f"more than {MOST_PARTS:,} parts are listed")
    for name, one in resources.items():
        claimed = str(one.get("hash", ""))
        kind, _, digest = claimed.partition(":")
        if kind != "sha256":
            problems.append(f"{name}: its hash is a {kind or 'missing'} one, which is not checked")
        elif name not in packed.namelist():
            problems.append(f"{name}: listed, and not there")
        elif _hash(packed, name) != digest:
            problems.append(f"{name}: not the bytes that the package lists")
        else:
            as_listed += 1
    unlisted = {part.filename for part in parts} - resources.keys() - {PACKAGE, DIGEST}
    problems += [f"{name}: not listed" for name in sorted(unlisted) if not name.endswith("/")]
    return Package(urls=_urls(packed), n_parts=len(resources), n_as_listed=as_listed, problems=tuple(problems))


def _urls(packed: zipfile.ZipFile) -> tuple[str, ...]:
    if PAGES not in packed.namelist():
        return ()
    found: dict[str, None] = {}
    for line in _small(packed, PAGES).splitlines():
        try:
            page: Any = json.loads(line)
        except ValueError:
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            found[page["url"]] = None
    return tuple(found)


def _small(packed: zipfile.ZipFile, name: str) -> bytes:
    with packed.open(name) as part:
        content = part.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise ValueError(f"{name} is larger than {LARGEST_LIST:,} bytes")
    return content


def _hash(packed: zipfile.ZipFile, name: str) -> str:
    digest, read = sha256(), 0
    with packed.open(name) as part:
        while piece := part.read(PIECE):
            digest.update(piece)
            read += len(piece)
            if read > MOST_BYTES:
                raise ValueError(f"{name} is larger than {MOST_BYTES:,} bytes")
    return digest.hexdigest()


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
