"""New studies, and files into them; or a look at a file that changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.deletion import Deletion
from groundswell.model.ledger import FileLedger
from groundswell.model.post import POSTS
from groundswell.model.progress import Progress, silent
from groundswell.model.table import TableContract
from groundswell.pipeline.run_record import MADE_BY, VERSION
from groundswell.publish.inspection_page import inspection_html
from groundswell.read.ingest import Seen, ingest
from groundswell.read.inspect import Inspection, inspect_file
from groundswell.read.survey import LIMITS, Hashed, Limits, stamp_of
from groundswell.read.versions import Later
from groundswell.store.deletions import honour, queue
from groundswell.store.pseudonymise import (
    Pseudonymising,
    SeenPseudonyms,
    read_key,
    settle,
    without_examples,
)
from groundswell.store.raw import keep, look
from groundswell.store.segments import Appending, write_whole
from groundswell.store.study import Study
from groundswell.store.versions import known_edits, note_versions, settle_versions

HELD = TableContract("held", POSTS.columns, POSTS.order)
"""One segment at a time: the ids of a large study as text would take more memory than all the rest."""

KNOWN = "select platform, post_id from held where coalesce(len(shared_kinds), 0) = 0"


def new(folder: Path, *, name: str | None = None) -> Study:
    """Start an empty study in a new folder."""
    return Study.create(folder, name=name, version=MADE_BY)


def open_study(folder: Path) -> Study:
    """Open a study, or the study inside an output folder of `run`."""
    return Study.open(folder)


def read(
    study: Study,
    files: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> tuple[FileLedger, ...]:
    """Read files into the study; a file whose bytes are already in it is not read twice.

    Parameters
    ----------
    limits
        What a packed file may ask for; see `read.survey.Limits`.
    pseudonymise
        A key file outside the study, made if it is missing. Accounts, post ids and permalinks become pseudonyms
        before anything is written, and the raw bytes are not kept.

    Returns
    -------
    the ledger entry of each file, in the order of `files`
    """
    with Duck() as engine:
        return read_into(
            study, engine, files, columns=columns or {}, pseudonymise=pseudonymise, limits=limits, progress=progress
        )


def inspect(
    file: Path, *, columns: Mapping[str, str] | None = None, limits: Limits = LIMITS, progress: Progress = silent
) -> Inspection:
    """Say what a file is and what reading it would give. Changes nothing."""
    check_file(file)
    return inspect_file(file, columns or {}, progress=partial(progress, f"Reading {file.name}"), limits=limits)


def write_inspection(seen: Inspection, page: Path, *, columns: Mapping[str, str] | None = None) -> None:
    """Write what `inspect` saw as one HTML page, rows as they stand in the file."""
    write_whole(page, inspection_html(seen, version=VERSION, columns=columns))


def title_of(files: Sequence[Path]) -> str:
    """What a study of these files is called unless someone names it."""
    first = files[0].name.split(".")[0] or files[0].name
    return first if len(files) == 1 else f"{first} and {len(files) - 1} more"


def check_file(path: Path) -> None:
    """Raise unless there is a file to read, before anything is written."""
    if not path.exists():
        raise WrongUse(f"There is no file {str(path)!r}.\n  Check the name; shell patterns in quotes are not expanded.")
    if path.is_dir():
        raise WrongUse(
            f"{str(path)!r} is a folder, not a file.\n"
            f"  Name the files in it: `groundswell run {path}/* -o out`. Several files are one data set."
        )


def read_into(
    study: Study,
    engine: Duck,
    files: Sequence[Path],
    *,
    columns: Mapping[str, str],
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
    progress: Progress,
) -> tuple[FileLedger, ...]:
    """Read files into the study, through an engine that is open."""
    pseudonyms = None if pseudonymise is None else read_key(pseudonymise, study.folder)
    settle(study, pseudonyms)
    seen = _seen(study, engine)
    if pseudonyms is not None:
        seen = SeenPseudonyms(seen, pseudonyms)
    entries = []
    for file in files:
        check_file(file)
        stamp = stamp_of(file)
        digest, secret = keep(file, study.raw, unless=study.has_read) if pseudonyms is None else look(file)
        study.set_pseudonym_key(secret)
        if not study.has_read(digest):
            deletions: list[Deletion] = []
            later: list[Later] = []
            with Appending(study.folder, engine) as appending:
                entry = ingest(
                    file,
                    sink=appending if pseudonyms is None else Pseudonymising(appending, pseudonyms),
                    columns=columns,
                    seen=seen,
                    progress=partial(progress, f"Reading {file.name}"),
                    limits=limits,
                    deletions=deletions,
                    later=later,
                    repeats=appending.repeats if pseudonyms is None else None,
                    hashed=Hashed(digest, stamp),
                )
                edited = note_versions(
                    study.folder, digest, later if pseudonyms is None else map(pseudonyms.later, later)
                )
                if pseudonyms is None:
                    queue(study.folder, digest, deletions)
                    appending.commit(entry, **edited)
                else:
                    queue(study.folder, digest, map(pseudonyms.deletion, deletions))
                    appending.commit(without_examples(entry), raw=None, **edited)
        settle_versions(study, engine)
        entries.append(next(entry for entry in study.ledgers() if entry.sha256 == digest))
    honour(study, engine)
    return tuple(entries)


def _seen(study: Study, engine: Duck) -> Seen:
    """The posts that the study holds already, so that one in two files counts once."""
    seen = Seen()
    settle_versions(study, engine)
    if study.ledgers():
        seen.edits = known_edits(study)
        for path in study.segments(POSTS):
            engine.open(HELD, [path])
            for platform, post_id in engine.rows(KNOWN):
                seen.is_new_post(platform, post_id)
    return seen
