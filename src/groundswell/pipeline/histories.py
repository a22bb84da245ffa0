"""What became of accounts: snapshots into a study, and what they tell beside matched accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.errors import NothingToDo, WrongUse
from groundswell.model.group import Group, Outcome
from groundswell.model.post import ACCOUNTS
from groundswell.model.progress import Progress, silent
from groundswell.model.snapshot import SNAPSHOTS, Snapshot, Status
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.model.trace import TRACES
from groundswell.personas.history import creation_batches, later_gone
from groundswell.personas.matched import matched_accounts
from groundswell.personas.snapshot_file import read_snapshots
from groundswell.personas.told_history import account_history, study_history
from groundswell.pipeline.explaining import account_id_of
from groundswell.pipeline.reading import check_file
from groundswell.store.pseudonymise import MARK
from groundswell.store.run_folder import read_groups
from groundswell.store.snapshots import Kept, keep_snapshots, snapshot_files
from groundswell.store.study import Study

OF_FILE = TableContract("profiles_of_file", ACCOUNTS.columns, ACCOUNTS.order)

# Only profiles whose account posted in the same file have a time at which they were there.
PROFILES = """
select a.platform, a.account_id, max(p.time), a.handle, a.name, a.bio, a.picture
from profiles_of_file as a join posts as p on p.platform = a.platform and p.account_id = a.account_id
where p.source_file = $sha256 and p.time is not null
  and (a.handle is not null or a.name is not null or a.bio is not null or a.picture is not null)
group by all order by all
"""

CREATED = "select account_id, min(created_at) from accounts where created_at is not null group by account_id order by 1"


def add_snapshots(study: Study, file: Path, *, seen_at: datetime | None = None) -> Kept:
    """Put a file of snapshots into the study.

    Parameters
    ----------
    seen_at
        When somebody looked, for rows that do not say; aware.

    Raises
    ------
    WrongUse
        There is no such file, or the study holds pseudonyms.
    """
    check_file(file)
    if (study.folder / MARK).is_file():
        raise WrongUse(
            "This study holds pseudonyms, and snapshots under real names can't be added to it.\n"
            "  They would name the people whom the pseudonyms hide.\n"
            "  Keep such snapshots apart, or read the posts into a study without a key."
        )
    with Duck() as engine:
        study.open_tables(engine)
        platforms = [name for (name,) in engine.rows("select distinct platform from posts order by platform")]
        read = read_snapshots(file, seen_at=seen_at, platform=platforms[0] if len(platforms) == 1 else "")
        entry = Kept(
            file=file.name,
            sha256=read.sha256,
            rows=read.rows,
            snapshots=len(read.snapshots),
            left_out=dict(sorted(read.left_out.items())),
        )
        keep_snapshots(study.folder, engine, _columns(read.snapshots), entry)
    return entry


def history(study: Study, account: str | None = None, *, progress: Progress = silent) -> dict[str, Any]:
    """Say what became of one account, or of all in a study.

    Parameters
    ----------
    account
        An account id, a handle with or without @, or a pseudonym from a report; None for all.

    Returns
    -------
    dict
        For all: what changed, handles that moved, and for each reported group of the latest run accounts made close
        together and how many are no longer there beside matched accounts. `groups` is None where there is no run.
    """
    with Duck() as engine:
        study.open_tables(engine)
        snapshots = (*_of_files(study, engine, progress), *_added(engine))
        if not snapshots:
            raise NothingToDo(
                "This study holds no snapshot of an account.\n"
                "  The files that were read hold no profiles, and no snapshots were added.\n"
                f"  Add some: `groundswell history {study.folder} --add snapshots.csv`, a table with account_id,"
                " seen_at and status."
            )
        if account is not None:
            traces = study.folder / "traces" / "traces.parquet"
            engine.open(TRACES, [traces] if traces.is_file() else [])
            found = account_id_of(study, engine, account)
            if not any(one.account_id == found for one in snapshots):
                raise WrongUse(
                    f"No snapshot shows an account {account!r}.\n"
                    f"  {len({one.account_id for one in snapshots}):,} accounts have snapshots in this study.\n"
                    "  Name one by its id, its handle, or its pseudonym from a report."
                )
            return account_history(snapshots, found)
        folder = study.latest_run()
        groups = read_groups(folder) if folder else None
        told = study_history(snapshots)
        told["files"] = [
            {"file": one.file, "rows": one.rows, "snapshots": one.snapshots, "left_out": one.left_out}
            for one in snapshot_files(study.folder)
        ]
        told["groups"] = None if groups is None else _of_groups(engine, groups, snapshots)
    return told


def _of_groups(engine: Duck, groups: Sequence[Group], snapshots: Sequence[Snapshot]) -> list[dict[str, Any]]:
    reported = [group for group in groups if group.outcome is Outcome.REPORTED]
    excluded = {account for group in reported for account in group.account_ids}
    looked_at = {one.account_id for one in snapshots if one.status is not None}
    created = {account: when.replace(tzinfo=UTC) for account, when in engine.rows(CREATED)}
    baseline = [when for account, when in created.items() if account not in excluded]
    told = []
    for group in reported:
        own = [(account, created[account]) for account in group.account_ids if account in created]
        matched = matched_accounts(engine, group.account_ids, excluded=excluded, looked_at=looked_at)
        gone = later_gone(group.account_ids, matched, snapshots)
        told.append(
            {
                "group_id": group.group_id,
                "n_accounts": group.size,
                "n_created_known": len(own),
                "n_baseline": len(baseline),
                "batches": [
                    {
                        "first": batch.first.isoformat(),
                        "last": batch.last.isoformat(),
                        "account_ids": list(batch.account_ids),
                        "n": len(batch.account_ids),
                        "expected": float(np.round(batch.expected, 3)),
                        "p": batch.p,
                    }
                    for batch in creation_batches(own, baseline)
                ],
                "gone": gone.gone,
                "looked_at": gone.looked_at,
                "interval": list(gone.interval),
                "matched_gone": gone.matched_gone,
                "matched_looked_at": gone.matched_looked_at,
                "matched_interval": list(gone.matched_interval),
                "sentence": gone.sentence,
            }
        )
    return told


def _of_files(study: Study, engine: Duck, progress: Progress) -> list[Snapshot]:
    """The profiles that the files of posts told, each at the time of its account's last post in that file."""
    found = []
    entries = study.ledgers()
    segments: dict[str, list[Path]] = {}
    for path in study.segments(ACCOUNTS):
        segments.setdefault(path.name.rsplit("-", 1)[0], []).append(path)
    for at, entry in enumerate(entries):
        progress("Reading profiles", at, len(entries))
        if entry.sha256 not in segments:
            continue
        engine.open(OF_FILE, segments[entry.sha256])
        found += [
            Snapshot(
                platform=platform,
                account_id=account,
                seen_at=when.replace(tzinfo=UTC),
                handle=handle,
                name=name,
                bio=bio,
                picture=picture,
                source=entry.path,
            )
            for platform, account, when, handle, name, bio, picture in engine.rows(PROFILES, sha256=entry.sha256)
        ]
    progress("Reading profiles", len(entries), len(entries))
    return found


def _added(engine: Duck) -> list[Snapshot]:
    rows = engine.rows(f"select {', '.join(SNAPSHOTS.columns)} from snapshots order by all")
    told = (dict(zip(SNAPSHOTS.columns, row, strict=True)) for row in rows)
    return [
        Snapshot(
            **{
                **one,
                "seen_at": one["seen_at"].replace(tzinfo=UTC),
                "status": Status(one["status"]) if one["status"] else None,
            }
        )
        for one in told
    ]


def _columns(snapshots: Sequence[Snapshot]) -> Columns:
    columns = {
        name: text_column(None if (value := getattr(one, name)) is None else str(value) for one in snapshots)
        for name in SNAPSHOTS.columns
        if name != "seen_at"
    }
    times = np.array([one.seen_at.replace(tzinfo=None) for one in snapshots], dtype="datetime64[us]")
    return {name: columns.get(name, times) for name in SNAPSHOTS.columns}
