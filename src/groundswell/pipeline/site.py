"""A run as a site: pages and tables in a folder that any host can serve, older runs left where they were."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from groundswell.assess.explanation import Explanation, explain_each
from groundswell.engine.duck import Duck
from groundswell.errors import NotOurs
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.publishing import edition_of
from groundswell.pipeline.run_record import VERSION, latest_folder, open_latest
from groundswell.publish.edition import Edition
from groundswell.publish.files import publish as write_files
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.sheet import write_sheets
from groundswell.publish.site.write import MARK, runs_of, sidecar, write_root, write_run
from groundswell.publish.spelling import count, days
from groundswell.store.run_folder import read_assessment
from groundswell.store.study import Study

MOST_ACCOUNT_PAGES = 2_000


def publish_site(study: Study, folder: Path, *, progress: Progress = silent) -> Path:
    """Write the study's latest run into a site; returns the site's first page.

    The folder may be missing, empty, or a site that was written before: then the run is added, or written anew.

    Raises
    ------
    NotOurs
        The folder holds something else.
    """
    _check_free(folder)
    with Duck() as engine:
        groups, record = open_latest(study, engine)
        edition = edition_of(study, engine, groups, read_assessment(latest_folder(study)), record)
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{edition.run_id}.part"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            _write(edition, aside, progress)
            place = folder / "runs" / edition.run_id
            place.parent.mkdir(exist_ok=True)
            shutil.rmtree(place, ignore_errors=True)
            aside.replace(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        runs = [_listed(edition), *(run for run in runs_of(folder) if run["run_id"] != edition.run_id)]
    write_root(folder, runs, [], VERSION)
    return folder / "index.html"


def shelve(study: Study, *, progress: Progress = silent) -> Path:
    """Write the pages of the study's latest run into the run's own folder, for the web app; returns that folder.

    Pages that are there already, of this version, are left as they are.
    """
    folder = latest_folder(study) / "pages"
    if (folder / VERSION).is_file():
        return folder
    with Duck() as engine:
        groups, record = open_latest(study, engine)
        edition = edition_of(study, engine, groups, read_assessment(latest_folder(study)), record)
        aside = folder.with_name(".pages.part")
        shutil.rmtree(aside, ignore_errors=True)
        files = _write_data(edition, aside)
        write_sheets(aside, edition_pages(edition, _members(edition, progress), files))
        (aside / VERSION).touch()
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
    return folder


def _write(edition: Edition, folder: Path, progress: Progress) -> None:
    files = _write_data(edition, folder)
    write_run(folder, edition_pages(edition, _members(edition, progress), files), root="../../")


def _write_data(edition: Edition, folder: Path) -> list[str]:
    """Write the tables of a run with their sidecars; returns the names of the tables."""
    data = folder / "data"
    data.mkdir(parents=True)
    write_files(edition, data)
    files = sorted(path.name for path in data.iterdir())
    for name in files:
        sidecar(data / name, {**_listed(edition), "file": name, "part_of": f"run {edition.run_id}"})
    return files


def _members(edition: Edition, progress: Progress) -> Iterable[Explanation]:
    """Explain the members of the reported groups, the first of very many."""
    members = sorted({account for group in edition.reported for account in group.account_ids})[:MOST_ACCOUNT_PAGES]
    for done, found in enumerate(explain_each(edition.engine, edition.groups, members)):
        progress("Writing the site", done, len(members))
        yield found


def _listed(edition: Edition) -> dict[str, Any]:
    """What the list of runs, and the sidecar of every table, says of a run."""
    ((n_posts, first, last),) = edition.engine.rows("select count(*), min(time), max(time) from posts")
    ((n_accounts,),) = edition.engine.rows("select count(distinct account_id) from posts")
    return {
        "run_id": edition.run_id,
        "version": edition.version,
        "title": edition.title,
        "headline": edition.redaction.names(edition.assessment.headline),
        "does_not_say": edition.redaction.names(edition.assessment.hedge),
        "scope": f"{count(n_posts)} posts by {count(n_accounts)} accounts",
        "dates": days(first, last),
        "made_up": edition.made_up,
    }


def _check_free(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise NotOurs(folder, "a file, not a folder,")
    held = sorted(path.name for path in folder.iterdir())
    if held and not (folder / MARK).is_file():
        raise NotOurs(folder, ", ".join(held[:3]) + (f" and {len(held) - 3} more" if len(held) > 3 else ""))
