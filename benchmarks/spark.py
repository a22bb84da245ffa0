"""What the links cost on Spark: wall, CPU and memory with one executor and with two, and the driver's own memory.

    python benchmarks/spark.py --shares 100000 --shares 1000000 --executors 1 --executors 2

The log is that of `groundswell simulate log`; the links are those of `groundswell detect --window 60s`. CPU and memory
are summed over the process tree: this process and Spark's driver, the executors and their Python workers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from groundswell.detect.links import links
from groundswell.detect.on_spark.links import define_links
from groundswell.detect.shares import shares_of
from groundswell.engine.duck import Duck
from groundswell.engine.spark import Spark
from groundswell.model.link import LINKS
from groundswell.model.table import text_column
from groundswell.model.trace import TRACES
from groundswell.simulate.catalogue import simulate

WINDOW = timedelta(seconds=60)
TICK = os.sysconf("SC_CLK_TCK")


def write_log(n: int, path: Path) -> int:
    """Write a made-up log of about `n` shares as traces; returns how many there are."""
    log = simulate("log", seed=0, shares=n).shares
    assert log is not None
    rows = len(log["account_id"])
    columns = {
        "kind": text_column(["share"] * rows),
        "object_id": log["object_id"],
        "account_id": log["account_id"],
        "post_id": log["content_id"],
        "time": (log["timestamp_share"] * 1_000_000).astype("datetime64[us]"),
    }
    with Duck() as engine:
        engine.write(TRACES, columns, path)
    return rows


def tree() -> dict[int, dict[str, float | str]]:
    """CPU seconds, with those of ended children, and most memory of this process and all below it."""
    parent, found = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                told = (folder / "stat").read_text().rsplit(") ", 1)[1].split()
                status = (folder / "status").read_text()
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            peak = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
            pid = int(folder.name)
            parent[pid] = int(told[1])
            found[pid] = {
                "cpu_s": sum(map(int, told[11:15])) / TICK,
                "peak_mb": peak[0] / 1024 if peak else 0.0,
                "what": "executor"
                if b"CoarseGrainedExecutorBackend" in words
                else "java"
                if b"java" in words
                else "python",
            }
    mine = {os.getpid()}
    while more := {pid for pid, of in parent.items() if of in mine} - mine:
        mine |= more
    return {pid: found[pid] for pid in mine}


def main() -> None:
    """Measure and print one JSON line a run."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--shares", type=int, action="append")
    asked.add_argument("--executors", type=int, action="append")
    asked.add_argument("--memory", type=int, default=2048, help="MB of each executor")
    asked.add_argument("--no-check", action="store_true", help="don't compare with the links of one process")
    asked.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.inside:
        print(json.dumps(measured(told.inside, *told.executors, told.memory)))
        return
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        for n in told.shares or [100_000]:
            rows = write_log(n, folder / "traces.parquet")
            if not told.no_check:
                started = time.process_time()
                expect(folder)
                print(
                    json.dumps({"shares": rows, "one_process_cpu_s": round(time.process_time() - started, 1)}),
                    flush=True,
                )
            for executors in told.executors or [1]:
                # A process of its own, so that its memory is that of Spark's driver and nothing else.
                words = [__file__, "--inside", folder, "--executors", executors, "--memory", told.memory]
                ran = subprocess.run([sys.executable, *map(str, words)], stdout=subprocess.PIPE, text=True, check=True)
                figures = json.loads(ran.stdout.splitlines()[-1])
                scratch = figures.pop("scratch_bytes")
                same = None if told.no_check else bits(folder / "found.parquet") == bits(folder / "expected.parquet")
                per_share = round(scratch / rows, 1)
                print(
                    json.dumps({"shares": rows, **figures, "scratch_bytes_a_share": per_share, "same_links": same}),
                    flush=True,
                )


def expect(folder: Path) -> None:
    """Write the links that one process finds."""
    with Duck() as engine:
        engine.open(TRACES, [folder / "traces.parquet"])
        engine.load(LINKS, links(shares_of(engine, "share"), [WINDOW]))
        engine.save(LINKS, folder / "expected.parquet")


def bits(path: Path) -> dict[str, str]:
    """A digest of each column, in the order of the rows; the same values can be packed into a file in two ways."""
    with Duck() as engine:
        engine.open(LINKS, [path])
        columns = engine.query("select * from links")
    return {
        name: hashlib.sha256("\0".join(column).encode() if column.dtype == object else column.tobytes()).hexdigest()
        for name, column in columns.items()
    }


def measured(folder: Path, executors: int, memory: int) -> dict[str, object]:
    """One run on so many executors of one core."""
    master = f"local-cluster[{executors},1,{memory}]"
    settings = {"spark.executor.memory": f"{memory // 2}m"}
    before = {pid: told["cpu_s"] for pid, told in tree().items()}
    opened = time.perf_counter()
    with Spark(master, folder, settings=settings) as spark:
        started = time.perf_counter()
        spark.open(TRACES, [folder / "traces.parquet"])
        define_links(spark, [WINDOW])
        ended = time.perf_counter()
        # Before the links are sorted for the comparison, which is no part of a run.
        drivers = [float(told["peak_mb"]) for told in tree().values() if told["what"] == "java"]
        driver_python = float(tree()[os.getpid()]["peak_mb"])
        scratch = sum(file.stat().st_size for file in spark.scratch.rglob("*.parquet"))
        spark.save(LINKS, folder / "found.parquet")
        processes = tree()
    cpu = {pid: float(told["cpu_s"]) - float(before.get(pid, 0.0)) for pid, told in processes.items()}
    return {
        "executors": executors,
        "open_s": round(started - opened, 1),
        "wall_s": round(ended - started, 1),
        "cpu_s": round(sum(cpu.values()), 1),
        "driver_java_cpu_s": round(sum(cpu[pid] for pid, told in processes.items() if told["what"] == "java"), 1),
        "python_cpu_s": round(sum(cpu[pid] for pid, told in processes.items() if told["what"] == "python"), 1),
        "driver_java_mb": round(sum(drivers)),
        "driver_python_mb": round(driver_python),
        "scratch_bytes": scratch,
    }


if __name__ == "__main__":
    main()
