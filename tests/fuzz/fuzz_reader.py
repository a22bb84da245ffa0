"""Look for input that crashes a reader, guided by coverage.

    pip install 'groundswell[fuzz]'
    python tests/fuzz/fuzz_reader.py READER -max_total_time=600 [a folder of findings]

READER is a name in docs/formats.md, or `any` for a file of any format. A finding is an exception that is no refusal
in words, a ledger that does not sum, or a run of over 10 s or 1 GB, which the fuzzer sees by itself.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["groundswell.read"]):
    from groundswell.errors import GroundswellError
    from groundswell.model.table import Columns
    from groundswell.read.ingest import ingest
    from groundswell.read.recognise import readers

PLACE = Path(tempfile.mkdtemp(prefix="groundswell-fuzz-")) / "posts"


class Nowhere:
    """A sink that lets everything go."""

    def posts(self, columns: Columns) -> None:
        """Let them go."""

    def accounts(self, columns: Columns) -> None:
        """Let them go."""


def seeds(name: str) -> bytes:
    """A first line that the reader knows, so that what follows reaches it."""
    reader = next((one for one in readers() if one.name == name), None)
    if reader is None:
        return b""
    if reader.shape == "table":
        return (",".join(reader.samples[0]) + "\n").encode()
    return (json.dumps(reader.samples[0]) + "\n").encode()


def main() -> None:
    """Fuzz one reader."""
    name = sys.argv.pop(1)
    start = seeds(name)

    def one(data: bytes) -> None:
        PLACE.write_bytes(start + data)
        try:
            ingest(PLACE, sink=Nowhere())
        except GroundswellError:
            return

    atheris.Setup([*sys.argv, "-timeout=10", "-rss_limit_mb=1024"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
