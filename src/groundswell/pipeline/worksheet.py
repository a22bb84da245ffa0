"""The attribution worksheet: a fresh one from a study, or one that people have edited, checked and weighed."""

from __future__ import annotations

from pathlib import Path

from groundswell.claims.worksheet.filling import fill
from groundswell.claims.worksheet.result import Result, result
from groundswell.claims.worksheet.sheet import Sheet
from groundswell.claims.worksheet.sheet_file import as_json, as_toml, read_sheet
from groundswell.errors import WrongUse
from groundswell.pipeline.reading import check_file
from groundswell.pipeline.run_record import MADE_BY, VERSION
from groundswell.publish.worksheet_page import worksheet_html
from groundswell.store.run_folder import read_assessment, read_json, write_json
from groundswell.store.segments import write_whole
from groundswell.store.study import Study


def new_worksheet(study: Study, out: Path) -> Sheet:
    """Write a worksheet with what the program can fill in; a file that people may have edited is never overwritten.

    Parameters
    ----------
    out
        A name that ends in .toml or .json.
    """
    if out.suffix.lower() not in (".toml", ".json"):
        raise WrongUse(f"A worksheet is a .toml or a .json file, not {out.name!r}.\n  Try `-o {out.stem}.toml`.")
    if out.exists():
        raise WrongUse(
            f"{str(out)!r} exists already, and people may have written in it.\n"
            f"  Check it with `groundswell worksheet --check {out}`, or name another file."
        )
    folder = study.latest_run()
    assessment = read_assessment(folder) if folder and (folder / "findings.json").is_file() else None
    told = study.folder / "claims" / "report" / "claims.json"
    claims = read_json(told, step="claims") if told.is_file() else None
    if assessment is None and claims is None:
        raise WrongUse(
            f"The study {str(study.folder)!r} has no findings yet, so there is nothing to fill in.\n"
            f"  Make some: `groundswell assess {study.folder}`, or `groundswell claims {study.folder} FILES`."
        )
    campaign = assessment.campaign.query if assessment and assessment.campaign else None
    about = campaign or (str(claims["about"]) if claims else study.name)
    sheet = fill(assessment, claims, about=about, run=folder.name if folder else "", made_by=MADE_BY)
    if out.suffix.lower() == ".json":
        write_json(out, as_json(sheet))
    else:
        write_whole(out, as_toml(sheet))
    return sheet


def check_worksheet(file: Path, *, page: Path | None = None) -> Result:
    """Check and weigh a worksheet, and write its page.

    Parameters
    ----------
    page
        Where to write it; none by default.
    """
    check_file(file)
    found = result(read_sheet(file))
    if page is not None:
        write_whole(page, worksheet_html(found, version=VERSION))
    return found
