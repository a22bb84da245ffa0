"""A file as bytes: its hash, how it is packed, whether it is whole, how its text is encoded.

    path ──survey──► Survey ──text_of──► a stream of text, or a sentence about why not

The survey goes through the whole file once, before anything is handed on: a file that breaks off, or that unpacks
to more than anyone would keep, is refused before its first row counts.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import zstandard

from groundswell.errors import UnreadableFile, WrongUse
from groundswell.read.archive import WORKBOOK, data_members

CHUNK = 1 << 20
FIRST = 1 << 16
"""Bytes kept of the beginning, for recognising."""

PACKED_CHUNK = 1 << 10
"""Packed bytes given to zstd at a time. A hostile kilobyte unpacks to at most 32 MiB, which is still no harm."""

ELSEWHERE = (
    (b"\xfd7zXZ", "an xz archive", "Unpack it with `unxz`"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it"),
    (b"%PDF", "a PDF", "Ask for the table behind it"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save the sheet as CSV UTF-8"),
    (b"SQLite format 3", "an SQLite database", "Export the table as CSV"),
    (b"\x89PNG", "a picture", "Groundswell reads posts, not pictures"),
    (b"\xff\xd8\xff", "a picture", "Groundswell reads posts, not pictures"),
)
"""How a file begins that is something else, what it is, and what helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may ask for. A bomb is small outside and has no end inside."""

    unpacked_bytes: int = 1 << 36
    """64 GiB: no archive of posts known to us is larger in one file."""
    ratio: int = 200
    """Unpacked over packed bytes. JSON of posts packs 5 to 30 times."""
    ratio_from_bytes: int = 1 << 28
    """The ratio counts from 256 MiB on; below that nothing can hurt."""
    window_bytes: int = 1 << 27
    """Memory that a zstd file may ask for. Dumps of Reddit ask for 2 GiB."""
    members: int = 1_000
    """Files in a zip archive."""
    columns: int = 20_000
    """Columns of a table. The widest known to us has some 100, a spreadsheet at most 16,384."""
    line: int = 1 << 25
    """Characters of a line of JSON: 32 Mi. A page of 500 posts with everything in it is about 3 million."""
    document: int = 1 << 28
    """Characters of one JSON document over several lines, which is held in memory: 256 Mi."""
    depth: int = 1_000
    """Levels of JSON inside one another. Posts known to us have some 15."""

    def require(self, path: Path, size: int, n_bytes: int) -> None:
        """Raise unless so many packed bytes may become so many unpacked ones."""
        if size > self.unpacked_bytes or (size > self.ratio_from_bytes and size > self.ratio * n_bytes):
            raise UnreadableFile(
                path,
                "it unpacks to far more than a file of posts would.",
                f"{n_bytes:,} bytes became more than {size:,} and there was no end yet.",
                "If you trust it, allow more: `--limit unpacked=1TiB --limit ratio=100000`; or unpack it yourself.",
            )


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a walk through the bytes of a file told."""

    path: Path
    sha256: str
    """Of the bytes as they lie on disk, packed or not."""
    n_bytes: int
    packing: str
    """``gzip``, ``zstd``, ``bzip2``, ``zip``, ``xlsx`` or nothing."""
    first: bytes
    """The beginning, unpacked."""
    encoding: str
    """For Python's codecs; empty for Parquet."""
    notes: tuple[str, ...]
    """What had to be taken for granted of the encoding, a sentence each."""
    stamp: tuple[int, int] = (0, 0)
    """Size and time of the last change when the walk began."""
    member: str = ""
    """Of a zip archive: the file in it that this is about."""
    members: tuple[Survey, ...] = ()
    """Of a zip archive with several files: each of them, in the order of their names."""

    def require_unchanged(self) -> None:
        """Raise if the file is another one now: then its hash names bytes that were never read."""
        if stamp_of(self.path) != self.stamp:
            raise UnreadableFile(
                self.path,
                "the file changed while it was read.",
                "Its size or its time is another than when reading began.",
                "Is a download or a collector still writing to it? Wait, or copy it and read the copy.",
            )

    @property
    def is_parquet(self) -> bool:
        """Whether the content is Parquet."""
        return self.first.startswith(b"PAR1")


class Meter(io.FileIO):
    """The raw file, which knows how much of it was read."""

    done = 0

    def readinto(self, buffer: Any, /) -> int:
        """Read, and count."""
        n = super().readinto(buffer) or 0
        self.done += n
        return n


@dataclass(frozen=True, slots=True)
class Hashed:
    """What whoever kept a file knows of it, so that it is not hashed a second time."""

    sha256: str
    stamp: tuple[int, int]
    """Size and time of the last change before it was hashed."""


def survey(path: Path, limits: Limits = LIMITS, hashed: Hashed | None = None) -> Survey:
    """Walk through a file's bytes once.

    Raises
    ------
    WrongUse
        There is no such file, or it is a folder.
    UnreadableFile
        It is empty, not text, breaks off, or unpacks to more than `limits` allow.
    """
    _require_file(path)
    stamp = hashed.stamp if hashed else stamp_of(path)
    try:
        with path.open("rb") as file:
            sha256 = hashed.sha256 if hashed else hashlib.file_digest(file, "sha256").hexdigest()
            n_bytes = file.seek(0, io.SEEK_END)
            file.seek(0)
            packing = _packing(file.read(8))
    except OSError as error:
        raise UnreadableFile(
            path, "it can't be opened.", f"The system says: {error.strerror}.", "Check who may read it."
        ) from None
    if not n_bytes:
        raise UnreadableFile(path, "the file is empty.", "It has 0 bytes.", "Was the download cut off? Fetch it again.")
    names = data_members(path, limits.members) if packing == "zip" else ("",)
    if names == (WORKBOOK,):
        return Survey(
            path=path, sha256=sha256, n_bytes=n_bytes, packing="xlsx", first=b"PK", encoding="", notes=(), stamp=stamp
        )
    parts = [_content(path, sha256, n_bytes, packing, name, limits) for name in names]
    return replace(parts[0], stamp=stamp, members=tuple(parts) if len(parts) > 1 else ())


def _content(path: Path, sha256: str, n_bytes: int, packing: str, member: str, limits: Limits) -> Survey:
    """Walk through what is inside the packing."""
    encodings = _Encodings()
    first, size = b"", 0
    with unpacked(path, packing, limits, member) as (stream, _):
        while chunk := stream.read(CHUNK):
            if not size:
                first = chunk[:FIRST]
                if first.startswith(b"PAR1"):
                    break
            size += len(chunk)
            if packing:
                limits.require(path, size, n_bytes)
            encodings.add(chunk)
    if first.startswith(b"PAR1"):
        if packing:
            advice = "Unpack it first: Parquet is compressed already."
            raise UnreadableFile(
                path, "a Parquet file inside another packing.", f"It is packed with {packing}.", advice
            )
        encoding = ""
        notes: tuple[str, ...] = ()
    else:
        if not size:
            raise UnreadableFile(
                path, "there is nothing inside.", f"It unpacks ({packing}) to 0 bytes.", "Fetch it again."
            )
        _require_text(path, first, packing)
        encoding, notes = encodings.settle(first)
    return Survey(
        path=path,
        sha256=sha256,
        n_bytes=n_bytes,
        packing=packing,
        first=first,
        encoding=encoding,
        notes=notes,
        member=member,
    )


@contextmanager
def text_of(survey: Survey, limits: Limits = LIMITS) -> Iterator[tuple[IO[str], Meter]]:
    """The file's text, with its own line ends, and the meter of the bytes read so far.

    A byte that is no text in the file's encoding becomes U+FFFD; the survey's notes have said so.
    """
    with unpacked(survey.path, survey.packing, limits, survey.member) as (stream, meter):
        yield io.TextIOWrapper(stream, survey.encoding, errors="replace", newline=""), meter


@contextmanager
def unpacked(path: Path, packing: str, limits: Limits = LIMITS, member: str = "") -> Iterator[tuple[IO[bytes], Meter]]:
    """The file's bytes without their packing. What goes wrong inside is told in words."""
    meter = Meter(path, "rb")
    raw = io.BufferedReader(meter, CHUNK)
    try:
        match packing:
            case "gzip":
                yield io.BufferedReader(gzip.GzipFile(fileobj=raw, mode="rb"), CHUNK), meter
            case "zstd":
                yield io.BufferedReader(_Unzstd(raw, limits), CHUNK), meter
            case "bzip2":
                yield io.BufferedReader(bz2.BZ2File(raw, mode="rb"), CHUNK), meter
            case "zip":
                with zipfile.ZipFile(raw) as archive, archive.open(member) as inside:
                    yield inside, meter
            case _:
                yield raw, meter
    except DAMAGE as error:
        if "memory" in str(error) or "too large" in str(error):
            raise UnreadableFile(
                path,
                "unpacking it needs more memory than is allowed.",
                f"It asks for more than {limits.window_bytes >> 20} MiB.",
                "If you trust it and have the memory, allow it: `--limit window=2GiB`.",
            ) from None
        raise UnreadableFile(
            path,
            f"the {packing} file is damaged or breaks off.",
            f"Unpacking stopped after {meter.done:,} of {path.stat().st_size:,} bytes: {error}",
            "Fetch it again; or unpack what is left yourself and read that.",
        ) from None
    finally:
        raw.close()


DAMAGE = (
    EOFError,
    gzip.BadGzipFile,
    zlib.error,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    lzma.LZMAError,
)
"""What unpackers say of a file that is not whole, or packed in a way they don't know."""


class _Unzstd(io.RawIOBase):
    """Zstandard frames as one stream; a last frame that has no end is an error, not an end."""

    def __init__(self, raw: IO[bytes], limits: Limits) -> None:
        self._raw = raw
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=limits.window_bytes)
        self._frame: Any = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._ready:
            left = self._frame.unused_data if self._frame is not None and self._frame.eof else b""
            if not (packed := left or self._raw.read(PACKED_CHUNK)):
                if self._frame is not None and not self._frame.eof:
                    raise EOFError("the last frame has no end")
                return 0
            if self._frame is None or self._frame.eof:
                self._frame = self._unpacker.decompressobj()
            self._ready = memoryview(self._frame.decompress(packed))
        n = min(len(buffer), len(self._ready))
        buffer[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n


class _Encodings:
    """Counts what speaks for and against UTF-8."""

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._n_wrong = 0
        self._n_inner = 0

    def add(self, chunk: bytes) -> None:
        """Take the next bytes."""
        text = self._utf8.decode(chunk)
        if len(text) != len(chunk):
            self._n_inner += len(chunk) - len(text)
        if "\ufffd" in text:
            # A replacement character that stands in the file itself is three bytes and no error.
            self._n_wrong += text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd")

    def settle(self, first: bytes) -> tuple[str, tuple[str, ...]]:
        """The encoding, and what has to be said of it."""
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", ("The text is UTF-16, as some spreadsheets save it.",)
        if first.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", ()
        head = first[:4096]
        even, odd = head[0::2].count(0), head[1::2].count(0)
        # In UTF-16 every second byte of Latin letters, digits and commas is zero.
        if max(even, odd) > len(head) / 5 and min(even, odd) < len(head) / 50:
            name = "utf-16-le" if odd > even else "utf-16-be"
            return name, ("The text was taken for UTF-16: every second byte is zero.",)
        if self._n_wrong <= 0:
            return "utf-8", ()
        if self._n_inner > 4 * self._n_wrong:
            places = "1 place" if self._n_wrong == 1 else f"{self._n_wrong:,} places"
            return "utf-8", (f"The text is UTF-8 but for {places}, shown as \ufffd.",)
        return "cp1252", (
            "The text is not UTF-8 and was taken for Windows-1252; if names look wrong, save the file as UTF-8.",
        )


def _packing(first: bytes) -> str:
    if first.startswith(b"\x1f\x8b"):
        return "gzip"
    if first.startswith(b"BZh"):
        return "bzip2"
    if first.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    # Frames of user data may come before the first packed one.
    if first.startswith(b"\x28\xb5\x2f\xfd") or (first[1:4] == b"\x2a\x4d\x18" and first[:1] and first[0] >> 4 == 5):
        return "zstd"
    return ""


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of the last change."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise WrongUse(
            f"{path} is a folder.\n  A file of posts is read, one or several at a time.\n"
            f"  Name the files in it: `{path}/*`."
        )
    if not path.exists():
        raise WrongUse(
            f"There is no file {str(path)!r}.\n  The folder {str(path.parent)!r} "
            f"{'is there' if path.parent.is_dir() else 'is not there either'}.\n  Check the name."
        )
    if not path.is_file():
        raise WrongUse(
            f"{path} is not a file on disk.\n  It is a device or a pipe, which can be read only once.\n"
            "  Save it to a file first."
        )


def _require_text(path: Path, first: bytes, packing: str) -> None:
    if inner := _packing(first[:8]):
        raise UnreadableFile(
            path,
            "a packed file inside another packing.",
            f"It is packed with {packing}, and what is inside with {inner}.",
            "Unpack it once yourself and read the result.",
        )
    for begins, what, advice in ELSEWHERE:
        if first.startswith(begins):
            raise UnreadableFile(path, f"this is {what}.", f"It begins with {begins!r}.", f"{advice}.")
    start = first[:256].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise UnreadableFile(
            path,
            "this is a web page.",
            "It begins with an HTML tag.",
            "Did a log-in page come instead of the file? Fetch it again.",
        )
