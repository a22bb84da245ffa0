"""Every input byte, kept and never changed: zstd, named by the SHA-256 of what it holds."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

import zstandard

BLOCK = 1 << 20


def keep(path: Path, folder: Path) -> str:
    """Copy a file into the archive and return its SHA-256; a file that is there already is left alone.

    The copy is written aside, flushed to the disk and then renamed, so that a name in the archive always holds
    all its bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    handle, aside = tempfile.mkstemp(prefix=".part-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out, path.open("rb") as source:
            with zstandard.ZstdCompressor(level=3).stream_writer(out, closefd=False) as packed:
                while block := source.read(BLOCK):
                    digest.update(block)
                    packed.write(block)
            out.flush()
            os.fsync(out.fileno())
        target = folder / f"{digest.hexdigest()}.zst"
        if not target.exists():
            Path(aside).replace(target)
    finally:
        Path(aside).unlink(missing_ok=True)
    return digest.hexdigest()


def matches(folder: Path, digest: str) -> bool:
    """Say whether the kept bytes still have the hash that names them."""
    found = sha256()
    with (folder / f"{digest}.zst").open("rb") as packed, zstandard.ZstdDecompressor().stream_reader(packed) as source:
        while block := source.read(BLOCK):
            found.update(block)
    return found.hexdigest() == digest
