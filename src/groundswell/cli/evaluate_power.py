"""`groundswell evaluate power`: where the power of the group scan ends."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from groundswell.cli.bar import Bar
from groundswell.cli.evaluate_worlds import kept_beside
from groundswell.cli.figures import indented
from groundswell.detect.groups import RULE_VERSION
from groundswell.evaluate.journal import code_digest
from groundswell.evaluate.reach import as_json as reach_as_json
from groundswell.evaluate.reach import as_text, reach


def evaluate_power(*, seeds: int, first_seed: int, jobs: int, out: Path | None, as_json: bool) -> None:
    """Print recall by size, number of objects and pace, and write it as JSON to `out`."""
    with Bar(quiet=as_json) as bar, kept_beside(out, "power") as kept:
        cells = reach(
            seeds=seeds, first_seed=first_seed, jobs=jobs, kept=kept, progress=partial(bar, "Planting campaigns")
        )
    figures = {
        "rule_version": RULE_VERSION,
        "code": code_digest(),
        "seeds": seeds,
        "first_seed": first_seed,
        "cells": reach_as_json(cells),
    }
    text = indented(figures)
    if out is not None:
        out.write_text(text, encoding="utf-8")
    sys.stdout.write(text if as_json else as_text(cells))
