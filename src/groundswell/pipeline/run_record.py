"""What a run was: everything needed to repeat it, and where its results lie."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from groundswell.engine.compiled import COMPILES
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.group import Group
from groundswell.model.ledger import FileLedger
from groundswell.model.multiverse import Multiverse
from groundswell.model.power import Power
from groundswell.model.records import revive
from groundswell.model.run import Parameters
from groundswell.store.follows import follow_lists
from groundswell.store.run_folder import (
    open_results,
    open_traces,
    read_groups,
    read_json,
)
from groundswell.store.study import Study

if TYPE_CHECKING:
    from groundswell.detect.groups import Scan

VERSION = installed("groundswell")


MADE_BY = f"groundswell {VERSION}"


LIBRARIES = ("duckdb", "graspologic-native", "numba", "numpy", "scipy")
"""Those whose version can change a number; they stand in run.json."""

REPEATABLE = ("made_by", "inputs", "columns", "parameters", "follow_lists")
"""What of a run's record makes its id, as far as it is there."""


def run_id_of(record: Mapping[str, Any]) -> str:
    """The id of a run: the hash of all that is needed to repeat it."""
    repeatable = {name: record[name] for name in REPEATABLE if name in record}
    return sha256(json.dumps(repeatable, sort_keys=True).encode()).hexdigest()[:7]


def clock_grain_s(ledgers: Sequence[FileLedger]) -> float:
    """The grain of the coarsest clock among the files, in seconds."""
    return max((entry.precision_s for entry in ledgers if entry.precision_s is not None), default=1.0)


def inputs_of(study: Study) -> list[dict[str, Any]]:
    """The files of a study, as a run names them."""
    return [
        {
            "file": entry.path,
            "sha256": entry.sha256,
            "bytes": entry.n_bytes,
            **({"revision": entry.revision} if entry.revision else {}),
        }
        for entry in study.ledgers()
    ]


def record_of(
    study: Study, parameters: Parameters, scan: Scan, counts: Mapping[str, int], columns: Mapping[str, str]
) -> dict[str, Any]:
    """Everything needed to run this again; its hash, the input and the version make the run's id."""
    repeatable = {
        "made_by": MADE_BY,
        "inputs": inputs_of(study),
        "columns": dict(columns),
        "parameters": parameters.as_json(),
    }
    if lists := follow_lists(study.folder):
        repeatable["follow_lists"] = [asdict(one) for one in lists]
    return {
        **repeatable,
        "run_id": run_id_of(repeatable),
        "name": study.name,
        "version": VERSION,
        "seed": parameters.seed,
        "precision_s": clock_grain_s(study.ledgers()),
        "refused_windows_s": list(scan.refused_windows_s),
        "traces": dict(counts),
        "scan": scan.tried_as_json(),
        "python": platform.python_version(),
        "libraries": {name: installed(name) for name in LIBRARIES if name != "numba" or COMPILES},
    }


def parameters_of(record: Mapping[str, Any]) -> Parameters:
    """The parameters that a run was made with."""
    written = record["parameters"]
    return Parameters(
        windows=tuple(timedelta(seconds=seconds) for seconds in written["windows_s"]),
        min_objects=written["min_objects"],
        fdr=written["fdr"],
        campaign=written["campaign"],
        seed=written["seed"],
        show_handles=written["show_handles"],
        kinds=tuple(written["kinds"]),
        power=written.get("power", 0),
        cautious=written.get("cautious", False),
    )


def latest_folder(study: Study) -> Path:
    """The folder of the latest run, or advice on how to make one."""
    folder = study.latest_run()
    if folder is None:
        raise WrongUse(
            f"The study {str(study.folder)!r} has no run yet.\n  Make one: `groundswell detect {study.folder}`."
        )
    return folder


def older_groups(out: Path) -> tuple[Group, ...]:
    """The groups of a run that `out` already holds."""
    if not (out / "study" / "study.toml").is_file():
        return ()
    study = Study.open(out)
    return read_groups(latest_folder(study)) if study.latest_run() else ()


def open_latest(study: Study, engine: Duck) -> tuple[tuple[Group, ...], dict[str, Any]]:
    """Open a study's tables and those of its latest run; returns the run's groups and record."""
    study.open_tables(engine)
    open_traces(engine, study.folder / "traces")
    folder = latest_folder(study)
    return open_results(engine, folder), read_json(folder / "run.json", step="detect")


def multiverse_of(folder: Path) -> tuple[Multiverse, ...]:
    """What became of each reported group in other settings."""
    return tuple(revive(Multiverse, one) for one in read_json(folder / "multiverse.json", step="detect"))


def power_of(folder: Path) -> Power | None:
    """What would have been seen; None if nothing was planted."""
    written = read_json(folder / "power.json", step="detect")
    return revive(Power, written) if written else None
