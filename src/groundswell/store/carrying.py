"""What people decided goes along when a run takes the place of an older one in the same folder.

older study ──► people.sqlite, the salt of bundles, the register of downloads, notices ──► new study
"""

from __future__ import annotations

import shutil
from pathlib import Path

OF_PEOPLE = ("people.sqlite", "people.sqlite-wal", "bundle.salt", "downloads.csv", "notices")
"""Nothing here can be made again from the input."""


def carry_people(older: Path, newer: Path) -> None:
    """Copy what people decided from one study folder to another that has none of it."""
    for name in OF_PEOPLE:
        source = older / name
        if source.is_dir():
            shutil.copytree(source, newer / name)
        elif source.is_file():
            shutil.copy2(source, newer / name)
