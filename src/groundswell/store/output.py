"""An output folder that is either whole or not there.

OUT.part-… ──all written──► OUT          an older OUT of ours makes way at the last moment
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from groundswell.errors import NotOurs, WrongUse

MARKS = ("run.json", "demo.json")
"""Files by which we know a folder as ours: JSON with ``made_by``."""


def is_ours(folder: Path) -> bool:
    """Say whether Groundswell wrote this output folder."""
    for mark in MARKS:
        try:
            found = json.loads((folder / mark).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(found, dict) and str(found.get("made_by", "")).startswith("groundswell"):
            return True
    return False


def check_free(folder: Path) -> None:
    """Raise unless the folder is free to write: missing, empty, or ours."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotOurs(folder, "a file, not a folder,")
    held = sorted(path.name for path in folder.iterdir())
    if held and not is_ours(folder):
        raise NotOurs(folder, ", ".join(held[:3]) + (f" and {len(held) - 3} more" if len(held) > 3 else ""))


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to write into; when all went well it becomes `folder`, otherwise it is gone without trace."""
    folder = folder.absolute()
    check_free(folder)
    aside = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    older = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    try:
        aside.mkdir(parents=True)
    except OSError as error:
        raise WrongUse(
            f"The folder {str(folder)!r} can't be made: {error.strerror}.\n"
            "  Name a folder in a place where you may write: `-o FOLDER`."
        ) from error
    try:
        yield aside
        if folder.exists():
            folder.replace(older)
        aside.replace(folder)
    except BaseException:
        if older.exists() and not folder.exists():
            older.replace(folder)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(older, ignore_errors=True)
