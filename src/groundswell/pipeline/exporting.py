"""A study's posts or profiles as one file."""

from __future__ import annotations

from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.model.progress import Progress, silent
from groundswell.store.export import export as write_export
from groundswell.store.study import Study


def export(study: Study, path: Path, *, table: str = "posts", progress: Progress = silent) -> int:
    """Write a table of the study as one file that `read` takes back; see `store.export.export`."""
    with Duck() as engine:
        return write_export(study, engine, path, table=table, progress=progress)
