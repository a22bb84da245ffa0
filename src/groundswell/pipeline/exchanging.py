"""The latest run in the formats of others: STIX, MISP, tables, cards, a brief."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.publishing import edition_of
from groundswell.pipeline.run_record import latest_folder, open_latest
from groundswell.publish.exports.catalogue import export_named, exports
from groundswell.publish.exports.export import Export, Material
from groundswell.publish.exports.matrix import technique_names
from groundswell.store.run_folder import read_assessment
from groundswell.store.study import Study


def export_formats() -> tuple[Export, ...]:
    """Every format there is, by name."""
    return exports()


def export_as(
    study: Study, name: str, out: Path, *, matrix: Path | None = None, progress: Progress = silent
) -> tuple[Path, ...]:
    """Write the study's latest run in one format.

    Accounts stand under pseudonyms unless the run was made with `--show-handles`, and every file carries its
    caveats and the status of each finding.

    Parameters
    ----------
    name
        One of `export_formats`.
    out
        A new file, or a new or empty folder for a format of several files.
    matrix
        DISARM's STIX bundle, or a CSV of id and name, for the names of techniques.

    Returns
    -------
    the files written, sorted
    """
    export = export_named(name)
    names = technique_names(matrix) if matrix else {}
    _check_free(out, folder=not export.suffix)
    aside = out.absolute().with_name(f".{out.name}.part")
    try:
        with Duck() as engine:
            groups, run = open_latest(study, engine)
            edition = edition_of(study, engine, groups, read_assessment(latest_folder(study)), run)
            settings = tomllib.loads((study.folder / "study.toml").read_text(encoding="utf-8"))
            progress(f"Writing {export.name}", 0, 1)
            if not export.suffix:
                aside.mkdir(parents=True)
            else:
                aside.parent.mkdir(parents=True, exist_ok=True)
            export.write(Material(edition=edition, settings=settings, technique_names=names), aside)
            progress(f"Writing {export.name}", 1, 1)
        if out.is_dir():
            out.rmdir()
        aside.replace(out)
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        aside.unlink(missing_ok=True)
    return tuple(sorted(out.iterdir())) if not export.suffix else (out,)


def _check_free(out: Path, *, folder: bool) -> None:
    if out.exists() and (not folder or not out.is_dir() or any(out.iterdir())):
        kind = "a folder of several files" if folder else "one file"
        raise WrongUse(
            f"{str(out)!r} is in the way.\n  This format is {kind}, and nothing of yours is written over.\n"
            "  Name another place: `-o PATH`."
        )
