"""What must be deleted goes, and that it was there stays.

    captures/<id>/*  ──► captures/<id>/tombstone.json: hashes, sizes, when, by whom, why

Whoever holds a copy can still show that it is the one that was captured; nobody can read it here. The addresses and
post ids go with the content, because they name people, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from groundswell.errors import WrongUse
from groundswell.evidence.folder import CAPTURES, TOMBSTONE, Hand, files_of, put
from groundswell.evidence.log import folder_of, inside, writing
from groundswell.store.study import Study


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """What went."""

    capture: str
    n_files: int
    n_bytes: int


def delete_capture(study: Study, capture: str, hand: Hand) -> Deleted:
    """Delete the content of a capture.

    Parameters
    ----------
    capture
        Its whole id; see `groundswell.evidence.folder.capture_id`.

    Raises
    ------
    WrongUse
        No reason is given, or it is gone already.
    """
    if not hand.why.strip():
        raise WrongUse(
            "Why it is deleted was not said.\n"
            "  Whoever reads the log asks first why something is missing: `--why 'asked for by its author'`."
        )
    folder = folder_of(study)
    with writing(study) as log:
        files = files_of(log.entries, capture)
        gone = {path: digest for path, digest in files.items() if not path.endswith(f"/{TOMBSTONE}")}
        if not gone:
            raise WrongUse(f"The content of capture {capture} is gone already.\n  Its tombstone says when and why.")
        sizes = {path: inside(folder, path).stat().st_size for path in gone if inside(folder, path).is_file()}
        tombstone = {
            "capture": capture,
            "at": hand.at.isoformat(),
            "who": hand.who,
            "why": hand.why,
            "files": {
                path.rsplit("/", 1)[1]: {"sha256": digest, "bytes": sizes.get(path)} for path, digest in gone.items()
            },
        }
        put(
            log,
            folder,
            hand,
            "tombstone",
            {f"{CAPTURES}/{capture}/{TOMBSTONE}": json.dumps(tombstone, indent=1, sort_keys=True).encode() + b"\n"},
            inputs=gone,
            about={"files": len(gone), "bytes": sum(sizes.values())},
            then=lambda: _unlink(folder, gone),
        )
    return Deleted(capture=capture, n_files=len(gone), n_bytes=sum(sizes.values()))


def _unlink(folder: Path, paths: Iterable[str]) -> None:
    for path in paths:
        inside(folder, path).unlink(missing_ok=True)
