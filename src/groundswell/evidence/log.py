"""What was done with the evidence: a line an act, each holding the hash of the line before.

    evidence/log.jsonl      {"n": 1, …, "previous": "000…", "check": …}
                            {"n": 2, …, "previous": SHA-256 of line 1, "check": …}

A line names files by their SHA-256 and acts by a word; addresses, post ids and texts stand in the files, so that
they can be deleted while the log stays as it was. Every line is written in one way only (sorted keys, ASCII), so that
any other byte in it is a change. `check` is the line's own hash: without it the last line would have nobody to vouch
for it.

An act is written aside before it is done, to ``log.next``. Whoever comes after a killed program finds there what was
under way, and completes it or drops it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from groundswell.errors import Failed
from groundswell.store.lock import locked
from groundswell.store.segments import flush, write_whole
from groundswell.store.study import Study

FOLDER, LOG, NEXT, LOCK, ASIDE = "evidence", "log.jsonl", "log.next", ".lock", ".part-"
FIRST = "0" * 64
"""What the first line holds for the hash of the line before."""

KINDS = ("capture", "import", "link", "wayback", "seal", "authority", "stamp", "tombstone")


class BrokenLog(Failed):
    """The log does not hold together, so nothing more is written to it."""

    def __init__(self, place: Path, wrong: str) -> None:
        super().__init__(
            f"{place}: {wrong}.\n"
            "  Nothing was written, because a new line would cover it up.\n"
            "  `groundswell evidence verify` says what else differs; bring the log back from a copy."
        )


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who does what with which files, and why."""

    what: str
    """One of `KINDS`."""
    who: str
    why: str
    at: datetime
    tool: str
    """With its version."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """What it starts from, and its SHA-256."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """Files it leaves, relative to the evidence folder, and their SHA-256."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Figures of the act. Never an address, an id or a text."""


@dataclass(frozen=True, kw_only=True)
class Entry(Act):
    """An act in the log."""

    n: int
    previous: str
    line_sha256: str
    """Of its line without the line end: what the next line holds, and what a time stamp is over."""


def folder_of(study: Study) -> Path:
    """Where a study's evidence lies."""
    return study.folder / FOLDER


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def canonical(value: Mapping[str, Any]) -> str:
    """JSON, written in the one way in which it counts."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def line_of(act: Act, n: int, previous: str) -> str:
    """An act as a line of the log, without the line end."""
    written = {**asdict(act), "at": act.at.astimezone(UTC).isoformat(), "n": n, "previous": previous}
    return canonical({**written, "check": sha256(canonical(written).encode()).hexdigest()})


def entry_of(line: bytes, n: int, previous: str) -> Entry:
    """A line of the log as the n-th entry after `previous`.

    Raises
    ------
    ValueError
        It is not, and why.
    """
    try:
        written = json.loads(line)
        check = written.pop("check")
    except (ValueError, KeyError, AttributeError, RecursionError):
        raise ValueError(f"line {n:,} can't be read") from None
    if (
        canonical({**written, "check": check}).encode() != line
        or sha256(canonical(written).encode()).hexdigest() != check
    ):
        raise ValueError(f"line {n:,} was changed")
    if written.pop("n", None) != n or written.get("previous") != previous:
        raise ValueError(f"line {n:,} does not follow the line before it")
    try:
        at = datetime.fromisoformat(written.pop("at"))
        return Entry(**written, at=at, n=n, line_sha256=sha256(line).hexdigest())
    except (TypeError, ValueError, KeyError):
        raise ValueError(f"line {n:,} lacks something or holds too much") from None


def read_log(folder: Path) -> tuple[tuple[Entry, ...], str | None]:
    """The entries of a log as far as they hold together, and what is wrong with the first that does not."""
    place = folder / LOG
    if not place.exists():
        return (), None
    *lines, rest = place.read_bytes().split(b"\n")
    entries: list[Entry] = []
    for n, line in enumerate(lines, start=1):
        try:
            entries.append(entry_of(line, n, entries[-1].line_sha256 if entries else FIRST))
        except ValueError as error:
            return tuple(entries), str(error)
    return tuple(entries), f"line {len(lines) + 1:,} breaks off" if rest else None


def pending(folder: Path, entries: tuple[Entry, ...]) -> Entry | None:
    """The act that was under way when a program was killed, if it is not in the log yet.

    Raises
    ------
    ValueError
        What was written aside is no act that could follow.
    """
    aside = folder / NEXT
    if not aside.exists():
        return None
    line = aside.read_bytes().removesuffix(b"\n")
    last = entries[-1] if entries else None
    if last is not None and sha256(line).hexdigest() == last.line_sha256:
        return None
    return entry_of(line, len(entries) + 1, last.line_sha256 if last else FIRST)


def live_files(entries: tuple[Entry, ...]) -> dict[str, str]:
    """Every file that the log says is there, and its SHA-256; those of tombstones are gone."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.what == "tombstone":
            for path in entry.inputs:
                found.pop(path, None)
        found.update(entry.outputs)
    return found


class Log:
    """The log, held by one writer."""

    def __init__(self, folder: Path) -> None:
        """Open it inside `writing`."""
        self._folder = folder
        self._entries: tuple[Entry, ...] = ()
        self._settle()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries."""
        return self._entries

    def add(self, act: Act, do: Callable[[], None] = lambda: None) -> Entry:
        """Do something and write it down, so that neither is ever without the other.

        Parameters
        ----------
        do
            Puts the files of ``act.outputs`` in their places; done twice it does no harm.
        """
        n = len(self._entries) + 1
        previous = self._entries[-1].line_sha256 if self._entries else FIRST
        line = line_of(act, n, previous).encode()
        entry = entry_of(line, n, previous)
        write_whole(self._folder / NEXT, line.decode() + "\n")
        do()
        self._append(line)
        self._entries = (*self._entries, entry)
        return entry

    def _append(self, line: bytes) -> None:
        with (self._folder / LOG).open("ab", buffering=0) as file:
            file.write(line + b"\n")
            os.fsync(file.fileno())
        (self._folder / NEXT).unlink(missing_ok=True)

    def _settle(self) -> None:
        """Complete or drop what a killed program left."""
        place = self._folder / LOG
        entries, wrong = read_log(self._folder)
        try:
            under_way = pending(self._folder, entries)
        except ValueError as error:
            raise BrokenLog(self._folder / NEXT, str(error)) from None
        if wrong is not None:
            # Half a line is no damage where it is the beginning of the line that was being written.
            half = place.read_bytes().rpartition(b"\n")[2]
            if under_way is None or not (self._folder / NEXT).read_bytes().startswith(half):
                raise BrokenLog(place, wrong)
            with place.open("rb+") as file:
                file.truncate(place.stat().st_size - len(half))
        self._entries = entries
        if under_way is not None and self._complete(under_way):
            self._append((self._folder / NEXT).read_bytes().removesuffix(b"\n"))
            self._entries = (*entries, under_way)
        (self._folder / NEXT).unlink(missing_ok=True)
        for left in list(self._folder.rglob(f"{ASIDE}*")):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def _complete(self, act: Entry) -> bool:
        """Do the rest of an act; its files are in their places, or still lie aside, each of them whole."""
        aside = {hash_of(path): path for path in self._folder.glob(f"{ASIDE}*/*")}
        places = {inside(self._folder, path): digest for path, digest in act.outputs.items()}
        waiting = {place: digest for place, digest in places.items() if not place.is_file() or hash_of(place) != digest}
        if not set(waiting.values()) <= aside.keys():
            return False
        for place, digest in waiting.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(aside[digest], place)
            flush(place)
        if act.what == "tombstone":
            for path in act.inputs:
                inside(self._folder, path).unlink(missing_ok=True)
        return True


@contextmanager
def writing(study: Study) -> Iterator[Log]:
    """Hold the log of a study for writing.

    Raises
    ------
    WrongUse
        Another program holds it.
    BrokenLog
    """
    folder = folder_of(study)
    folder.mkdir(exist_ok=True)
    with locked(folder / LOCK, "writing evidence"):
        yield Log(folder)


def inside(folder: Path, path: str) -> Path:
    """A file of the evidence folder by the name the log gives it.

    Raises
    ------
    ValueError
        The name leads out of the folder.
    """
    if path.startswith("/") or ".." in path.split("/") or "\\" in path or "\0" in path:
        raise ValueError(f"{path!r} leads out of the evidence folder")
    return folder / path
