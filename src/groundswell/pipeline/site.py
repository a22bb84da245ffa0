"""A run as a site: pages and tables in a folder that any host can serve, older runs left where they were."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from groundswell.assess.explanation import Explanation, explain_each
from groundswell.engine.duck import Duck
from groundswell.errors import NotOurs, WrongUse
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.claims import claims_page, kept_claims
from groundswell.pipeline.publishing import edition_of
from groundswell.pipeline.run_record import VERSION, latest_folder, open_latest
from groundswell.pipeline.watching import item_history, watch
from groundswell.publish.corrections import site_corrections
from groundswell.publish.edition import Edition
from groundswell.publish.files import publish as write_files
from groundswell.publish.language import ENGLISH, LANGUAGES
from groundswell.publish.personas_findings import FOLDER
from groundswell.publish.site.beside import CLAIMS, NAMES, names_leaf, watch_leaf
from groundswell.publish.site.edition_pages import edition_pages
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.site.sheet import write_sheets
from groundswell.publish.site.write import MARK, corrections_of, runs_of, sidecar, write_root, write_run
from groundswell.publish.spelling import count, days
from groundswell.store.disputes import disputes
from groundswell.store.run_folder import read_assessment
from groundswell.store.study import Study

MOST_ACCOUNT_PAGES = 2_000
BESIDE = "beside.json"
"""The list of a run's pages that change without a new run."""


def publish_site(
    study: Study, folder: Path, *, unconfirmed: bool = False, language: str = ENGLISH, progress: Progress = silent
) -> Path:
    """Write the study's latest run into a site; returns the site's first page.

    The folder may be missing, empty, or a site that was written before: then the run is added, or written anew.

    Parameters
    ----------
    unconfirmed
        Whether the page of claims may go out although people have not looked at all of its citations.
    language
        ``en``, ``de`` or ``ar``: of headings, tables and all else that stands on every page. What was measured is
        said in English, marked as such.

    Raises
    ------
    NotOurs
        The folder holds something else.
    WrongUse
        Nobody translated the pages into the language.
    """
    if language not in LANGUAGES:
        raise WrongUse(f"No pages are in {language!r}.\n  There are: {', '.join(LANGUAGES)}.")
    _check_free(folder)
    with Duck() as engine:
        groups, record = open_latest(study, engine)
        edition = edition_of(study, engine, groups, read_assessment(latest_folder(study)), record)
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder / f".{edition.run_id}.part"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            _write(study, edition, aside, unconfirmed=unconfirmed, language=language, progress=progress)
            place = folder / "runs" / edition.run_id
            place.parent.mkdir(exist_ok=True)
            shutil.rmtree(place, ignore_errors=True)
            aside.replace(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        said = _corrections(study, edition, folder)
        runs = [_listed(edition), *(run for run in runs_of(folder) if run["run_id"] != edition.run_id)]
    write_root(folder, runs, said, VERSION, language=language)
    return folder / "index.html"


def shelve(study: Study, *, progress: Progress = silent) -> Path:
    """Write the pages of the study's latest run into the run's own folder, for the web app; returns that folder.

    Pages that are there already, of this version, are left as they are; those beside the run, such as the page of
    claims, and the tables are written again where the study holds something new. What was disputed stands in the
    tables and on no stored page: the app says it there itself, as it is when somebody looks.
    """
    folder = latest_folder(study) / "pages"
    made_of = _beside_made_of(study)
    whole, mark = (folder / VERSION).is_file(), folder / "beside.sha256"
    if whole and mark.is_file() and mark.read_text(encoding="utf-8") == made_of:
        return folder
    with Duck() as engine:
        groups, record = open_latest(study, engine)
        edition = edition_of(study, engine, groups, read_assessment(latest_folder(study)), record)
        if not whole:
            aside = folder.with_name(".pages.part")
            shutil.rmtree(aside, ignore_errors=True)
            files = _write_data(edition, aside)
            undisputed = replace(edition, disputes=())
            write_sheets(aside, edition_pages(undisputed, _members(edition, progress), files))
            (aside / VERSION).touch()
            shutil.rmtree(folder, ignore_errors=True)
            aside.replace(folder)
        else:
            again = folder / ".again"
            shutil.rmtree(again, ignore_errors=True)
            _write_data(edition, again)
            shutil.rmtree(folder / "data")
            (again / "data").replace(folder / "data")
            again.rmdir()
        for address in (CLAIMS, NAMES):
            (folder / f"{address}.json").unlink(missing_ok=True)
        write_sheets(folder, _beside(study, edition, unconfirmed=True), listed=BESIDE)
        mark.write_text(made_of, encoding="utf-8")
    return folder


def _write(
    study: Study, edition: Edition, folder: Path, *, unconfirmed: bool, language: str, progress: Progress
) -> None:
    files = _write_data(edition, folder)
    leaves = edition_pages(edition, _members(edition, progress), files)
    found = watch(study)
    first = found.first_hashtag
    watched = watch_leaf(edition, found, item_history(study, "hashtag", first.name) if first else None)
    pages = (*leaves, *_beside(study, edition, unconfirmed=unconfirmed), watched)
    write_run(folder, pages, root="../../", language=language)


def _beside(study: Study, edition: Edition, *, unconfirmed: bool) -> tuple[Leaf, ...]:
    """The pages of claims, and of names and pictures, as far as the study holds any."""
    kept = kept_claims(study)
    claims = kept.sheet.leaf(version=VERSION) if kept and (kept.confirmed or unconfirmed) else None
    return tuple(leaf for leaf in (claims, names_leaf(edition)) if leaf is not None)


def _beside_made_of(study: Study) -> str:
    """The hash of everything that pages beside a run are made of."""
    made_of = sha256(VERSION.encode())
    for place in (claims_page(study), *sorted((study.folder / FOLDER).glob("*.json"))):
        if place.is_file():
            made_of.update(place.name.encode() + sha256(place.read_bytes()).digest())
    for row in disputes(study):
        made_of.update(repr(row).encode())
    return made_of.hexdigest()


def _corrections(study: Study, edition: Edition, folder: Path) -> list[dict[str, Any]]:
    """What the site says already of other studies' runs, and all that was said in this one."""
    others = [row for row in corrections_of(folder) if not study.run_folder(row["run_id"]).is_dir()]
    return [*others, *site_corrections(edition)]


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
