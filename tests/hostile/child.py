"""Read one file in a process that may use 1 GB and 10 s, and say how it ended.

python -m tests.hostile.child FILE      prints «read N rows» or the refusal; exit code 0, 1 or 2
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

MEMORY, SECONDS = 1 << 30, 10


def main() -> None:
    """Import first, then set the limits: what is measured is the file's doing."""
    from groundswell.errors import GroundswellError
    from groundswell.model.table import Columns
    from groundswell.read.ingest import ingest

    class Nowhere:
        def posts(self, columns: Columns) -> None:
            """Let them go."""

        def accounts(self, columns: Columns) -> None:
            """Let them go."""

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        entry = ingest(Path(sys.argv[1]), sink=Nowhere())
    except GroundswellError as error:
        sys.stdout.write(f"{error}\n")
        raise SystemExit(error.exit_code) from None
    sys.stdout.write(f"read {entry.rows} rows: {entry.posts} posts, {entry.n_left_out} left out\n")
    for one in entry.left_out:
        sys.stdout.write(f"  {one.rows} {one.reason}\n")


if __name__ == "__main__":
    main()
