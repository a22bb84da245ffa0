"""What `run.py` measures, each in a process of its own: one job, one log, one line of JSON.

    python benchmarks/jobs.py JOB --log FILE [--window 60] [--min-objects 2] [--venv DIR] [--rounds N]

A window of ``inf`` seconds is none. Every job reads the Parquet file itself. What numba compiled is loaded before the
clock starts and told apart (``loading_cpu_s``), for it is the same for ten shares and for ten million.
"""

from __future__ import annotations

import argparse
import hashlib
import json
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

from groundswell.detect import pairs as pairs_module
from groundswell.detect.bucketed import QUERY
from groundswell.detect.fdr import adjusted, trials
from groundswell.detect.links import linked, links_beyond_chance
from groundswell.detect.near import near_pairs
from groundswell.detect.pairs import Pairs, pairs_within
from groundswell.detect.selection import selection
from groundswell.detect.share_log import numbered_shares
from groundswell.detect.shares import Shares
from groundswell.engine.duck import Duck

Figures = dict[str, Any]

READ = "select account, object, second * 1000000 as time_us from read_parquet($log)"
ROW_BYTES, MEETING_BYTES = 16, 8

NAIVE = """
select least(a.account, b.account) as account_a, greatest(a.account, b.account) as account_b,
       count(distinct a.object) as n_objects
from log as a join log as b
  on a.object = b.object and a.account < b.account and abs(a.second - b.second) <= $window
group by all having n_objects >= $min_objects order by all
"""

TOOLKIT = """
import json, os, resource, sqlite3, sys, tempfile, hashlib
from coordination_network_toolkit import compute_networks, preprocess
def spent():
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
if __name__ == "__main__":
    told, sys.stdout = sys.stdout, sys.stderr
    rows, window, least = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "shares.db")
        began = spent()
        preprocess.preprocess_csv_files(db, [rows])
        filled = spent()
        compute_networks.compute_co_link_network(db, window, n_threads=2, min_edge_weight=least)
        ended = spent()
        found = sqlite3.connect(db).execute(
            "select cast(user_1 as int), cast(user_2 as int), weight from co_link_network "
            "where cast(user_1 as int) < cast(user_2 as int) order by 1, 2").fetchall()
    said = hashlib.sha256(repr(found).encode()).hexdigest()
    print(json.dumps({"cpu_s": round(ended - filled, 2), "filling_cpu_s": round(filled - began, 2),
                      "pairs": len(found), "sha256": said}), file=told)
"""


def main() -> None:
    """Do one job and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--window", type=float, default=60.0)
    parser.add_argument("--min-objects", type=int, default=2)
    parser.add_argument("--venv", type=Path)
    options = parser.parse_args()
    figures = JOBS[options.job](options)
    print(json.dumps({**figures, "process_peak_mb": peak_mb(), "process_cpu_s": round(time.process_time(), 2)}))


def window_of(options: argparse.Namespace) -> timedelta:
    """The window; the longest there is for none."""
    return timedelta.max if options.window == float("inf") else timedelta(seconds=options.window)


def shares_of_log(log: Path) -> Shares:
    """Read and group by object, as the kernels want it."""
    with Duck() as engine:
        read = engine.query(READ, log=str(log))
    return numbered_shares("url", read.pop("account"), read.pop("object"), read.pop("time_us"))


def floor(options: argparse.Namespace) -> Figures:
    """What no program can do without: the three columns in memory, and each byte moved at the speed of the memory."""
    decode, scan = [], []
    with Duck() as engine:
        name = str(options.log)
        for _ in range(3):
            with measured() as figures:
                engine.query("select account, object, second from read_parquet($log)", log=name)
            decode.append(figures["cpu_s"])
            with measured() as figures:
                engine.rows("select sum(account), sum(object), sum(second) from read_parquet($log)", log=name)
            scan.append(figures["cpu_s"])
    ones = np.ones(50_000_000)
    began = time.process_time()
    for _ in range(5):
        ones.sum()
    speed = 5 * ones.nbytes / (time.process_time() - began)
    del ones
    shares = shares_of_log(options.log)
    meetings = int(near_pairs(shares, window_of(options)).near.sum())
    moved = 2 * ROW_BYTES * shares.n + MEETING_BYTES * meetings
    return {
        "cpu_s": round(sorted(decode)[1] + moved / speed, 3),
        "decode_cpu_s": sorted(decode)[1],
        "scan_cpu_s": sorted(scan)[1],
        "bytes_a_s": round(speed),
        "meetings": meetings,
    }


def kernel(options: argparse.Namespace) -> Figures:
    """Read, group by object, count with the kernel."""
    loading = warmed()
    with measured() as figures:
        shares = shares_of_log(options.log)
        (pairs,) = pairs_within(shares, [window_of(options)], min_objects=options.min_objects)
    return {**figures, **loading, **fingerprint(pairs.a, pairs.b, pairs.n_objects)}


def ladder(options: argparse.Namespace) -> Figures:
    """Four windows in one sweep, the longest as asked, against one after the other."""
    warmed()
    shares = shares_of_log(options.log)
    windows = [window_of(options) / part for part in (8, 4, 2, 1)]
    pairs_within(small_log(), windows)
    with measured() as sweep:
        together = pairs_within(shares, windows, min_objects=options.min_objects)
    with measured() as single:
        apart = [pairs_within(shares, [window], min_objects=options.min_objects)[0] for window in windows]
    same = all(prints(a) == prints(b) for a, b in zip(together, apart, strict=True))
    return {**sweep, "apart_cpu_s": single["cpu_s"], "same": same, "pairs": [len(pairs.a) for pairs in together]}


def cut(options: argparse.Namespace) -> Figures:
    """Links beyond chance in a long window, the cut inside the kernel; reading included."""
    warmed()
    links_beyond_chance(small_log(), timedelta(seconds=1), min_objects=1)
    with measured() as figures:
        shares = shares_of_log(options.log)
        found = links_beyond_chance(shares, window_of(options), min_objects=options.min_objects)
    remark = "links whose timing q-value is .01 or less, of all pairs that met often enough"
    return {**figures, "pairs": len(found["p_timing"]), "remark": remark}


def prefix(options: argparse.Namespace) -> Figures:
    """Objects in common at any time, by prefixes and by the product, where everybody shares one object more."""
    warmed()
    read = shares_of_log(options.log)
    n = len(read.account_ids)
    account = np.concatenate((read.account, np.arange(n, dtype=np.int32)))
    thing = np.concatenate((read.object, np.full(n, len(read.object_ids), np.int32)))
    shares = numbered_shares("url", account, thing, np.zeros(len(account), np.int64))
    pairs_module.CHEAP = 0
    pairs_within(small_log(), [timedelta.max], min_objects=1)
    with measured() as figures:
        (quick,) = pairs_within(shares, [timedelta.max], min_objects=options.min_objects)
    pairs_module.CHEAP = 1 << 62
    with measured() as plain:
        (slow,) = pairs_within(shares, [timedelta.max], min_objects=options.min_objects)
    remark = f"with one object that all share, without reading; the product takes {plain['cpu_s']} CPU s"
    return {**figures, "pairs": len(quick.a), "same": prints(quick) == prints(slow), "remark": remark}


def nulls(options: argparse.Namespace) -> Figures:
    """The kernel, and then each part of what makes pairs links: trials, both nulls, q-values."""
    warmed()
    list(linked(small_log(), [timedelta(seconds=1)], 1, None))
    shares = shares_of_log(options.log)
    window = window_of(options)
    with measured() as whole:
        ((pairs, table),) = linked(shares, [window], options.min_objects, None)
    with measured() as counting:
        pairs_within(shares, [window], min_objects=options.min_objects)
    with measured() as testable:
        tried = trials(shares, min_objects=options.min_objects, threads=2)
    with measured() as yardstick:
        near = near_pairs(shares, window)
    with measured() as choosing:
        selection(shares, near, pairs)
    with measured() as discoveries:
        adjusted(table["p_timing"], tried.timing)
        adjusted(table["p_selection"], tried.selection)
    parts = {"kernel": counting, "trials": testable, "near": yardstick, "selection": choosing, "fdr": discoveries}
    spent = {f"{name}_cpu_s": part["cpu_s"] for name, part in parts.items()}
    # Two calls of `adjusted` above; the timing null is what is left of the whole.
    rest = round(whole["cpu_s"] - sum(spent.values()), 2)
    return {**whole, **spent, "timing_cpu_s": max(rest, 0.0), "pairs": len(pairs.a)}


def join(options: argparse.Namespace) -> Figures:
    """Read and count with the bucketed join, on the same numbers."""
    window_us = round(options.window * 1e6)
    with measured() as figures, Duck() as engine:
        log = str(options.log).replace("'", "''")
        engine.con.execute(
            f"""create view traces as
                select 'url' as kind, account as account_id, object as object_id,
                       make_timestamp(second * 1000000) as time
                from read_parquet('{log}')"""
        )
        found = engine.query(
            QUERY, kind="url", window_us=window_us, width_us=window_us, min_objects=options.min_objects
        )
    return {**figures, **fingerprint(found["account_a"], found["account_b"], found["n_objects"])}


def naive(options: argparse.Namespace) -> Figures:
    """Read and join every two shares of an object, as one would write it first."""
    with measured() as figures, Duck() as engine:
        log = str(options.log).replace("'", "''")
        engine.con.execute(f"create view log as select * from read_parquet('{log}')")
        window = options.window if options.window != float("inf") else 1e12
        found = engine.query(NAIVE, window=window, min_objects=options.min_objects)
    return {**figures, **fingerprint(found["account_a"], found["account_b"], found["n_objects"])}


def toolkit(options: argparse.Namespace) -> Figures:
    """coordination-network-toolkit on the first shares, against the kernel on the same; both must agree."""
    python = options.venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", options.venv], check=True, stdout=sys.stderr)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "coordination-network-toolkit"], check=True, stdout=sys.stderr
        )
    warmed()
    with tempfile.TemporaryDirectory() as folder:
        first, rows = Path(folder) / "first.parquet", Path(folder) / "first.csv"
        with Duck() as engine:
            engine.con.execute(
                f"""create table first as
                    select account, object, min(second) as second from read_parquet('{options.log}')
                    group by all order by second, account, object;
                    copy first to '{first}' (format parquet)"""
            )
            engine.con.execute(
                f"""copy (
                        select row_number() over (order by second, account, object) as message_id, account as user_id,
                               account as username, '' as repost_id, '' as reply_id, '' as message,
                               second as timestamp, 'https://site.example/' || object as urls
                        from first order by message_id
                    ) to '{rows}' (format csv, header)"""
            )
        script = Path(folder) / "toolkit.py"
        script.write_text(TOOLKIT)
        command = [python, script, rows, str(options.window), str(options.min_objects)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        theirs = json.loads(done.stdout)
        with measured() as figures:
            shares = shares_of_log(first)
            (pairs,) = pairs_within(shares, [window_of(options)], min_objects=options.min_objects)
    listed = list(zip(pairs.a.tolist(), pairs.b.tolist(), pairs.n_objects.tolist(), strict=True))
    ours = hashlib.sha256(repr(listed).encode()).hexdigest()
    if ours != theirs["sha256"]:
        raise SystemExit(
            f"the toolkit finds {theirs['pairs']} pairs, the kernel {len(listed)}, and they are not the same"
        )
    return {
        "cpu_s": theirs["cpu_s"],
        "filling_cpu_s": theirs["filling_cpu_s"],
        "kernel_cpu_s": figures["cpu_s"],
        "first_shares": shares.n,
        "pairs": len(listed),
    }


def warmed() -> Figures:
    """Load what was compiled, or compile it; how long that took."""
    with measured() as figures:
        pairs_within(small_log(), [timedelta(seconds=1)], min_objects=1)
    return {"loading_cpu_s": figures["cpu_s"]}


def small_log() -> Shares:
    """Two shares of one object."""
    return numbered_shares("url", np.array([0, 1], np.int32), np.array([0, 0], np.int32), np.array([0, 0], np.int64))


@contextmanager
def measured() -> Iterator[Figures]:
    """CPU and wall seconds inside the block, and the process's highest memory so far."""
    figures: Figures = {}
    cpu, wall = time.process_time(), time.perf_counter()
    yield figures
    figures["cpu_s"] = round(time.process_time() - cpu, 3)
    figures["wall_s"] = round(time.perf_counter() - wall, 3)
    figures["peak_mb"] = peak_mb()


def peak_mb() -> int:
    """MB that this process held at most so far."""
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def fingerprint(*columns: np.ndarray[Any, Any]) -> Figures:
    """Number of pairs and a hash over all of them, in order."""
    digest = hashlib.sha256()
    for column in columns:
        digest.update(np.ascontiguousarray(column, dtype=np.int64).tobytes())
    return {"pairs": len(columns[0]), "sha256": digest.hexdigest()}


def prints(pairs: Pairs) -> str:
    """A hash of the pairs."""
    return str(fingerprint(pairs.a, pairs.b, pairs.n_objects)["sha256"])


JOBS = {
    "floor": floor,
    "kernel": kernel,
    "ladder": ladder,
    "cut": cut,
    "prefix": prefix,
    "nulls": nulls,
    "join": join,
    "naive": naive,
    "toolkit": toolkit,
}

if __name__ == "__main__":
    main()
