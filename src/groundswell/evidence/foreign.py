"""Captures that others made: taken in as they are, and held against the hashes that came with them.

    .wacz             each part against the package's own list
    .warc, .warc.gz   each record against its own digest
    .csv              a sheet of auto-archiver: each row's hash against the file beside the sheet, where there is one

What came without a hash, or without its bytes, says so. A row that only names a copy elsewhere is a pointer, and a
post is not preserved by it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import new as new_hash
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from groundswell.errors import MissingExtra, UnreadableFile
from groundswell.evidence.folder import CAPTURES, ID_DIGITS, RECORD, Hand, put
from groundswell.evidence.log import folder_of, hash_of, writing
from groundswell.evidence.wacz import MOST_BYTES
from groundswell.evidence.wacz import check as check_package
from groundswell.store.study import Study

COLUMNS = {"url": "link", "archive": "archive location", "hash": "hash", "status": "archive status", "wacz": "wacz"}
"""What a sheet of auto-archiver calls its columns, as it is delivered."""

HASHES = {"sha-256": "sha256", "sha256": "sha256", "sha3-512": "sha3_512", "sha512": "sha512", "sha-512": "sha512"}
MOST_RECORDS = 1_000_000
MOST_ROWS = 100_000
LARGEST_SHEET = 256 << 20
PIECE = 1 << 20
PROBLEMS_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a file made by others holds."""

    kind: str
    asked: tuple[dict[str, Any], ...]
    """Each address, and whether its bytes are here."""
    n_checked: int
    """Parts, records or rows that came with a hash."""
    n_as_told: int
    """Those whose bytes have it."""
    n_unchecked: int
    """Those that came without a hash, or without their bytes."""
    problems: tuple[str, ...] = ()
    beside: Mapping[str, Path] | None = None
    """Files beside a sheet that belong to it."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of one file."""

    capture: str
    kind: str
    n_urls: int
    n_kept: int
    """Addresses whose bytes are here."""
    n_checked: int
    n_as_told: int
    n_unchecked: int
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return asdict(self)


def import_capture(study: Study, path: Path, hand: Hand, *, posts: Sequence[str] = ()) -> Imported:
    """Take a file made by others into the evidence.

    Problems do not keep it out: a damaged capture is still what was received. They stand in its record.

    Raises
    ------
    UnreadableFile
        It is of none of the three kinds.
    MissingExtra
    """
    looked = look(path)
    digest = hash_of(path)
    capture = digest[:ID_DIGITS]
    place = f"{CAPTURES}/{capture}"
    name = {"wacz": "data.wacz", "warc": "data.warc", "warc.gz": "data.warc.gz", "sheet": "sheet.csv"}[looked.kind]
    files: dict[str, bytes | Path] = {f"{place}/{name}": path}
    listed = {name: {"sha256": digest, "bytes": path.stat().st_size}}
    for number, (_, beside) in enumerate(sorted((looked.beside or {}).items()), start=1):
        own = f"beside-{number:04d}{_suffix(beside)}"
        files[f"{place}/{own}"] = beside
        listed[own] = {"sha256": hash_of(beside), "bytes": beside.stat().st_size}
    record = {
        "capture": capture,
        "kind": looked.kind,
        "made_by_others": True,
        "asked": list(looked.asked),
        "posts": sorted(set(posts)),
        "checked": looked.n_checked,
        "as_told": looked.n_as_told,
        "unchecked": looked.n_unchecked,
        "problems": list(looked.problems[:PROBLEMS_SHOWN]),
        "n_problems": len(looked.problems),
        "files": listed,
    }
    files[f"{place}/{RECORD}"] = json.dumps(record, indent=1, sort_keys=True).encode() + b"\n"
    about = {"kind": looked.kind, "checked": looked.n_checked, "as_told": looked.n_as_told}
    with writing(study) as log:
        put(log, folder_of(study), hand, "import", files, inputs={"file": digest}, about=about)
    return Imported(
        capture=capture,
        kind=looked.kind,
        n_urls=len(looked.asked),
        n_kept=sum(bool(one["kept"]) for one in looked.asked),
        n_checked=looked.n_checked,
        n_as_told=looked.n_as_told,
        n_unchecked=looked.n_unchecked,
        problems=looked.problems,
    )


def look(path: Path) -> Looked:
    """Say what a file made by others holds, changing nothing."""
    name = path.name.lower()
    if name.endswith(".wacz"):
        package = check_package(path)
        return Looked(
            kind="wacz",
            asked=tuple({"url": url, "kept": True} for url in package.urls),
            n_checked=package.n_parts,
            n_as_told=package.n_as_listed,
            n_unchecked=0,
            problems=package.problems,
        )
    if name.endswith((".warc", ".warc.gz")):
        return _look_at_warc(path, "warc.gz" if name.endswith(".gz") else "warc")
    if name.endswith(".csv"):
        return _look_at_sheet(path)
    raise UnreadableFile(
        path,
        "this is no capture that can be taken in.",
        "Its name ends in none of .wacz, .warc, .warc.gz and .csv.",
        "Posts are read with `groundswell read`; this command takes web archives.",
    )


def _look_at_warc(path: Path, kind: str) -> Looked:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra("evidence", "Reading a WARC file", str(error.name)) from None
    urls: dict[str, None] = {}
    checked = as_told = unchecked = n_bytes = 0
    problems: list[str] = []
    try:
        with path.open("rb") as file:
            for number, record in enumerate(ArchiveIterator(file, no_record_parse=False, check_digests=True), start=1):
                if number > MOST_RECORDS:
                    raise ValueError(f"more than {MOST_RECORDS:,} records")
                stream = record.content_stream()
                while piece := stream.read(PIECE):
                    n_bytes += len(piece)
                    if n_bytes > MOST_BYTES:
                        raise ValueError(f"more than {MOST_BYTES:,} bytes unpacked")
                if record.rec_type not in ("response", "resource", "revisit"):
                    continue
                url = record.rec_headers.get_header("WARC-Target-URI")
                if url and record.rec_type != "revisit":
                    urls[url.strip("<>")] = None
                passed = record.digest_checker.passed
                if passed is None:
                    unchecked += 1
                    continue
                checked += 1
                as_told += bool(passed)
                if not passed:
                    problems.append(f"record {number:,}: not the bytes that its digest names")
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, KeyError, AttributeError) as error:
        raise UnreadableFile(
            path, "this is no WARC file that can be read.", f"It says: {error}.", "Ask for the file again."
        ) from None
    return Looked(
        kind=kind,
        asked=tuple({"url": url, "kept": True} for url in urls if url.startswith(("http://", "https://"))),
        n_checked=checked,
        n_as_told=as_told,
        n_unchecked=unchecked,
        problems=tuple(problems),
    )


def _look_at_sheet(path: Path) -> Looked:
    if path.stat().st_size > LARGEST_SHEET:
        raise UnreadableFile(path, "the sheet is too large.", f"It has more than {LARGEST_SHEET:,} bytes.", "Split it.")
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.DictReader(file)
        named = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
        found = {ours: named[theirs] for ours, theirs in COLUMNS.items() if theirs in named}
        if "url" not in found or "archive" not in found:
            raise UnreadableFile(
                path,
                "this is no sheet of auto-archiver.",
                f"It has the columns {', '.join(list(named)[:12])}; Link and Archive location are needed.",
                "Posts are read with `groundswell read`; this command takes web archives.",
            )
        asked: list[dict[str, Any]] = []
        beside: dict[str, Path] = {}
        checked = as_told = unchecked = 0
        problems: list[str] = []
        try:
            for number, row in enumerate(rows, start=2):
                if number > MOST_ROWS:
                    raise csv.Error(f"more than {MOST_ROWS:,} rows")
                told = {ours: (row.get(theirs) or "").strip() for ours, theirs in found.items()}
                if not told["url"]:
                    continue
                file_beside = _beside(path, told["archive"])
                held = _has(file_beside, told.get("hash", "")) if file_beside is not None else None
                if file_beside is not None:
                    beside[told["archive"]] = file_beside
                asked.append(
                    {
                        "url": told["url"],
                        "kept": file_beside is not None,
                        "elsewhere": told["archive"] or None,
                        "claimed": told.get("hash") or None,
                        "status": told.get("status") or None,
                        "as_told": held,
                    }
                )
                checked += held is not None
                as_told += bool(held)
                unchecked += held is None
                if held is False:
                    problems.append(f"row {number:,}: not the bytes that its hash names")
        except csv.Error as error:
            raise UnreadableFile(path, "the sheet breaks off.", f"It says: {error}.", "Save it again as CSV.") from None
    return Looked(
        kind="sheet",
        asked=tuple(asked),
        n_checked=checked,
        n_as_told=as_told,
        n_unchecked=unchecked,
        problems=tuple(problems),
        beside=beside,
    )


def _beside(sheet: Path, location: str) -> Path | None:
    """The file beside the sheet that an archive location ends in; a sheet may not name any other place."""
    try:
        name = PurePosixPath(unquote(urlsplit(location).path)).name
    except ValueError:
        return None
    if not name or name in (".", "..") or "\0" in name or "\\" in name:
        return None
    place = sheet.parent / name
    return place if place.is_file() and not place.is_symlink() and place != sheet else None


def _has(path: Path, claimed: str) -> bool | None:
    """Whether a file has a claimed hash such as ``SHA-256:ab…``; None where none is claimed, or none that we know."""
    kind, colon, digest = claimed.rpartition(":")
    name = HASHES.get(kind.strip().lower()) if colon else {64: "sha256", 128: "sha3_512"}.get(len(claimed))
    if name is None:
        return None
    made = new_hash(name)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            made.update(piece)
    return made.hexdigest() == digest.strip().lower()


def _suffix(path: Path) -> str:
    return path.suffix.lower() if re.fullmatch(r"\.[a-z0-9]{1,8}", path.suffix.lower()) else ""
