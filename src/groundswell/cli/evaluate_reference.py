"""`groundswell evaluate reference`: the table behind the outside yardstick, from organic collections."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.figures import indented
from groundswell.errors import WrongUse
from groundswell.evaluate.reference_rates import as_csv


def evaluate_reference(data: Path | None, *, out: Path | None, as_json: bool) -> None:
    """Print the table, and write it to `out` if that is given."""
    if data is None:
        raise WrongUse(
            "A folder of organic collections is needed.\n"
            "  Name it: `groundswell evaluate reference --data FOLDER`. docs/real_data.md says what it should hold."
        )
    with Bar(quiet=as_json) as bar:
        rates = pipeline.reference_rates(data, progress=bar)
    if out is not None:
        out.write_text(as_csv(rates), encoding="utf-8")
    sys.stdout.write(indented([asdict(rate) for rate in rates]) if as_json else as_csv(rates))
