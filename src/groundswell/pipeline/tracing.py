"""Posts to traces."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from groundswell.engine.compiled import COMPILES
from groundswell.engine.duck import Duck
from groundswell.engine.engine import Engine
from groundswell.errors import NothingToDo, WrongUse
from groundswell.model.progress import Progress, silent
from groundswell.model.trace import TRACES
from groundswell.pipeline.run_record import inputs_of
from groundswell.store.run_folder import (
    read_json,
    save_traces,
    write_json,
)
from groundswell.store.study import Study
from groundswell.traces.long_table import trace as find_traces
from groundswell.traces.long_table import uncompared


def trace(study: Study, *, kinds: tuple[str, ...] = (), progress: Progress = silent) -> dict[str, int]:
    """Find what the posts of the study repeat; returns the number of traces of each kind."""
    with Duck() as engine:
        return trace_into(study, engine, kinds=kinds, progress=progress)


def trace_into(study: Study, engine: Engine, *, kinds: tuple[str, ...], progress: Progress) -> dict[str, int]:
    """Make and keep the traces of a study, and leave them open in the engine."""
    progress("Tracing what was repeated", 0, 1)
    study.open_tables(engine)
    if not engine.rows("select 1 from posts limit 1"):
        raise NothingToDo(
            "There is no post in this study.\n"
            f"  {_what_there_is(study)}\n"
            "  Look at a file with `groundswell inspect FILE`; posts have an account and a time."
        )
    say_if_slow(progress)
    counts = find_traces(engine, kinds)
    left_out = [asdict(one) for one in uncompared(engine, kinds)]
    save_traces(engine, study.folder / "traces")
    record = {"counts": counts, "inputs": inputs_of(study)}
    write_json(study.folder / "traces" / "traces.json", {**record, "uncompared": left_out} if left_out else record)
    engine.open(TRACES, [study.folder / "traces" / "traces.parquet"])
    progress("Tracing what was repeated", 1, 1)
    return counts


def left_uncompared(study: Study) -> list[dict[str, Any]]:
    """What was not compared when the traces were made; as `Uncompared`, for the record of a run."""
    path = study.folder / "traces" / "traces.json"
    found: list[dict[str, Any]] = read_json(path, step="trace").get("uncompared", []) if path.is_file() else []
    return found


def say_if_slow(progress: Progress) -> None:
    """Say so where nothing can be compiled."""
    if not COMPILES:
        progress("Numba is missing here: the answers are the same, and take twenty times as long", 1, 1)


def _what_there_is(study: Study) -> str:
    """What the rows of a study without posts are."""
    seen: Counter[str] = Counter()
    for entry in study.ledgers():
        seen.update({f"of kind {kind!r}": n for kind, n in entry.other_records.items()})
        seen.update({f"left out ({one.reason})": one.rows for one in entry.left_out})
    rows = sum(entry.rows for entry in study.ledgers())
    return f"Of {rows:,} rows read, {', '.join(f'{n:,} are {what}' for what, n in sorted(seen.items()))}."


def check_traced(study: Study) -> None:
    """Raise unless the traces are those of all files read."""
    traced = read_json(study.folder / "traces" / "traces.json", step="trace")
    if traced["inputs"] != inputs_of(study):
        raise WrongUse(
            "Files were read into this study after its traces were made.\n"
            f"  Make them again: `groundswell trace {study.folder}`."
        )
