"""Share logs of people who act independently, made once and kept: what the speed of the kernel is measured on.

    python benchmarks/logs.py --logs DIR [--shares 100000000] [--seed 0] [--wide]

A log is a Parquet file ``log-1e7.parquet`` of account, object and second, in order of time, as a collector would write
it; sixteen shares an account, over fourteen days (`groundswell.simulate.crowd`). A log of 10^8 takes a quarter of an
hour and 10 GB to make, so it is made ahead and found again.

There are two ways to have ten times the shares. Ten times the people in one crowd: famous objects grow more famous, and
meetings grow much faster than shares. Or ten crowds, as when a collector follows ten countries and no longer one: the
``wide`` logs, of a million shares a crowd, in which meetings and pairs grow as the shares do. There accounts and
objects of all crowds are numbered at random among one another, as their ids would be.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.simulate.crowd import crowd
from groundswell.simulate.people import gather
from groundswell.simulate.scene import START_S

SHARES_PER_ACCOUNT = 16
SHARES_PER_CROWD = 1_000_000
"""Of a wide log."""


Columns = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


def main() -> None:
    """Make one log, unless it is there."""
    parser = argparse.ArgumentParser(description="A share log for the benchmarks.")
    parser.add_argument("--logs", type=Path, required=True, help="folder of the logs")
    parser.add_argument("--shares", type=int, default=100_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--wide", action="store_true", help="many crowds, of a million shares each")
    options = parser.parse_args()
    print(log_of(options.logs, options.shares, options.seed, wide=options.wide))


def log_of(folder: Path, shares: int, seed: int = 0, *, wide: bool = False) -> Path:
    """The log of so many shares in this folder; made if it is missing."""
    power = math.log10(shares)
    name = f"1e{power:.0f}" if power == round(power) else str(shares)
    name += ("-wide" if wide else "") + (f"-seed{seed}" if seed else "")
    path = folder / f"log-{name}.parquet"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        rng = np.random.default_rng(seed)
        _write(aside, *(_crowds(rng, shares) if wide else _crowd(rng, shares)))
        aside.replace(path)
    return path


def _crowd(rng: np.random.Generator, shares: int) -> Columns:
    """One crowd: accounts, objects, and times in seconds since it began."""
    log = crowd(rng, gather(rng, shares // SHARES_PER_ACCOUNT), shares=shares)
    return log.account.astype(np.int32), log.object.astype(np.int32), log.time_s


def _crowds(rng: np.random.Generator, shares: int) -> Columns:
    """As many crowds as it takes, side by side."""
    accounts, things, times = [], [], []
    n_accounts = n_things = 0
    for begin in range(0, shares, SHARES_PER_CROWD):
        account, thing, time_s = _crowd(rng, min(SHARES_PER_CROWD, shares - begin))
        accounts.append(account + np.int32(n_accounts))
        things.append(thing + np.int32(n_things))
        times.append(time_s)
        n_accounts, n_things = int(accounts[-1].max()) + 1, int(things[-1].max()) + 1
    account_number = rng.permutation(n_accounts).astype(np.int32)
    thing_number = rng.permutation(n_things).astype(np.int32)
    return account_number[np.concatenate(accounts)], thing_number[np.concatenate(things)], np.concatenate(times)


def _write(
    path: Path, account: np.ndarray[Any, Any], thing: np.ndarray[Any, Any], time_s: np.ndarray[Any, Any]
) -> None:
    order = np.argsort(time_s, kind="stable")
    second = time_s.astype(np.int64) + START_S
    columns = {"account": account[order], "object": thing[order], "second": second[order]}
    with Duck() as engine:
        engine.con.register("log", columns)
        engine.con.execute(f"copy log to '{str(path).replace(chr(39), chr(39) * 2)}' (format parquet)")


if __name__ == "__main__":
    main()
