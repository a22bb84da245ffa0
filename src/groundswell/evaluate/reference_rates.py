"""How close do sharers of the same thing stand in organic collections? The table behind the outside yardstick.

    organic collections ──► kind × window × size: objects, pairs, near pairs          detect/data/reference.csv

Counts only: no account, text or link of the collections is in the table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from groundswell.detect.first_shares import first_shares
from groundswell.detect.reference import SIZES, Rate
from groundswell.detect.shares import Shares, shares_of
from groundswell.detect.speed import speed_of
from groundswell.detect.yardstick import tally
from groundswell.engine.duck import Duck
from groundswell.evaluate.collections import CONTROLS, ORGANIC, Collection, read_collection
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.traces.long_table import trace

WINDOWS_S = (60.0, 600.0, 3600.0)
"""The clock of the collections is a whole minute, so nothing finer is measured."""

HEAD = """\
# How often two sharers of the same object stand within a window of each other, in organic collections: counts.
# Sources: docs/real_data.md. Made by: groundswell evaluate reference --data FOLDER --out reference.csv
# `fewest` is the least number of sharers of the size: 2 (and 3), 4 (to 10), 11 (to 40), 41 (and more).
"""


def reference_rates(folder: Path, *, progress: Callable[[int, int], None] | None = None) -> tuple[Rate, ...]:
    """Count near pairs in each organic collection, by kind of trace, window and size of the object.

    Parameters
    ----------
    folder
        Holds the organic files named in docs/real_data.md.
    progress
        Called with (collections done, collections in all).

    Returns
    -------
    rates
        Sorted by kind, collection, window and size; sizes without an object are left out.

    Raises
    ------
    WrongUse
        A file is missing.
    """
    rates: list[Rate] = []
    for done, (name, file) in enumerate(CONTROLS.items()):
        if progress:
            progress(done, len(CONTROLS))
        for layer in _layers(read_collection(folder, file, ORGANIC)):
            rates += rates_of(layer, name)
    if progress:
        progress(len(CONTROLS), len(CONTROLS))
    return tuple(sorted(rates, key=lambda rate: (rate.kind, rate.collection, rate.window_s, rate.fewest)))


def rates_of(layer: Shares, collection: str, windows_s: Sequence[float] = WINDOWS_S) -> Iterator[Rate]:
    """Count the near pairs of one kind of trace, for each window and size."""
    log = first_shares(layer)
    speed = speed_of(log)
    size = np.searchsorted(SIZES, log.n_sharers, side="right") - 1
    for window_s in windows_s:
        whole = tally(log, speed, round(window_s * 1e6))
        for place, fewest in enumerate(SIZES):
            of_size = size == place
            if of_size.any():
                yield Rate(
                    kind=layer.kind,
                    collection=collection,
                    window_s=window_s,
                    fewest=fewest,
                    objects=int(of_size.sum()),
                    pairs=int(whole.pairs[of_size].sum()),
                    near=int(whole.near[of_size].sum()),
                )


def as_csv(rates: Sequence[Rate]) -> str:
    """The table as it is shipped."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Rate)], lineterminator="\n")
    writer.writeheader()
    for rate in rates:
        writer.writerow({**asdict(rate), "window_s": f"{rate.window_s:g}"})
    return HEAD + text.getvalue()


def _layers(collection: Collection) -> tuple[Shares, ...]:
    with Duck() as engine:
        engine.load(POSTS, collection.posts())
        engine.load(ACCOUNTS, ACCOUNTS.empty())
        return tuple(shares_of(engine, kind) for kind, n in trace(engine).items() if n)
