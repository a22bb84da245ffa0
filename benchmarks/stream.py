"""Links kept up to date while shares arrive: events a CPU second, and that the answer is the batch's.

    python benchmarks/stream.py [--shares 1000000] [--batch 1000] [--horizon-h 48] [--seed 0] [--json FILE]

Replays a seeded log of people who act independently, with ids as long as a platform's, in batches; whatever is older
than the horizon expires on the way. The first 20,000 shares warm up what was compiled and are not timed. After each
quarter the pairs must be those of `pairs_within` on the shares kept. The rate is taken over all batches; the second
figure is the rate of the batches after the first expiry, in which each share that comes costs one that goes.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.detect.pairs import pairs_within
from groundswell.detect.stream import Stream
from groundswell.simulate.crowd import crowd
from groundswell.simulate.people import gather
from groundswell.simulate.scene import START_S

SHARES_PER_ACCOUNT = 16
WARM = 20_000
TARGET = 200_000
WINDOW = timedelta(seconds=60)


def main() -> None:
    """Make the log, replay, compare, print and write."""
    parser = argparse.ArgumentParser(description="Links kept up to date while shares arrive.")
    parser.add_argument("--shares", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--horizon-h", type=float, default=48.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    log = logged(options.shares, options.seed)
    replay(tuple(column[:WARM] for column in log), options.batch, timedelta(hours=1))
    report = {
        "shares": options.shares,
        "batch": options.batch,
        "horizon_h": options.horizon_h,
        "seed": options.seed,
        **replay(log, options.batch, timedelta(hours=options.horizon_h)),
        "target": f"{TARGET:,} events a CPU second in batches of 1,000 with expiry on",
    }
    print(json.dumps(report, indent=2))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def logged(shares: int, seed: int) -> tuple[np.ndarray[Any, Any], ...]:
    """Accounts, objects, times and posts in the order of time."""
    rng = np.random.default_rng(seed)
    log = crowd(rng, gather(rng, shares // SHARES_PER_ACCOUNT), shares=shares)
    order = np.argsort(log.time_s, kind="stable")
    account = np.array([f"did:plc:{number:024x}" for number in log.account[order].tolist()], object)
    thing = np.array([f"https://site.example/article/{number}" for number in log.object[order].tolist()], object)
    time_us = (log.time_s[order].astype(np.int64) + START_S) * 1_000_000
    post = np.array([f"{number:018d}" for number in range(log.n)], object)
    return account, thing, time_us, post


def replay(log: tuple[np.ndarray[Any, Any], ...], batch: int, horizon: timedelta) -> dict[str, Any]:
    """Feed the log batch by batch."""
    stream = Stream(WINDOW, horizon=horizon)
    n = len(log[0])
    looks = {part * (n // batch) // 4 for part in (1, 2, 3)}
    spent, spent_full, full, n_risen, most, batches = 0.0, 0.0, 0, 0, 0, []
    for begin in range(0, n, batch):
        part = [column[begin : begin + batch] for column in log]
        arguments = (part[0].tolist(), part[1].tolist(), part[2], part[3].tolist())
        before = time.process_time()
        n_risen += len(stream.add(*arguments))
        took = time.process_time() - before
        spent += took
        batches.append(took)
        most = max(most, len(stream))
        if len(stream) < stream.n_taken:
            spent_full, full = spent_full + took, full + len(part[0])
        if begin // batch in looks:
            compare(stream)
    return {
        "most_kept": most,
        "expired": stream.n_taken - len(stream),
        "late": stream.n_late,
        "risen": n_risen,
        "cpu_s": round(spent, 2),
        "events_a_cpu_s": round(n / spent),
        "events_a_cpu_s_while_expiring": round(full / spent_full) if spent_full else None,
        "batch_ms_median": round(1e3 * float(np.median(batches)), 2),
        "batch_ms_p99": round(1e3 * float(np.quantile(batches, 0.99)), 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def compare(stream: Stream) -> None:
    """Stop unless the stream's pairs are the batch's."""
    shares = stream.shares("url")
    (pairs,) = pairs_within(shares, [WINDOW], min_objects=stream.min_objects)
    found = stream.pairs()
    same = (
        np.array_equal(found["account_a"], shares.account_ids[pairs.a])
        and np.array_equal(found["account_b"], shares.account_ids[pairs.b])
        and np.array_equal(found["n_objects"], pairs.n_objects)
    )
    if not same:
        raise SystemExit(f"the two disagree: {len(found['n_objects'])} and {len(pairs.a)} pairs")


if __name__ == "__main__":
    main()
