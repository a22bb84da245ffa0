"""`groundswell evaluate real`: the rules on real posts, failures first."""

from __future__ import annotations

import sys
from pathlib import Path

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import indented
from groundswell.detect.groups import RULE_VERSION
from groundswell.errors import WrongUse
from groundswell.evaluate.real import as_text


def evaluate_real(data: Path | None, *, seed: int, out: Path | None, as_json: bool) -> None:
    """Print the table, and write its figures to `out` if that is given."""
    if data is None:
        raise WrongUse(
            "A folder of real posts is needed.\n"
            "  Name it: `groundswell evaluate real --data FOLDER`. docs/real_data.md says what it should hold."
        )
    with Bar(quiet=as_json) as bar:
        comparisons = pipeline.evaluate_real(data, seed=seed, progress=bar)
    figures = {
        "rule_version": RULE_VERSION,
        "seed": seed,
        "comparisons": [one.as_json() for one in comparisons],
    }
    if out is not None:
        out.write_text(indented(figures), encoding="utf-8")
    sys.stdout.write(indented(figures) if as_json else as_text(comparisons))
