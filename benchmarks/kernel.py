"""The pair kernel against the bucketed join, on one log, in one run.

    python benchmarks/kernel.py [--shares 10000000] [--window 60] [--min-objects 2] [--seed 0] [--json FILE]

Makes a seeded log of people who act independently (`groundswell.simulate`), as numbers: account, object, second.
Then a child process each reads the same Parquet file and counts the same pairs: DuckDB by the join a reader can
check, Groundswell by its kernel, in-process sorting by object included. Both must give the same pairs. CPU
seconds are the figure to compare: they hardly depend on what else the machine is doing, unlike wall time.

The kernel runs twice in its child, because the first run on a machine also compiles. Compilation is cached and
shown apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.bucketed import QUERY
from groundswell.detect.pairs import pairs_within
from groundswell.detect.shares import Shares
from groundswell.engine.duck import Duck
from groundswell.simulate.crowd import crowd
from groundswell.simulate.people import gather
from groundswell.simulate.scene import START_S

SHARES_PER_ACCOUNT = 16
TARGET_SHARES, TARGET_RATIO, TARGET_PEAK_MB = 10_000_000, 6.0, 1500.0

Columns = dict[str, np.ndarray[Any, Any]]


def main() -> None:
    """Make the log, run both children, compare, print and write."""
    options = parsed()
    if options.child:
        print(json.dumps(CHILDREN[options.child](options)))
        return
    with tempfile.TemporaryDirectory() as folder:
        options.log = Path(folder) / "log.parquet"
        run("make", options)
        compiled = run("kernel", options)
        results = {name: run(name, options) for name in ("kernel", "join")}
    kernel, join = results["kernel"], results["join"]
    if kernel["sha256"] != join["sha256"]:
        raise SystemExit(f"the two disagree: {kernel['pairs']} and {join['pairs']} pairs")
    report = {
        "shares": options.shares,
        "window_s": options.window,
        "min_objects": options.min_objects,
        "seed": options.seed,
        "cores": os.cpu_count(),
        **results,
        "kernel_compiling_cpu_s": round(max(compiled["cpu_s"] - kernel["cpu_s"], 0.0), 2),
        "ratio_cpu": round(join["cpu_s"] / kernel["cpu_s"], 1),
        "ratio_wall": round(join["wall_s"] / kernel["wall_s"], 1),
        "ratio_peak": round(join["peak_mb"] / kernel["peak_mb"], 1),
        "target": f"at {TARGET_SHARES:,} shares, ratio_cpu >= {TARGET_RATIO:g}, kernel peak < {TARGET_PEAK_MB:g} MB",
        "met": None if options.shares < TARGET_SHARES else reached(kernel, join),
    }
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def reached(kernel: dict[str, Any], join: dict[str, Any]) -> bool:
    """Whether the kernel is as much cheaper, and as small, as was asked."""
    return bool(join["cpu_s"] >= TARGET_RATIO * kernel["cpu_s"] and kernel["peak_mb"] < TARGET_PEAK_MB)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="The pair kernel against the bucketed join.")
    parser.add_argument("--shares", type=int, default=10_000_000)
    parser.add_argument("--window", type=float, default=60.0, help="seconds")
    parser.add_argument("--min-objects", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(child: str, options: argparse.Namespace) -> dict[str, Any]:
    """Run one part in a process of its own, so that its CPU time and its peak are nobody else's."""
    command = [sys.executable, __file__, "--child", child, "--log", str(options.log)]
    command += ["--shares", str(options.shares), "--window", str(options.window)]
    command += ["--min-objects", str(options.min_objects), "--seed", str(options.seed)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def make(options: argparse.Namespace) -> dict[str, Any]:
    """Write the log: account, object and second, in order of time, as a collector would."""
    rng = np.random.default_rng(options.seed)
    log = crowd(rng, gather(rng, options.shares // SHARES_PER_ACCOUNT), shares=options.shares)
    order = np.argsort(log.time_s, kind="stable")
    columns = {
        "account": log.account[order].astype(np.int32),
        "object": log.object[order].astype(np.int32),
        "second": log.time_s[order].astype(np.int64) + START_S,
    }
    with Duck() as engine:
        engine.con.register("log", columns)
        engine.con.execute(f"copy log to '{options.log}' (format parquet)")
    return {"shares": log.n}


def kernel(options: argparse.Namespace) -> dict[str, Any]:
    """Read, sort by object, count with the kernel."""
    with measured() as figures:
        with Duck() as engine:
            read = engine.query(
                "select account, object, second * 1000000 as time_us from read_parquet($log)", log=str(options.log)
            )
        shares = by_object(read)
        window = timedelta(seconds=options.window)
        (pairs,) = pairs_within(shares, [window], min_objects=options.min_objects)
    return {**figures, **fingerprint(pairs.a, pairs.b, pairs.n_objects)}


def by_object(read: Columns) -> Shares:
    """The log as the kernel wants it: by object, then time. It is in order of time, so the row number is a clock."""
    numbered = read["object"].astype(np.int64) << 32 | np.arange(len(read["object"]))
    numbered.sort()
    order = numbered & 0xFFFFFFFF
    del numbered
    account, thing, time_us = (read.pop(name)[order] for name in ("account", "object", "time_us"))
    return Shares(
        kind="share",
        account=account,
        object=thing,
        time_us=time_us,
        post=np.empty(0, dtype=object),
        account_ids=np.arange(account.max() + 1),
        object_ids=np.arange(thing.max() + 1),
    )


def join(options: argparse.Namespace) -> dict[str, Any]:
    """Read and count with the bucketed join, on the same numbers."""
    window_us = round(options.window * 1e6)
    with measured() as figures, Duck() as engine:
        log = str(options.log).replace("'", "''")
        engine.con.execute(
            f"""create view traces as
                select 'share' as kind, account as account_id, object as object_id,
                       make_timestamp(second * 1000000) as time
                from read_parquet('{log}')"""
        )
        found = engine.query(
            QUERY, kind="share", window_us=window_us, width_us=window_us, min_objects=options.min_objects
        )
    return {**figures, **fingerprint(found["account_a"], found["account_b"], found["n_objects"])}


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    """CPU and wall seconds inside the block, and the process's highest memory so far."""
    figures: dict[str, float] = {}
    cpu, wall = time.process_time(), time.perf_counter()
    yield figures
    figures["cpu_s"] = round(time.process_time() - cpu, 2)
    figures["wall_s"] = round(time.perf_counter() - wall, 2)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0)


def fingerprint(*columns: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Number of pairs and a hash over all of them, in order."""
    same = np.stack([column.astype(np.int64) for column in columns])
    return {
        "pairs": len(columns[0]),
        "objects_met": int(columns[2].sum()),
        "sha256": hashlib.sha256(same.tobytes()).hexdigest(),
    }


def table(report: dict[str, Any]) -> str:
    """What a person reads."""
    lines = [
        f"{report['shares']:,} shares, window {report['window_s']:g} s, at least {report['min_objects']} objects,"
        f" seed {report['seed']}, {report['cores']} cores: {report['kernel']['pairs']:,} pairs, the same from both.",
        "",
        f"{'':24}{'CPU s':>10}{'wall s':>10}{'peak MB':>10}",
    ]
    for name, said in (("kernel", "pair kernel"), ("join", "DuckDB bucketed join")):
        figures = report[name]
        lines.append(f"{said:24}{figures['cpu_s']:>10.1f}{figures['wall_s']:>10.1f}{figures['peak_mb']:>10,.0f}")
    lines.append(
        f"{'the join takes, times':24}{report['ratio_cpu']:>10}{report['ratio_wall']:>10}{report['ratio_peak']:>10}"
    )
    lines += ["", f"Compiling, once a machine: {report['kernel_compiling_cpu_s']:g} CPU s."]
    verdict = {True: "met", False: "MISSED", None: "not asked of a smaller log"}[report["met"]]
    lines.append(f"Target {report['target']}: {verdict}.")
    return "\n".join(lines)


CHILDREN = {"make": make, "kernel": kernel, "join": join}

if __name__ == "__main__":
    main()
