"""The ledger of a trapped file of each format, as it was looked at and agreed on.

python -m tests.read.test_golden [READER …]        writes them anew, to be read before they are committed
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import pytest

from groundswell.read.recognise import readers
from tests.read.kept import read
from tests.read.traps import trapped

GOLDEN = Path(__file__).parent / "golden"


def ledger_of(reader, folder: Path) -> dict:
    path = folder / "trapped"
    path.write_text(trapped(reader), encoding="utf-8", newline="")
    ledger, kept = read(path)
    told = ledger.as_json()
    del told["sha256"]
    told["post_ids"] = [row["post_id"].replace(ledger.sha256[:8], "HASH") for row in kept.rows]
    told["account_ids"] = [row["account_id"] for row in kept.rows]
    return told


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_a_trapped_file_has_the_ledger_that_was_agreed_on(reader, tmp_path):
    agreed = json.loads((GOLDEN / f"{reader.name}.json").read_text(encoding="utf-8"))

    told = ledger_of(reader, tmp_path)

    assert told == agreed
    assert told["rows"] == told["posts"] + sum(told["other_records"].values()) + sum(told["left_out"].values())


def test_every_golden_ledger_has_its_reader():
    assert {path.stem for path in GOLDEN.glob("*.json")} == {reader.name for reader in readers()}


if __name__ == "__main__":
    for one in readers():
        if one.name not in (sys.argv[1:] or [one.name]):
            continue
        with tempfile.TemporaryDirectory() as place:
            written = json.dumps(ledger_of(one, Path(place)), indent=1, ensure_ascii=False)
        (GOLDEN / f"{one.name}.json").write_text(written + "\n", encoding="utf-8")
