"""One run's results on disk: tables as Parquet, groups and findings as JSON, and what the run was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.finding import Assessment
from groundswell.model.group import Group, Outcome
from groundswell.model.link import GROUP_MEMBERS, LINKS, MEETINGS
from groundswell.model.records import revive
from groundswell.model.table import Columns, text_column
from groundswell.model.trace import TRACES
from groundswell.store.segments import write_whole

TABLES = (LINKS, MEETINGS, GROUP_MEMBERS)
"""The tables that leave the house beside the report."""


def write_json(path: Path, value: Any) -> None:
    """Write JSON that is the same for the same value: keys sorted, two blanks deep."""
    write_whole(path, json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def read_json(path: Path, *, step: str) -> Any:
    """Read a step's JSON, or say which verb makes it."""
    if not path.is_file():
        raise WrongUse(f"This study has no {path.name} yet.\n  It is made by `groundswell {step}`.")
    return json.loads(path.read_text(encoding="utf-8"))


def members_table(groups: tuple[Group, ...]) -> Columns:
    """Reported groups as rows of group, account and kind of trace."""
    rows = [
        (group.group_id, account, kind)
        for group in groups
        if group.outcome is Outcome.REPORTED
        for account in group.account_ids
        for kind in group.kinds
    ]
    if not rows:
        return GROUP_MEMBERS.empty()
    columns = zip(*rows, strict=True)
    return dict(zip(GROUP_MEMBERS.columns, (text_column(column) for column in columns), strict=True))


def save_traces(engine: Engine, folder: Path) -> None:
    """Write the table ``traces``; older ones stay until the new ones are whole."""
    with whole_files(folder) as aside:
        engine.save(TRACES, aside / "traces.parquet")


@contextmanager
def whole_files(folder: Path) -> Iterator[Path]:
    """Give a folder to write files into; when all went well they stand in `folder`, otherwise they are gone.

    Files that `folder` holds already are replaced one by one, each at once; others stay.
    """
    aside = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    aside.mkdir(parents=True, exist_ok=True)
    try:
        yield aside
        folder.mkdir(exist_ok=True)
        for path in sorted(aside.iterdir()):
            path.replace(folder / path.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def open_traces(engine: Engine, folder: Path) -> None:
    """Open the table ``traces``."""
    if not (folder / "traces.parquet").is_file():
        raise WrongUse("This study has no traces yet.\n  They are made by `groundswell trace`.")
    engine.open(TRACES, [folder / "traces.parquet"])


def save_results(engine: Engine, folder: Path, groups: tuple[Group, ...], links: Columns, meetings: Columns) -> None:
    """Write links, meetings and groups, and leave their tables open in the engine."""
    folder.mkdir(parents=True, exist_ok=True)
    for contract, columns in zip(TABLES, (links, meetings, members_table(groups)), strict=True):
        engine.load(contract, columns)
        engine.save(contract, folder / f"{contract.name}.parquet")
    write_json(folder / "groups.json", [asdict(group) for group in groups])


def open_results(engine: Engine, folder: Path) -> tuple[Group, ...]:
    """Open the tables of a finished detection and return its groups."""
    groups = read_json(folder / "groups.json", step="detect")
    for contract in TABLES:
        engine.open(contract, [folder / f"{contract.name}.parquet"])
    return tuple(revive(Group, group) for group in groups)


def read_groups(folder: Path) -> tuple[Group, ...]:
    """The groups of a run."""
    return tuple(revive(Group, group) for group in read_json(folder / "groups.json", step="detect"))


def read_assessment(folder: Path) -> Assessment:
    """The findings of a run."""
    return revive(Assessment, read_json(folder / "findings.json", step="assess"))


def concatenate(parts: list[Columns], empty: Columns) -> Columns:
    """Stack tables with the same columns."""
    if not parts:
        return empty
    return {name: np.concatenate([part[name] for part in parts]) for name in empty}
