"""Make the package's table of confusable characters from the Unicode file.

    python tools/make_confusables.py confusables.txt

The file is https://www.unicode.org/Public/security/<version>/confusables.txt, which the user supplies: nothing is
fetched. The table keeps every mapping of it and drops the comments, so that it takes 90 kB instead of 760; its
first line says the version, and the licence stands beside it. Same file in, same bytes out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "src" / "groundswell" / "personas" / "data"


def table(source: str) -> tuple[str, list[tuple[str, str]]]:
    """The version, and each confusable character with its prototype, in hexadecimal, by code point."""
    version = re.search(r"^# Version: ([\d.]+)", source, re.MULTILINE)
    if version is None:
        raise SystemExit("This is not Unicode's confusables.txt: it names no version.")
    rows = []
    for line in source.splitlines():
        cells = [cell.strip() for cell in line.split("#")[0].split(";")]
        if len(cells) == 3:
            rows.append((cells[0], cells[1]))
    return version[1], sorted(rows, key=lambda row: int(row[0], 16))


def main() -> None:
    """Write the table beside its licence, in place of an older one."""
    version, rows = table(Path(sys.argv[1]).read_text(encoding="utf-8-sig"))
    for older in FOLDER.glob("confusables-*.tsv"):
        older.unlink()
    header = f"# Unicode UTS #39 confusables {version}, mappings only. © Unicode, Inc., see LICENSE-UNICODE.txt\n"
    body = "".join(f"{source}\t{target}\n" for source, target in rows)
    (FOLDER / f"confusables-{version}.tsv").write_text(header + body, encoding="utf-8")
    sys.stdout.write(f"{len(rows):,} mappings, version {version}\n")


if __name__ == "__main__":
    main()
