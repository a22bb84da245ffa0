"""Share logs of people who act independently, made once and kept: what the speed of the kernel is measured on.

    python benchmarks/logs.py --logs DIR [--shares 100000000] [--seed 0]

A log is a Parquet file ``log-1e7.parquet`` of account, object and second, in order of time, as a collector would write
it; sixteen shares an account, over fourteen days (`groundswell.simulate.crowd`). A log of 10^8 takes a quarter of an
hour and 10 GB to make, so it is made ahead and found again.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.simulate.crowd import crowd
from groundswell.simulate.people import gather
from groundswell.simulate.scene import START_S

SHARES_PER_ACCOUNT = 16


def main() -> None:
    """Make one log, unless it is there."""
    parser = argparse.ArgumentParser(description="A share log for the benchmarks.")
    parser.add_argument("--logs", type=Path, required=True, help="folder of the logs")
    parser.add_argument("--shares", type=int, default=100_000_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(log_of(options.logs, options.shares, options.seed))


def log_of(folder: Path, shares: int, seed: int = 0) -> Path:
    """The log of so many shares in this folder; made if it is missing."""
    power = math.log10(shares)
    name = f"1e{power:.0f}" if power == round(power) else str(shares)
    path = folder / (f"log-{name}.parquet" if seed == 0 else f"log-{name}-seed{seed}.parquet")
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        _make(aside, shares, seed)
        aside.replace(path)
    return path


def _make(path: Path, shares: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    log = crowd(rng, gather(rng, shares // SHARES_PER_ACCOUNT), shares=shares)
    account, thing, second = (
        log.account.astype(np.int32),
        log.object.astype(np.int32),
        log.time_s.astype(np.int64) + START_S,
    )
    order = np.argsort(log.time_s, kind="stable")
    del log
    columns = {"account": account[order], "object": thing[order], "second": second[order]}
    with Duck() as engine:
        engine.con.register("log", columns)
        engine.con.execute(f"copy log to '{str(path).replace(chr(39), chr(39) * 2)}' (format parquet)")


if __name__ == "__main__":
    main()
