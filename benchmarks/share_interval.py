"""Does the interval of a campaign's share hold the truth, and do its bounds hold it under deletion?

    python benchmarks/share_interval.py --worlds 100

Each world is a crowd with a planted campaign of known share. *Sampling*: four accounts in ten are read, the group scan
finds what it finds, and the 95 % interval is asked whether it holds the share in the whole world. *Deletion*: three
posts in ten are gone, at random, of the campaign's first, or of the others' first, and the bounds are asked. Worlds in
which the scan reports nothing are told apart: there, nothing is claimed. One JSON line a world on --out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from groundswell.assess.volumes import volumes_of
from groundswell.detect.groups import find_groups
from groundswell.detect.shares import shares_of
from groundswell.engine.duck import Duck
from groundswell.model.group import Group, Outcome
from groundswell.model.table import text_column
from groundswell.model.trace import TRACES
from groundswell.simulate.catalogue import simulate

SCENARIOS = ("planted", "planted-small", "planted-owned", "planted-pair")
SHARES = 12_000
READ = 0.4
GONE = 0.3


class Counts:
    """Posts by account, as a share log holds them."""

    def __init__(self, accounts: np.ndarray) -> None:
        names, n = np.unique(accounts.astype(str), return_counts=True)
        self.posts = {str(name): (int(k), 0) for name, k in zip(names, n, strict=True)}
        self.reposts: list[tuple[str, str, int]] = []


def groups_in(log: dict, keep: np.ndarray, seed: int) -> list[Group]:
    """What the scan reports of these rows."""
    n = int(keep.sum())
    with Duck() as engine:
        engine.load(
            TRACES,
            {
                "kind": text_column("share" for _ in range(n)),
                "object_id": log["object_id"][keep],
                "account_id": log["account_id"][keep],
                "post_id": log["content_id"][keep],
                "time": (log["timestamp_share"][keep] * 1_000_000).astype("datetime64[us]"),
            },
        )
        scan = find_groups([shares_of(engine, "share")], precision_s=1.0, seed=seed)
    return [group for group in scan.groups if group.outcome is Outcome.REPORTED]


def asked(log: dict, keep: np.ndarray, truth: float, seed: int) -> dict:
    """Whether interval and bounds hold the truth, counted from these rows."""
    groups = groups_in(log, keep, seed)
    posts = volumes_of(Counts(log["account_id"][keep]), groups, seed=seed).posts
    return {
        "reported": len(groups),
        "truth": truth,
        "low": posts.low,
        "point": posts.point,
        "high": posts.high,
        "held": posts.low <= truth <= posts.high,
        "bounded": posts.bound_low <= truth <= posts.bound_high,
    }


def world(name: str, seed: int) -> list[dict]:
    """One world, read in part and deleted in part."""
    made = simulate(name, seed=seed, shares=SHARES)
    log = made.shares
    assert log is not None
    rng = np.random.default_rng(seed)
    planted = np.isin(log["account_id"].astype(str), sorted(set().union(*made.planted().values())))
    truth = float(planted.mean())
    names, account = np.unique(log["account_id"].astype(str), return_inverse=True)
    read = (rng.random(len(names)) < READ)[account]
    order = {
        "at random": rng.random(len(planted)),
        "theirs first": rng.random(len(planted)) + planted,
        "others' first": rng.random(len(planted)) + ~planted,
    }
    found = [{"what": "sampling", **asked(log, read, truth, seed)}]
    for what, rank in order.items():
        gone = np.argsort(-rank, kind="stable")[: int(GONE * len(planted))]
        keep = np.ones(len(planted), dtype=bool)
        if what == "theirs first":  # all of theirs would leave nobody to find
            gone = gone[planted[gone]][: int(GONE * planted.sum())]
        keep[gone] = False
        found.append({"what": f"deletion, {what}", **asked(log, keep, truth, seed)})
    return [{"scenario": name, "seed": seed, **one} for one in found]


def main() -> None:
    """Print one line for each scenario and what was done to it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--worlds", type=int, default=20, help="worlds for each scenario")
    parser.add_argument("--first-seed", type=int, default=20_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = []
    for name in SCENARIOS:
        for seed in range(options.first_seed, options.first_seed + options.worlds):
            rows += world(name, seed)
            if options.out:
                options.out.write_text("".join(json.dumps(row, default=float) + "\n" for row in rows))
    for name in (*SCENARIOS, "all"):
        for what in dict.fromkeys(row["what"] for row in rows):
            of = [row for row in rows if row["what"] == what and name in (row["scenario"], "all")]
            told = [row for row in of if row["reported"]]
            what_held = "held" if what == "sampling" else "bounded"
            held = sum(row[what_held] for row in told)
            ends = binomtest(held, len(told)).proportion_ci() if told else None
            rate = f"{held / len(told):6.1%} ({ends.low:.1%} to {ends.high:.1%})" if ends else "      –"
            sys.stdout.write(f"{name:<16} {what:<24} {len(told):>4} of {len(of)} reported   {what_held} {rate}\n")


if __name__ == "__main__":
    main()
