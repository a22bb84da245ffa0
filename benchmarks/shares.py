"""Numbering traces, and links of another window: what a person waits for.

    python benchmarks/shares.py [--shares 1000000] [--seed 0] [--json FILE]

Makes a seeded log of people who act independently, with ids as long as a platform's, and writes it as a study's traces.
Then times `shares_of` twice (the first one loads what was compiled) and questions put to kept shares. CPU seconds of
this process; wall times depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.links import links
from groundswell.detect.shares import shares_of
from groundswell.detect.shares_kept import kept_shares
from groundswell.engine.duck import Duck
from groundswell.model.trace import TRACES
from groundswell.simulate.crowd import crowd
from groundswell.simulate.people import gather
from groundswell.simulate.scene import START_S

SHARES_PER_ACCOUNT = 16
QUESTIONS = ((60, 2), (60, 3), (10, 2), (600, 3))
"""Window in seconds, fewest objects."""

LOG = """
copy (
    select 'url' as kind, 'https://site.example/article/' || object as object_id, md5(account::text)[:14] as account_id,
           lpad(row::text, 18, '0') as post_id, make_timestamp(second * 1000000) as time
    from log
    order by kind, object_id, time, account_id, post_id
) to '{}' (format parquet, compression zstd)
"""


def main() -> None:
    """Make the log, time, print and write."""
    parser = argparse.ArgumentParser(description="Numbering traces, and links of another window.")
    parser.add_argument("--shares", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        traces = Path(folder) / "traces.parquet"
        make(traces, options.shares, options.seed)
        report = {"shares": options.shares, "seed": options.seed, **measured(traces)}
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def make(traces: Path, shares: int, seed: int) -> None:
    """Write the log in the order of the contract."""
    rng = np.random.default_rng(seed)
    log = crowd(rng, gather(rng, shares // SHARES_PER_ACCOUNT), shares=shares)
    columns = {"account": log.account, "object": log.object, "second": log.time_s, "row": np.arange(log.n)}
    with Duck() as engine:
        columns["second"] = columns["second"] + START_S
        engine.con.register("log", {name: column.astype(np.int64) for name, column in columns.items()})
        engine.con.execute(LOG.format(str(traces).replace("'", "''")))


def measured(traces: Path) -> dict[str, Any]:
    """CPU seconds of each, and the peak after numbering and in the end."""

    def number() -> int:
        with Duck() as engine:
            engine.open(TRACES, [traces])
            return shares_of(engine, "url").n

    def ask(window_s: int, min_objects: int) -> Callable[[], int]:
        def question() -> int:
            with Duck() as engine:
                engine.open(TRACES, [traces])
                window = [timedelta(seconds=window_s)]
                return sum(
                    len(links(kept, window, min_objects=min_objects)["p_timing"])
                    for kept in kept_shares(engine, traces)
                )

        return question

    first, again = timed(number), timed(number)
    peak_mb = peak()
    return {
        "number_first": first,
        "number_again": again,
        "number_peak_mb": peak_mb,
        "keep": timed(ask(*QUESTIONS[0])),
        "questions": [
            {"window_s": window_s, "min_objects": least, **timed(ask(window_s, least))} for window_s, least in QUESTIONS
        ],
        "peak_mb": peak(),
    }


def timed(work: Callable[[], int]) -> dict[str, float]:
    """CPU and wall seconds, and how many rows came."""
    cpu, wall = time.process_time(), time.perf_counter()
    rows = work()
    return {
        "rows": rows,
        "cpu_s": round(time.process_time() - cpu, 2),
        "wall_s": round(time.perf_counter() - wall, 2),
    }


def peak() -> int:
    """MB that the process held at most so far."""
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
