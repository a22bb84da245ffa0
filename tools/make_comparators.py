"""Make the package's table of organic comparators from simulated crowds.

    python tools/make_comparators.py

Each row is one made-up set in which nobody acts together in secret, of a size and a seed that its name tells, reduced
to the statistics that a campaign is compared by. Same version, same bytes. It takes a quarter of an hour.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from groundswell.assess.comparators import COLUMNS, STATISTICS, statistics_of
from groundswell.assess.timeline import course_of
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.post import POSTS
from groundswell.model.table import Columns, text_column
from groundswell.simulate.catalogue import simulate
from groundswell.traces.long_table import trace

TABLE = Path(__file__).resolve().parents[1] / "src" / "groundswell" / "assess" / "data" / "comparators.csv"

CROWDS = ("calm", "quiet", "fast", "fast-10", "favourites", "fandom", "news", "buttons", "activists")
SIZES = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000)
SEEDS = range(9_000, 9_002)
WHOLE_SETS = {"demo-fandom": range(9_000, 9_006), "talk-varied": range(9_000, 9_115)}
"""Sets of whole posts, and their seeds: a rare size needs many, for a campaign is compared with its own size only."""

CAMPAIGN = "select post_id, account_id, time, is_repost, repost_of, repost_of_account from posts"


def posts_of(shares: Columns) -> Columns:
    """A share log as posts that name what they share."""
    n = len(shares["account_id"])
    nothing = np.full(n, None, dtype=object)
    kinds, objects = np.empty(n, dtype=object), np.empty(n, dtype=object)
    for at, thing in enumerate(shares["object_id"]):
        kinds[at], objects[at] = ["share"], [thing]
    told = {
        "platform": shares["platform"],
        "post_id": shares["content_id"],
        "account_id": shares["account_id"],
        "time": (shares["timestamp_share"] * 1_000_000).astype("datetime64[us]"),
        "is_repost": np.zeros(n, dtype=bool),
        "time_source": text_column("platform" for _ in range(n)),
        "shared_kinds": kinds,
        "shared_objects": objects,
        "source_file": text_column("made-up" for _ in range(n)),
        "source_row": np.arange(n),
    }
    return {name: told.get(name, nothing) for name in POSTS.columns}


def row_of(name: str, seed: int, shares: int | None) -> dict[str, str] | None:
    """The statistics of one made-up set; None where a set of that kind can't be so small."""
    try:
        world = simulate(name, seed=seed, shares=shares)
    except WrongUse:
        return None
    with Duck() as engine:
        posts = world.posts if world.posts is not None else posts_of(world.shares or {})
        n = len(posts["account_id"])
        nothing = np.full(n, None, dtype=object)
        filled = {"source_file": text_column("made-up" for _ in range(n)), "source_row": np.arange(n)}
        engine.load(POSTS, {column: posts.get(column, filled.get(column, nothing)) for column in POSTS.columns})
        trace(engine)
        engine.define("campaign_post", CAMPAIGN)
        statistics = statistics_of(engine, course_of(engine, ()))
    if world.posts is not None:
        # Whole posts say whether they are reposts; of a share log nobody knows.
        statistics.setdefault("reposts", 0.0)
    told = {one: f"{statistics[one]:.6g}" if one in statistics else "" for one in STATISTICS}
    return {"name": f"{name}, seed {seed}", "n_posts": str(n), **told}


def main() -> None:
    """Write the table in place of an older one."""
    sized = [row_of(name, seed, size) for size in SIZES for name in CROWDS for seed in SEEDS]
    whole = [row_of(name, seed, None) for name, seeds in WHOLE_SETS.items() for seed in seeds]
    rows = [row for row in (*sized, *whole) if row is not None]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write("# Made-up organic sets, by tools/make_comparators.py: no sample of any platform.\n")
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    sys.stdout.write(f"{len(rows)} comparators\n")


if __name__ == "__main__":
    main()
