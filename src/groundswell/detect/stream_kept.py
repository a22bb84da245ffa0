"""A stream of links on the disk: what it holds and how far its source was read, written as one.

    Stream, place ──keep──► shares-<n>.parquet and, last, stream.json ──kept──► Stream, place

``stream.json`` is the acknowledgement: it names the file of shares that goes with it. A kill at any moment leaves the
state before or the state after, never a place that is ahead of its shares. Pairs are not written; the shares make them.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.stream import Stream
from groundswell.engine.engine import Engine
from groundswell.model.table import TableContract
from groundswell.store.segments import flush, write_whole

KEPT = TableContract(
    "stream_shares",
    {
        "time": "timestamp",
        "number": "bigint",
        "account_id": "text",
        "object_id": "text",
        "post_id": "text",
        "aside": "boolean",
    },
    order=("time", "number"),
)
STATE = "stream.json"
SETTINGS = ("window", "horizon", "lateness")
COUNTERS = ("n_taken", "n_late", "n_early")
MICROSECOND = timedelta(microseconds=1)


def keep(stream: Stream, place: dict[str, Any], engine: Engine, folder: Path) -> None:
    """Write a stream and the place up to which its source was read.

    Parameters
    ----------
    place
        Whatever JSON can hold; `kept` gives it back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = _number(folder) + 1
    shares = folder / f"shares-{number}.parquet"
    found = stream.columns()
    time = found.pop("time_us").astype("datetime64[us]")
    engine.write(KEPT, {**found, "time": time, "number": np.arange(len(time))}, shares)
    flush(shares)
    state = {
        **{name: getattr(stream, name) // MICROSECOND for name in SETTINGS},
        **{name: getattr(stream, name) for name in COUNTERS},
        "min_objects": stream.min_objects,
        "crowd": stream.crowd,
        "newest_us": stream.newest_us,
        "number": number,
        "place": place,
    }
    write_whole(folder / STATE, json.dumps(state, indent=1, sort_keys=True) + "\n")
    for older in folder.glob("shares-*.parquet"):
        if older != shares:
            older.unlink(missing_ok=True)


def kept(engine: Engine, folder: Path) -> tuple[Stream, dict[str, Any]] | None:
    """The stream that was written last, and its place; None where none was."""
    if not (folder / STATE).is_file():
        return None
    state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    stream = Stream(
        **{name: timedelta(microseconds=state[name]) for name in SETTINGS},
        min_objects=state["min_objects"],
        crowd=state["crowd"],
    )
    engine.open(KEPT, [folder / f"shares-{state['number']}.parquet"])
    found = engine.query(
        f"select account_id, object_id, epoch_us(time) as time_us, post_id, aside from {KEPT.name} order by number"
    )
    aside = found["aside"].astype(bool)
    # By time, so that of each object the last one stays.
    stream.put_aside(dict(zip(found["object_id"][aside], found["time_us"][aside].tolist(), strict=True)))
    stream.add(
        found["account_id"].tolist(),
        found["object_id"].tolist(),
        found["time_us"].astype(np.int64),
        found["post_id"].tolist(),
    )
    for name in COUNTERS:
        setattr(stream, name, state[name])
    # The newest may have been a share that is kept no longer only where nothing is kept.
    stream.newest_us = state["newest_us"]
    return stream, dict(state["place"])


def _number(folder: Path) -> int:
    if not (folder / STATE).is_file():
        return 0
    return int(json.loads((folder / STATE).read_text(encoding="utf-8"))["number"])
