"""What servers answered, as a study's captures hold it.

captures/<id>/data.wacz, data.warc, data.warc.gz ──► Answer, Answer, …      answers of 200, oldest capture first
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from groundswell.errors import MissingExtra, UnreadableFile
from groundswell.evidence.folder import CAPTURES
from groundswell.evidence.links import Held, held_captures
from groundswell.evidence.log import folder_of
from groundswell.store.study import Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of a server."""

    held: Held
    url: str
    at: str
    """When it was answered, as the record says: ISO 8601."""
    mime: str
    """Small letters, without parameters; empty where the server did not say."""
    path: Path
    """The file that holds it."""
    stream: IO[bytes]

    def body(self, most: int) -> bytes:
        """Its content, unpacked, cut off after `most` bytes; it can be read until the next answer is asked for.

        Raises
        ------
        UnreadableFile
        """
        with _named(self.path):
            return self.stream.read(most)


def answers(study: Study) -> Iterator[Answer]:
    """Every answer of 200 in a study's captures, in the order in which it was received.

    Raises
    ------
    MissingExtra
        The extra ``evidence`` reads WARC files.
    UnreadableFile
    """
    for held, path in archives(study):
        yield from answers_in(held, path)


def archives(study: Study) -> Iterator[tuple[Held, Path]]:
    """Each file of each capture that still has its content, oldest capture first."""
    for held in held_captures(study):
        if not held.deleted:
            folder = folder_of(study) / CAPTURES / held.capture
            for path in sorted((*folder.glob("data.wacz"), *folder.glob("data.warc*"))):
                yield held, path


def answers_in(held: Held, path: Path, *, resources: bool = False) -> Iterator[Answer]:
    """Every answer of 200 in one file.

    Parameters
    ----------
    resources
        Also what was made of pages and no server sent: a document after its scripts ran, a picture of it.

    Raises
    ------
    MissingExtra, UnreadableFile
        See `answers`.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingExtra("evidence", "Reading captures", str(error.name)) from None
    with _named(path):
        for warc in _warcs(path):
            with warc as file:
                for record in ArchiveIterator(file):
                    http = record.http_headers
                    if record.rec_type == "response" and http is not None and http.get_statuscode() == "200":
                        mime = http.get_header("Content-Type")
                    elif record.rec_type == "resource" and resources:
                        mime = record.rec_headers.get_header("Content-Type")
                    else:
                        continue
                    yield Answer(
                        held=held,
                        url=(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"),
                        at=record.rec_headers.get_header("WARC-Date") or "",
                        mime=(mime or "").partition(";")[0].strip().lower(),
                        path=path,
                        stream=record.content_stream(),
                    )


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Whatever goes wrong while an archive is read, told with the name of the file."""
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield
    except (ArchiveLoadFailed, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, KeyError) as error:
        raise UnreadableFile(
            path,
            "this capture can't be read.",
            f"It says: {error}.",
            "`groundswell evidence verify` says what changed.",
        ) from None


def _warcs(path: Path) -> Iterator[IO[bytes]]:
    """The WARC files of a package, or the file itself, each to be opened."""
    if path.suffix != ".wacz":
        yield path.open("rb")
        return
    with zipfile.ZipFile(path) as packed:
        for name in sorted(packed.namelist()):
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                yield packed.open(name)
