"""Articles about a campaign into a folder, and who quoted whom out of it.

FILES ──keep──► FOLDER/claims/raw    ──trace──►  claims.html, claims.json, *.jsonld
                FOLDER/claims/judgements.jsonl       people's answers, read anew each time
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundswell.claims.judgements import Answer, Judgement, Standing, add_judgements, read_judgements
from groundswell.claims.linked_data import claim_reviews, prov, web_annotations
from groundswell.claims.provenance import Provenance, provenance
from groundswell.claims.read_documents import check_readable, documents_of
from groundswell.errors import NotOurs, WrongUse
from groundswell.evidence.captured_pages import captured_pages
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.reading import check_file, open_study
from groundswell.pipeline.run_record import MADE_BY, VERSION
from groundswell.publish.claims_page import claims_html
from groundswell.publish.site.beside import claims_leaf
from groundswell.publish.site.sheet import Sheet, sheet_from, sheet_of
from groundswell.store.output import whole_folder
from groundswell.store.raw import keep, unpacked
from groundswell.store.run_folder import write_json
from groundswell.store.study import Study

LIST = "documents.json"
"""The files that were given and what they are about."""
JUDGEMENTS = "judgements.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What was found, and the folder with its page and files."""

    found: Provenance
    folder: Path


def claims(
    place: Path,
    files: Sequence[Path] = (),
    *,
    about: str | None = None,
    captures: bool = False,
    out: Path | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Claims:
    """Trace what articles and posts say of a campaign to its roots.

    Parameters
    ----------
    place
        A study, the output folder of a run, or any other folder, made if it is missing. Files given once stay in its
        ``claims/``.
    files
        Articles and posts to add; none to look again, such as after people have answered.
    about
        The hashtag or phrase; kept. If nobody ever names one, the hashtag in the most documents.
    captures
        Whether the pages of the study's captures are articles, too; kept like files, and once.
    out
        Folder of the page and the files; ``claims/report`` in `place` by default.
    """
    for file in files:
        check_file(file)
        check_readable(file)
    home = _home(place, create=bool(files) or captures)
    known = _known(home)
    listed = {one["sha256"]: one for one in known["files"]}
    for file in files:
        digest, _ = keep(file, home / "raw")
        listed.setdefault(digest, {"name": file.name, "sha256": digest})
    if captures:
        listed |= {one["sha256"]: one for one in _captured(place, home)}
    about = about or known["about"]
    reading = documents_of(_contents(home, list(listed.values())))
    found = provenance(
        reading, about=about, judgements=read_judgements(home / JUDGEMENTS), seed=seed, progress=progress
    )
    _keep_page(home, found)
    write_json(home / LIST, {"made_by": MADE_BY, "about": about, "files": list(listed.values())})
    target = out or home / "report"
    with whole_folder(target) as folder:
        write_json(folder / "claims.json", {"made_by": MADE_BY, **found.as_json()})
        write_json(folder / "prov.jsonld", prov(found))
        write_json(folder / "annotations.jsonld", web_annotations(found))
        write_json(folder / "claim_reviews.jsonld", claim_reviews(found, made_by=MADE_BY))
        (folder / "claims.html").write_text(claims_html(found, version=VERSION), encoding="utf-8")
        inputs = [{"file": one["name"], "sha256": one["sha256"]} for one in listed.values()]
        write_json(folder / "run.json", {"made_by": MADE_BY, "verb": "claims", "inputs": inputs, "seed": seed})
    return Claims(found=found, folder=target)


def judge_citations(place: Path, answers: Mapping[str, Answer], *, who: str, when: str, why: str = "") -> int:
    """Write down what a person says of citations; returns how many answers.

    Parameters
    ----------
    answers
        By the citation's name, such as ``c-2f5e61ab``.
    when
        ISO 8601 with a zone: the one thing here that comes from a clock.
    """
    home = _home(place, create=False)
    rows = [
        Judgement(citation=citation, answer=answer, who=who, when=when, why=why)
        for citation, answer in sorted(answers.items())
    ]
    known = _known(home)
    reading = documents_of(_contents(home, known["files"]))
    there = {one.citation_id for one in provenance(reading, about=known["about"], n_draws=1).traced.citations}
    if missing := sorted(set(answers) - there):
        raise WrongUse(
            f"There is no citation {', '.join(missing)}.\n"
            f"  {len(there):,} were found; `groundswell claims {place} --json` names them all."
        )
    add_judgements(home / JUDGEMENTS, rows)
    return len(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """The page of claims as it was written last, for a site and the app."""

    sheet: Sheet
    confirmed: bool
    """Whether people have looked at every citation."""


def claims_page(study: Study) -> Path:
    """Where a study keeps its page of claims, if it has any."""
    return study.folder / "claims" / "page.json"


def kept_claims(study: Study) -> KeptPage | None:
    """The study's page of claims; None where nobody traced any. Reading it computes nothing."""
    place = claims_page(study)
    if not place.is_file():
        return None
    told = json.loads(place.read_text(encoding="utf-8"))
    return KeptPage(sheet=sheet_from(told["sheet"]), confirmed=told["confirmed"])


def _keep_page(home: Path, found: Provenance) -> None:
    confirmed = all(found.standing(one) is not Standing.UNCONFIRMED for one in found.traced.citations)
    sheet = sheet_of(claims_leaf(found, version=VERSION))
    write_json(home / "page.json", {"confirmed": confirmed, "sheet": sheet.text()})


def _home(place: Path, *, create: bool) -> Path:
    """The folder ``claims`` of a place, or advice."""
    for study in (place, place / "study"):
        if (study / "study.toml").is_file():
            return study / "claims"
    home = place / "claims"
    if (home / LIST).is_file():
        return home
    if not create:
        raise WrongUse(
            f"{str(place)!r} holds no articles yet.\n"
            f"  Add some: `groundswell claims {place} articles.csv page.html --about '#OpenGate'`."
        )
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        held = sorted(path.name for path in place.iterdir())[:3] if place.is_dir() else ["a file"]
        raise NotOurs(place, ", ".join(held))
    return home


def _captured(place: Path, home: Path) -> Iterator[dict[str, str]]:
    """Keep the pages of a study's captures beside the files, a table of pages a capture."""
    study = open_study(place)
    pages: dict[str, list[dict[str, str]]] = {}
    for page in captured_pages(study):
        pages.setdefault(page.capture, []).append({"url": page.url, "html": page.html})
    if not pages:
        raise WrongUse(
            f"No capture of {str(place)!r} holds a page.\n  Capture one: `groundswell capture {place} https://…`."
        )
    with tempfile.TemporaryDirectory(prefix="groundswell-captures-") as aside:
        for capture, rows in pages.items():
            file = Path(aside) / f"capture-{capture}.json"
            file.write_text(json.dumps({"documents": rows}, ensure_ascii=False), encoding="utf-8")
            digest, _ = keep(file, home / "raw")
            yield {"name": file.name, "sha256": digest}


def _known(home: Path) -> dict[str, Any]:
    listed = home / LIST
    found: dict[str, Any] = {"about": None, "files": []}
    if listed.is_file():
        found |= json.loads(listed.read_text(encoding="utf-8"))
    return found


def _contents(home: Path, files: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, bytes]]:
    for one in files:
        with unpacked(home / "raw" / f"{one['sha256']}.zst") as source:
            yield one["name"], source.read()
