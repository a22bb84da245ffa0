"""The hashes of a study's own files, written into the log at a moment that a person chooses.

    raw/ posts/ accounts/ aliases/ snapshots/ ledger/ purges/ study.toml ──► seals/<n>.json: SHA-256 and size of each

A deletion that was asked for changes these files, and so does a stream. After it a person seals again and says why;
the log then shows both states and the reason between them. Traces and runs are not sealed: they follow from what is,
and `run.json` says how.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from groundswell.errors import NothingToDo, WrongUse
from groundswell.evidence.folder import Hand, put
from groundswell.evidence.log import Entry, folder_of, hash_of, live_files, writing
from groundswell.model.progress import Progress, silent
from groundswell.store.study import Study

SEALED = ("raw", "posts", "accounts", "aliases", "repeats", "snapshots", "ledger", "purges")
SINGLE = ("study.toml", "pseudonym.key")


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A seal, and how it differs from the one before."""

    n: int
    files: int
    n_bytes: int
    added: int
    changed: int
    """Files whose bytes are others than in the seal before, or that are gone."""

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return asdict(self)


def sealable(study: Study) -> Iterator[Path]:
    """The files that a seal covers, sorted by name."""
    for name in SINGLE:
        if (study.folder / name).is_file():
            yield study.folder / name
    for name in SEALED:
        for path in sorted((study.folder / name).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path


def seal(study: Study, hand: Hand, *, progress: Progress = silent) -> Sealed:
    """Write down the hash of every file of the study.

    Raises
    ------
    NothingToDo
        The study holds no data.
    WrongUse
        Sealed files were changed since, and no reason is given.
    """
    paths = list(sealable(study))
    if not any(path.parent.name in ("raw", "posts") for path in paths):
        raise NothingToDo(
            f"The study {str(study.folder)!r} holds no data to seal.\n"
            f"  Add some: `groundswell read {study.folder} FILE`."
        )
    with writing(study) as log:
        older = read_seal(folder_of(study), log.entries)
        files: dict[str, dict[str, Any]] = {}
        for done, path in enumerate(paths):
            progress("Hashing the study", done, len(paths))
            files[str(path.relative_to(study.folder))] = {"sha256": hash_of(path), "bytes": path.stat().st_size}
        progress("Hashing the study", len(paths), len(paths))
        changed = sorted(path for path, told in older.items() if files.get(path) != told)
        if changed and not hand.why.strip():
            raise WrongUse(
                f"{len(changed):,} of {len(older):,} sealed files were changed since the last seal.\n"
                f"  They are: {', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}.\n"
                "  If a deletion or a stream did it, say so: `--why 'deletion asked for'`. If nothing should have,"
                " bring them back from a copy."
            )
        n = len(log.entries) + 1
        made = {"files": files, "changed": changed}
        sizes = sum(int(told["bytes"]) for told in files.values())
        counts = {
            "files": len(files),
            "bytes": sizes,
            "added": len(files.keys() - older.keys()),
            "changed": len(changed),
        }
        content = json.dumps(made, indent=1, sort_keys=True).encode() + b"\n"
        put(log, folder_of(study), hand, "seal", {f"seals/{n:06d}.json": content}, about=counts)
    return Sealed(n=n, files=len(files), n_bytes=sizes, added=counts["added"], changed=len(changed))


def read_seal(folder: Path, entries: tuple[Entry, ...]) -> dict[str, dict[str, Any]]:
    """What the latest seal says of each file; empty without one."""
    latest = max((path for path in live_files(entries) if path.startswith("seals/")), default=None)
    if latest is None or not (folder / latest).is_file():
        return {}
    try:
        files = json.loads((folder / latest).read_bytes())["files"]
    except (ValueError, KeyError, TypeError):
        return {}
    return {str(path): dict(told) for path, told in files.items()}
