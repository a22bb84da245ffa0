"""A study is a folder that can be copied, zipped, put on a server or handed to a lawyer.

study.toml      name, made by which version; retention date, if a person wrote one
raw/            every input byte, zstd, named by its SHA-256
posts/ accounts/  Parquet segments, a few a file
repeats/        rows that say again what a post says, or said before it was edited
snapshots/      what was seen of accounts later or elsewhere
follows/        who follows whom, where somebody listed it
ledger/         what became of every row, an entry a file; a file without one was not read
live/           journals and cursors of streams; deletions/ what is to be forgotten
purges/         what was deleted and how that was checked
runs/<run-id>/  traces, links, meetings, groups, findings and run.json
evidence/       captures of pages, the log of what was done with them, time stamps
pseudonym.key   the secret that turns ids into pseudonyms; not for publication
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.ledger import FileLedger
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.records import revive
from groundswell.model.snapshot import SNAPSHOTS
from groundswell.model.table import TableContract
from groundswell.store.segments import write_whole
from groundswell.store.snapshots import snapshot_tables

FORMAT = 1
"""Goes up when an older Groundswell could not read the folder."""

ONE_ROW_AN_ACCOUNT = """
select * from accounts_read
qualify row_number() over (
    partition by platform, account_id
    order by (name is null)::int + (bio is null)::int + (handle is null)::int + (picture is null)::int,
             followers desc nulls last, handle, name, bio, picture, url, created_at
) = 1
"""
"""Of several profiles of an account the fullest counts."""


@dataclass(frozen=True)
class Study:
    """A study folder that exists."""

    folder: Path
    name: str

    @classmethod
    def create(cls, folder: Path, *, version: str, name: str | None = None) -> Study:
        """Make a new, empty study; the folder must not exist or be empty."""
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongUse(
                f"The folder {str(folder)!r} exists and is not empty.\n"
                "  A study starts in a folder of its own, so that nothing of yours is mixed in or lost.\n"
                f"  Name a new folder, or add files to a study with `groundswell read {folder} FILE`."
            )
        folder.mkdir(parents=True, exist_ok=True)
        name = name or folder.name.removesuffix(".study")
        toml = f"# A Groundswell study. Keep the folder together.\nformat = {FORMAT}\nname = {json.dumps(name)}\n"
        write_whole(folder / "study.toml", toml + f"made_by = {json.dumps(version)}\n")
        return cls(folder, name)

    @classmethod
    def open(cls, folder: Path) -> Study:
        """Open a study, or the study inside an output folder of `groundswell run`."""
        for place in (folder, folder / "study"):
            if (place / "study.toml").is_file():
                settings = tomllib.loads((place / "study.toml").read_text(encoding="utf-8"))
                if settings.get("format") != FORMAT:
                    raise WrongUse(
                        f"{place} is a study of format {settings.get('format')!r}; this Groundswell reads {FORMAT}.\n"
                        "  Open it with the version that made it, named in its study.toml."
                    )
                return cls(place, str(settings.get("name", place.name)))
        raise WrongUse(
            f"{str(folder)!r} is not a study: it has no study.toml.\n"
            f"  Start one with `groundswell new {folder}`, or name the folder that `groundswell run` wrote."
        )

    def due_before(self, now: datetime) -> datetime | None:
        """Posts before this time are to be deleted by now, as study.toml says; None where nothing is due.

        ``retention = 2027-01-01`` keeps everything until that day and nothing after it; ``retention_days = 180``
        keeps each post so long.
        """
        settings = tomllib.loads((self.folder / "study.toml").read_text(encoding="utf-8"))
        until, days = settings.get("retention"), settings.get("retention_days")
        if until is None and days is None:
            raise WrongUse(
                "This study has no retention date.\n"
                f"  Write one into {self.folder / 'study.toml'}: `retention = 2027-01-01` or `retention_days = 180`."
            )
        if until is not None and now >= datetime(until.year, until.month, until.day, tzinfo=UTC):
            return now
        return None if days is None else now - timedelta(days=days)

    @property
    def raw(self) -> Path:
        """Where the input bytes are kept."""
        return self.folder / "raw"

    @property
    def pseudonym_key(self) -> bytes:
        """The secret behind this study's pseudonyms. It never changes, so an account keeps its pseudonym."""
        return bytes.fromhex((self.folder / "pseudonym.key").read_text(encoding="utf-8").strip())

    def set_pseudonym_key(self, key: bytes) -> None:
        """Take the key, unless the study has one."""
        place = self.folder / "pseudonym.key"
        if not place.exists():
            write_whole(place, key.hex() + "\n", secret=True)

    def ledgers(self) -> tuple[FileLedger, ...]:
        """The entries of every file read, in the order of file name and hash."""
        entries = sorted((self.folder / "ledger").glob("*.json"))
        found = [revive(FileLedger, json.loads(path.read_text(encoding="utf-8"))) for path in entries]
        return tuple(sorted(found, key=lambda entry: (entry.path, entry.sha256)))

    def has_read(self, digest: str) -> bool:
        """Say whether a file with these bytes is part of the study."""
        return (self.folder / "ledger" / f"{digest}.json").is_file()

    def open_tables(self, engine: Engine) -> None:
        """Open the tables ``posts``, ``snapshots`` and ``accounts``, the latter with one row an account."""
        engine.open(POSTS, self.segments(POSTS))
        engine.open(TableContract("accounts_read", ACCOUNTS.columns, ACCOUNTS.order), self.segments(ACCOUNTS))
        engine.define("accounts", ONE_ROW_AN_ACCOUNT)
        engine.open(SNAPSHOTS, snapshot_tables(self.folder))

    def segments(self, contract: TableContract) -> list[Path]:
        """The Parquet files of a table whose file is acknowledged."""
        acknowledged = {path.stem for path in (self.folder / "ledger").glob("*.json")}
        segments = sorted((self.folder / contract.name).glob("*.parquet"))
        return [path for path in segments if path.name.rsplit("-", 1)[0] in acknowledged]

    def segments_of(self, contract: TableContract, digest: str) -> list[Path]:
        """Those of one file that was read."""
        return [path for path in self.segments(contract) if path.name.rsplit("-", 1)[0] == digest]

    def run_folder(self, run_id: str) -> Path:
        """Where a run's tables lie."""
        return self.folder / "runs" / run_id

    def latest_run(self) -> Path | None:
        """The folder of the run that finished last, if any did."""
        pointer = self.folder / "runs" / "latest"
        return self.run_folder(pointer.read_text(encoding="utf-8").strip()) if pointer.is_file() else None

    def finish_run(self, run_id: str) -> None:
        """Make a run the latest one."""
        write_whole(self.folder / "runs" / "latest", run_id + "\n")
