"""`groundswell publish`: the report, the tables and the graphs."""

from __future__ import annotations

import sys
from pathlib import Path

from groundswell import pipeline
from groundswell.cli.bar import Bar
from groundswell.cli.options import Out, StudyFolder


def publish(study: StudyFolder, out: Out = Path("out")) -> None:
    """Write the report, the tables and the graphs of the latest run.

    Example: groundswell publish gate.study -o out
    """
    with Bar() as bar:
        folder = pipeline.publish(pipeline.open_study(study), out, progress=bar)
    sys.stdout.write(f"{folder / 'report.html'}\n")
