"""Is everything still as it was written down? Each byte of the evidence, and each sealed byte of the study.

    log.jsonl ──► its lines follow one another ──► each file has the hash that it names ──► each stamp holds
    latest seal ──► each file of the study has the hash that it had

What can't be checked is said apart from what does not hold: a file that nothing names a hash of, a stamp without the
library to check it. Whoever rewrites the whole log can make it hold together again, but not the stamps on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from groundswell.errors import MissingExtra
from groundswell.evidence.log import (
    ASIDE,
    LOCK,
    LOG,
    NEXT,
    Entry,
    folder_of,
    hash_of,
    inside,
    live_files,
    pending,
    read_log,
)
from groundswell.evidence.seal import read_seal, sealable
from groundswell.evidence.stamp_token import NotAStamp
from groundswell.evidence.stamping import Waiting, check_stamp, waiting
from groundswell.model.progress import Progress, silent
from groundswell.store.raw import matches
from groundswell.store.study import Study

CLOCKS_APART = timedelta(minutes=5)
"""Between our clock and an authority's before it is worth a word."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that is not as it was written down."""

    place: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was looked at, and what does not hold."""

    entries: int
    files: int
    """Of the evidence, with a hash in the log."""
    n_bytes: int
    captures: int
    tombstones: int
    stamps: int
    stamps_checked: int
    """Fewer than `stamps` where the library is missing."""
    sealed: int
    """Files of the study in the latest seal."""
    not_sealed: int
    """Files of the study that came after it; one that changes now would not be noticed."""
    waiting: tuple[Waiting, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """As figures."""
        return {**asdict(self), "waiting": [one.as_json() for one in self.waiting], "holds": self.holds}


def verify(study: Study, *, progress: Progress = silent) -> Verified:
    """Look at every byte that has a hash, and change nothing."""
    folder = folder_of(study)
    problems: list[Problem] = []
    notes: list[str] = []
    entries, wrong = read_log(folder)
    under_way = _under_way(folder, entries, problems, notes)
    if wrong is not None and not (under_way is not None and _is_half_written(folder)):
        problems.append(Problem(place=f"evidence/{LOG}", what=wrong))
    live = live_files(entries)
    n_bytes = _check_files(folder, entries, live, under_way, problems, progress)
    problems += _unknown_files(folder, live, under_way)
    stamps = [entry for entry in entries if entry.what == "stamp"]
    checked = _check_stamps(folder, entries, stamps, problems, notes)
    notes += _clocks(entries)
    seal = read_seal(folder, entries)
    not_sealed = _check_study(study, seal, problems, notes, progress)
    return Verified(
        entries=len(entries),
        files=len(live),
        n_bytes=n_bytes,
        captures=len({path.split("/")[1] for path in live if path.startswith("captures/")}),
        tombstones=sum(entry.what == "tombstone" for entry in entries),
        stamps=len(stamps),
        stamps_checked=checked,
        sealed=len(seal),
        not_sealed=not_sealed,
        waiting=waiting(study) if not problems else (),
        problems=tuple(sorted(problems, key=lambda one: (one.place, one.what))),
        notes=tuple(notes),
    )


def _under_way(folder: Path, entries: tuple[Entry, ...], problems: list[Problem], notes: list[str]) -> Entry | None:
    try:
        under_way = pending(folder, entries)
    except ValueError as error:
        problems.append(Problem(place=f"evidence/{NEXT}", what=str(error)))
        return None
    if under_way is not None:
        notes.append("A command was cut off; the next one that writes evidence completes what it began.")
    elif folder.is_dir() and any(folder.glob(f"{ASIDE}*")):
        notes.append("A command was cut off before it kept anything; what it left is removed by the next one.")
    return under_way


def _is_half_written(folder: Path) -> bool:
    """Whether the log breaks off within the line that was being written."""
    half = (folder / LOG).read_bytes().rpartition(b"\n")[2]
    return (folder / NEXT).read_bytes().startswith(half)


def _check_files(
    folder: Path,
    entries: tuple[Entry, ...],
    live: Mapping[str, str],
    under_way: Entry | None,
    problems: list[Problem],
    progress: Progress,
) -> int:
    n_bytes = 0
    beginning = under_way.outputs if under_way is not None else {}
    ending = under_way.inputs if under_way is not None and under_way.what == "tombstone" else {}
    for done, (path, digest) in enumerate(sorted(live.items())):
        progress("Hashing the evidence", done, len(live))
        try:
            place = inside(folder, path)
        except ValueError as error:
            problems.append(Problem(place=f"evidence/{LOG}", what=str(error)))
            continue
        if not place.is_file():
            if path not in ending:
                problems.append(Problem(place=f"evidence/{path}", what="is missing"))
            continue
        n_bytes += place.stat().st_size
        if hash_of(place) not in (digest, beginning.get(path)):
            problems.append(Problem(place=f"evidence/{path}", what="was changed"))
    progress("Hashing the evidence", len(live), len(live))
    return n_bytes


def _unknown_files(folder: Path, live: Mapping[str, str], under_way: Entry | None) -> Iterator[Problem]:
    known = {LOG, NEXT, LOCK, *live, *(under_way.outputs if under_way is not None else ())}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known and not any(part.startswith(ASIDE) for part in name.split("/")):
            yield Problem(place=f"evidence/{name}", what="is not in the log")


def _check_stamps(
    folder: Path, entries: tuple[Entry, ...], stamps: list[Entry], problems: list[Problem], notes: list[str]
) -> int:
    checked = 0
    for entry in stamps:
        try:
            stamp = check_stamp(folder, entries, entry)
        except MissingExtra:
            notes.append(f"{len(stamps):,} time stamps were not checked: `pip install 'groundswell[evidence]'`.")
            return checked
        except (NotAStamp, OSError, LookupError, ValueError, TypeError) as error:
            why = error.why if isinstance(error, NotAStamp) else "it is not there whole"
            problems.append(Problem(place=f"evidence/{LOG}, line {entry.n:,}", what=f"its time stamp fails: {why}"))
            continue
        checked += 1
        of = entries[int(entry.about["entry"]) - 1]
        if stamp.time < of.at - CLOCKS_APART:
            notes.append(
                f"Line {of.n:,} says {of.at:%Y-%m-%d %H:%M} UTC and was stamped at {stamp.time:%Y-%m-%d %H:%M} UTC:"
                " the clock of the machine that wrote it was ahead."
            )
    return checked


def _clocks(entries: tuple[Entry, ...]) -> Iterator[str]:
    for one, following in pairwise(entries):
        if following.at < one.at - CLOCKS_APART:
            yield f"Line {following.n:,} says an earlier time than the line before it: a clock was set back."


def _check_study(
    study: Study,
    seal: Mapping[str, Mapping[str, Any]],
    problems: list[Problem],
    notes: list[str],
    progress: Progress,
) -> int:
    """Hold the study's files against the latest seal; those of the raw archive also against their names."""
    there = {path.relative_to(study.folder).as_posix(): path for path in sealable(study)}
    for done, (name, told) in enumerate(sorted(seal.items())):
        progress("Hashing the study", done, len(seal))
        if name not in there:
            problems.append(Problem(place=name, what="was sealed and is missing"))
        elif hash_of(there[name]) != told.get("sha256"):
            problems.append(Problem(place=name, what="was changed since it was sealed"))
    progress("Hashing the study", len(seal), len(seal))
    for name, path in sorted(there.items()):
        if path.parent == study.raw and name not in seal and not _is_named_rightly(study, path):
            problems.append(Problem(place=name, what="is not what its name says"))
    not_sealed = len(there.keys() - seal.keys())
    if there and not seal:
        notes.append(f"None of the study's own files ({len(there):,}) is sealed: `groundswell evidence seal`.")
    elif not_sealed:
        notes.append(f"Of the study's {len(there):,} files {not_sealed:,} came after the latest seal.")
    return not_sealed


def _is_named_rightly(study: Study, path: Path) -> bool:
    import zstandard

    try:
        return matches(study.raw, path.stem)
    except (zstandard.ZstdError, OSError):
        return False
