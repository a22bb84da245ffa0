"""What each hostile file costs and how it ends, as a table.

python -m tests.hostile.table [PART OF A NAME …]        one process a file; some minutes for the whole pack
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from tests.hostile.child import MEMORY, SECONDS
from tests.hostile.pack import PACK, Hostile

ROOT = Path(__file__).resolve().parents[2]
EXIT = {0: "read", 1: "refused", 2: "refused"}


def row(hostile: Hostile, folder: Path) -> tuple[str, float, float, float, str]:
    """Name, CPU seconds and peak in MB of the whole process, size of the file in MB, and how it ended."""
    path = folder / "posts"
    # In a process of its own: a child's peak begins with what its parent held.
    maker = get_context("fork").Process(target=hostile.make, args=(path,))
    maker.start()
    maker.join()
    size = 0 if path.is_fifo() else path.stat().st_size
    with (folder / "said").open("w+", encoding="utf-8") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.child", str(path)], cwd=ROOT, stdout=said, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = [line.strip() for line in said]
    path.unlink()
    ended = EXIT.get(child.returncode, f"exit code {child.returncode}")
    # Of a refusal the sentence behind the file's name, of a file that was read what the ledger says.
    told = lines[0].rpartition(": ")[2] if child.returncode else "; ".join(lines).removeprefix("read ")
    return hostile.name, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, size / 1e6, f"{ended}: {told}"


def main() -> None:
    """Print the table, and fail if anything ended in another way."""
    parts = sys.argv[1:] or [""]
    sys.stdout.write("| case | MB | CPU s | peak MB | end |\n|---|---|---|---|---|\n")
    worst_s = worst_mb = 0.0
    n = n_well = 0
    for hostile in PACK:
        if not any(part in hostile.name for part in parts):
            continue
        with tempfile.TemporaryDirectory() as folder:
            name, seconds, peak, size, end = row(hostile, Path(folder))
        told = end.replace("|", "&#124;")[:110]
        sys.stdout.write(f"| {name} | {size:.2f} | {seconds:.1f} | {peak:,.0f} | {told} |\n")
        sys.stdout.flush()
        worst_s, worst_mb = max(worst_s, seconds), max(worst_mb, peak)
        n, n_well = n + 1, n_well + end.startswith(("read: ", "refused: "))
    sys.stdout.write(
        f"\n{n_well} of {n} ended in words or in the ledger; at most {worst_s:.1f} CPU s and {worst_mb:,.0f} MB.\n"
    )
    sys.exit(n_well < n or worst_s > SECONDS + 3 or worst_mb > 2 * MEMORY / (1 << 20))


if __name__ == "__main__":
    main()
