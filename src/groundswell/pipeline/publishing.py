"""Findings to pages and tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.evidence.links import all_captures
from groundswell.model.finding import Assessment
from groundswell.model.group import Group
from groundswell.model.post import MADE_UP
from groundswell.model.progress import Progress, silent
from groundswell.model.records import revive
from groundswell.pipeline.run_record import VERSION, latest_folder, multiverse_of, open_latest, parameters_of, power_of
from groundswell.publish.asked import campaign_asked
from groundswell.publish.edition import Edition
from groundswell.publish.files import publish as write_files
from groundswell.publish.personas_findings import kept_findings
from groundswell.store.disputes import disputes
from groundswell.store.follows import FollowList
from groundswell.store.output import whole_folder
from groundswell.store.run_folder import (
    TABLES,
    read_assessment,
    write_json,
)
from groundswell.store.study import Study


def publish(study: Study, out: Path, *, progress: Progress = silent) -> Path:
    """Write the report, tables and graphs of the study's latest run into a folder; returns the folder."""
    if (out / "study").exists():
        raise WrongUse(
            f"The folder {str(out)!r} holds a study of its own, which publishing there would replace.\n"
            "  Name another folder: `-o FOLDER`."
        )
    with Duck() as engine, whole_folder(out) as folder:
        groups, run = open_latest(study, engine)
        assessment = read_assessment(latest_folder(study))
        publish_into(study, engine, groups, assessment, run, folder, progress=progress)
    return out


def publish_into(
    study: Study,
    engine: Duck,
    groups: tuple[Group, ...],
    assessment: Assessment,
    record: Mapping[str, Any],
    folder: Path,
    *,
    progress: Progress,
) -> Edition:
    """Write everything that leaves the house into a folder that exists."""
    progress("Writing the report", 0, 1)
    edition = edition_of(study, engine, groups, assessment, record)
    write_files(edition, folder)
    source = study.run_folder(record["run_id"])
    for contract in TABLES:
        (folder / f"{contract.name}.parquet").write_bytes((source / f"{contract.name}.parquet").read_bytes())
    write_json(folder / "run.json", public_record(record, edition))
    progress("Writing the report", 1, 1)
    return edition


def public_record(record: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """The record of a run as it stands beside the report: a list of post ids that was asked for is keyed."""
    asked = campaign_asked(record["parameters"]["campaign"], edition.redaction)
    return {**record, "parameters": {**record["parameters"], "campaign": asked}}


def edition_of(
    study: Study, engine: Duck, groups: tuple[Group, ...], assessment: Assessment, record: Mapping[str, Any]
) -> Edition:
    """Everything that pages and files of a run are made of; its tables must be open in the engine."""
    made_up = engine.rows("select count(*) filter (platform <> $made_up) from posts", made_up=MADE_UP) == [(0,)]
    return Edition(
        engine=engine,
        groups=groups,
        assessment=assessment,
        ledgers=study.ledgers(),
        parameters=parameters_of(record),
        title=study.name,
        run_id=record["run_id"],
        version=VERSION,
        made_up=made_up,
        precision_s=record["precision_s"],
        refused_windows_s=tuple(record["refused_windows_s"]),
        pseudonym_key=study.pseudonym_key,
        multiverse=multiverse_of(study.run_folder(record["run_id"])),
        power=power_of(study.run_folder(record["run_id"])),
        disputes=disputes(study),
        personas=kept_findings(study.folder),
        follow_lists=tuple(revive(FollowList, one) for one in record.get("follow_lists", ())),
        captures=None if made_up else all_captures(study),
    )
