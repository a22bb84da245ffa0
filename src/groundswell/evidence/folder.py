"""Files on their way into the evidence folder: written aside, then all at once in place, then in the log.

    captures/<id>/      one capture: its package, and capture.json with what was asked and what came
    stamps/ seals/ authorities/

A capture's id is the beginning of the SHA-256 of its package.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.errors import WrongUse
from groundswell.evidence.log import ASIDE, NEXT, Act, Entry, Log, folder_of, inside, live_files, read_log
from groundswell.store.segments import flush
from groundswell.store.study import Study

CAPTURES, RECORD, TOMBSTONE = "captures", "capture.json", "tombstone.json"
ID_DIGITS = 16


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who acts, why, when and with what; it stands in every line of the log."""

    who: str
    why: str
    at: datetime
    tool: str


def put(
    log: Log,
    folder: Path,
    hand: Hand,
    what: str,
    files: Mapping[str, bytes | Path],
    *,
    inputs: Mapping[str, str] | None = None,
    about: Mapping[str, Any] | None = None,
    then: Callable[[], object] = lambda: None,
) -> Entry:
    """Put files in place and write it down. Cut off at any moment, all of it is done or nothing.

    Parameters
    ----------
    files
        Name in the evidence folder to its bytes, or to a file that is copied.
    then
        What is done last, before it is written down.
    """
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder))
    try:
        waiting: dict[str, Path] = {}
        outputs: dict[str, str] = {}
        for number, (path, content) in enumerate(sorted(files.items())):
            waiting[path] = aside / str(number)
            outputs[path] = _write(waiting[path], content)

        def move() -> None:
            for path, written in waiting.items():
                place = inside(folder, path)
                place.parent.mkdir(parents=True, exist_ok=True)
                written.replace(place)
                _flush_folder(place.parent)
            then()

        act = Act(
            what=what,
            who=hand.who,
            why=hand.why,
            at=hand.at,
            tool=hand.tool,
            inputs=inputs or {},
            outputs=outputs,
            about=about or {},
        )
        return log.add(act, move)
    finally:
        # What was begun is completed from here by whoever comes next.
        if not (folder / NEXT).exists():
            shutil.rmtree(aside, ignore_errors=True)


def _write(place: Path, content: bytes | Path) -> str:
    digest = sha256()
    with place.open("wb") as out:
        if isinstance(content, bytes):
            digest.update(content)
            out.write(content)
        else:
            with content.open("rb") as source:
                while piece := source.read(1 << 20):
                    digest.update(piece)
                    out.write(piece)
    flush(place)
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk; Windows has no way to ask for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def capture_id(study: Study, written: str) -> str:
    """The whole id of a capture of which the beginning was written.

    Raises
    ------
    WrongUse
        None begins like this, or more than one.
    """
    entries, _ = read_log(folder_of(study))
    ids = {path.split("/")[1] for entry in entries for path in entry.outputs if path.startswith(f"{CAPTURES}/")}
    found = sorted(one for one in ids if written and one.startswith(written.lower()))
    if len(found) != 1:
        raise WrongUse(
            f"{'No capture' if not found else 'More than one capture'} of this study begins with {written[:40]!r}.\n"
            f"  It has {len(ids):,} captures. `groundswell evidence list` names them."
        )
    return found[0]


def files_of(entries: tuple[Entry, ...], capture: str) -> dict[str, str]:
    """The files of a capture that are there, and their SHA-256."""
    beginning = f"{CAPTURES}/{capture}/"
    return {path: digest for path, digest in live_files(entries).items() if path.startswith(beginning)}
