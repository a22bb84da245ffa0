"""Look for input that crashes a reader, guided by coverage.

    pip install 'groundswell[fuzz]'
    python tests/fuzz/fuzz_reader.py READER -max_total_time=600 [a folder of findings]

READER is a name in docs/formats.md, or `any` for a file of any format. It starts from the reader's samples and from
the trapped files of the tests, and knows the names of the columns. A finding is an exception that is no refusal in
words, a ledger that does not sum, a value that no table can hold, or a run of over 10 s or 1 GB, which the fuzzer
sees by itself. What was found, and for how long it was looked: README.md beside this file.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["groundswell.read"]):
    from groundswell.errors import GroundswellError
    from groundswell.model.table import Columns
    from groundswell.read.ingest import ingest
    from groundswell.read.reader import Reader
    from groundswell.read.recognise import readers

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.read.traps import trapped

ODD = (
    *("1e999", "NaN", "-1", "9.06E+17", "914580356430536704.0", '=\\"9143\\"', "absent", "None", "[]", "['a', 'b']"),
    *("\\\\ud800", "\\\\u0000", "&amp;", "<p>", "https://t.co/x", "RT @ana:", "2024-05-01T10:00:00Z", "10/1/17 19:58"),
    *("99999999999999999999", "0001-01-01", "9999-12-31T23:59:59-23:59", "true", "null", "{}", "\\x1e", "\\x1f"),
)
"""What stands where something else should, as libFuzzer's dictionaries write it."""


class Strict:
    """A sink that takes only what a table can hold, and lets it go."""

    def posts(self, columns: Columns) -> None:
        """Look at the values of a batch."""
        _require_writable(columns)

    def accounts(self, columns: Columns) -> None:
        """Look at the values of a batch."""
        _require_writable(columns)


def _require_writable(columns: Columns) -> None:
    for name, column in columns.items():
        for value in column.tolist() if column.dtype == object else ():
            for one in value if isinstance(value, list) else (value,):
                if not isinstance(one, str | int | None):
                    raise TypeError(f"{name} holds {type(one)}")
                if isinstance(one, str) and (b"\0" in one.encode()):
                    raise ValueError(f"{name} holds NUL")


def before(reader: Reader | None) -> bytes:
    """A first line that the reader knows, so that what follows reaches it."""
    if reader is None:
        return b""
    if reader.shape == "table":
        return (",".join(reader.samples[0]) + "\n").encode()
    return (json.dumps(reader.samples[0]) + "\n").encode()


def seeds(reader: Reader | None) -> list[bytes]:
    """Files to start from, without the line that is there already."""
    if reader is None:
        return [trapped(one).encode() for one in readers()]
    if reader.shape == "lines":
        return [json.dumps(one).encode() for one in reader.samples] + [trapped(reader).encode()]
    rows = io.StringIO(newline="")
    for sample in reader.samples:
        csv.DictWriter(rows, list(reader.samples[0]), extrasaction="ignore").writerow(sample)
    return [rows.getvalue().encode(), trapped(reader).split("\n", 1)[1].encode()]


def main() -> None:
    """Fuzz one reader."""
    name = sys.argv.pop(1)
    reader = next((one for one in readers() if one.name == name), None)
    if reader is None and name != "any":
        raise SystemExit(f"There is no reader {name!r}. There are: any, {', '.join(one.name for one in readers())}.")
    start = before(reader)
    folder = Path(tempfile.mkdtemp(prefix="groundswell-fuzz-"))
    place = folder / "posts"
    corpus = Path(next((one for one in sys.argv[1:] if not one.startswith("-")), folder / "corpus"))
    corpus.mkdir(exist_ok=True)
    for n, seed in enumerate(seeds(reader)):
        (corpus / f"seed-{n}").write_bytes(seed)
    words = {name for one in readers() if reader in (None, one) for name in one.columns}
    (folder / "words").write_text("".join(f'"{word}"\n' for word in [*sorted(words), *ODD] if word.isascii()))

    def one(data: bytes) -> None:
        place.write_bytes(start + data)
        try:
            ingest(place, sink=Strict())
        except GroundswellError:
            return

    options = [f"-dict={folder / 'words'}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=4096", "-len_control=0"]
    atheris.Setup([*sys.argv[:1], *options, *(one for one in sys.argv[1:] if one != str(corpus)), str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
