"""After a purge every file of the study is looked at again: is anything left of what went?

names, date, study ──► Searched      how much was looked at, and the files in which something was found after all
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from groundswell.engine.engine import Engine
from groundswell.model.deletion import ALIASES, REPEATS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.snapshot import SNAPSHOTS
from groundswell.model.table import TableContract
from groundswell.store.masking import rows_naming
from groundswell.store.names import Names
from groundswell.store.people import FILE as PEOPLE
from groundswell.store.purge_plan import DOOMED, RECORDS, Plan
from groundswell.store.raw import lines_in
from groundswell.store.rereading import Gone, held_again
from groundswell.store.segments import hash_of
from groundswell.store.study import Study
from groundswell.store.words import Elsewhere

SEARCHED = {
    one.name: TableContract(f"searched_{one.name}", one.columns, one.order)
    for one in (POSTS, ACCOUNTS, ALIASES, REPEATS, SNAPSHOTS)
}
"""The tables by their folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a search of a whole study found."""

    n_files: int
    n_bytes: int
    left: tuple[str, ...]
    """Files in which something was found, sorted."""
    unread: tuple[str, ...]
    """Files that could not be read as posts again, by name, and captures that could not be opened, by path."""
    manifest: str
    """SHA-256 over the names and hashes of all files."""


def search(study: Study, engine: Engine, plan: Plan, elsewhere: Elsewhere | None) -> Searched:
    """Look at every file of the study for what went; people.sqlite is read cell by cell, elsewhere.

    Parameters
    ----------
    elsewhere
        See `purging.purge`.
    """
    names, words = plan.names, plan.words
    left, size, manifest, n = set(), 0, sha256(), 0
    study.open_tables(engine)
    if engine.rows(DOOMED, before=plan.before):
        left.add("posts")
    for path in sorted(study.folder.rglob("*")):
        if not path.is_file() or path.parent.name == RECORDS or path.suffix == ".lock":
            continue
        n, size = n + 1, size + path.stat().st_size
        name = str(path.relative_to(study.folder))
        manifest.update(f"{name} {hash_of(path)}\n".encode())
        if names and not path.name.startswith(PEOPLE) and _holds(engine, path, names):
            left.add(name)
    unread: list[str] = []
    if names or plan.before is not None:
        gone = Gone(posts=set(plan.posts), accounts=set(plan.accounts), before=plan.before, names=names)
        held, unread = held_again(study, gone)
        left.update(held)
    if elsewhere is not None and (names or words):
        held, closed = elsewhere(study, names, words)
        left.update(held)
        unread = [*unread, *closed]
    return Searched(
        n_files=n, n_bytes=size, left=tuple(sorted(left)), unread=tuple(unread), manifest=manifest.hexdigest()
    )


def published_beside(study: Study) -> Iterator[str]:
    """The published files beside a study that `groundswell run` made, by name."""
    beside = study.folder.parent
    if study.folder.name == "study" and (beside / "run.json").is_file():
        yield from sorted(path.name for path in beside.iterdir() if path.is_file())


def _holds(engine: Engine, path: Path, names: Names) -> bool:
    contract = SEARCHED.get(path.parent.name) if path.suffix == ".parquet" else None
    if contract is None:
        return any(map(names.are_in, lines_in(path)))
    engine.open(contract, [path])
    return bool(rows_naming(engine.query(f"select * from {contract.name}"), names).any())
