"""Groups to findings, for the question asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from groundswell.assess.assess import assess as weigh
from groundswell.assess.comparators import Comparator, read_comparators
from groundswell.detect.limit import Limit, UnlistedMeetings, unsearched
from groundswell.engine.duck import Duck
from groundswell.errors import WrongUse
from groundswell.model.finding import Assessment
from groundswell.model.group import Group
from groundswell.model.progress import Progress, silent
from groundswell.pipeline.run_record import (
    latest_folder,
    multiverse_of,
    open_latest,
    parameters_of,
    power_of,
    run_id_of,
)
from groundswell.store.run_folder import (
    read_json,
    write_json,
)
from groundswell.store.study import Study
from groundswell.traces.trace import Uncompared


def assess(
    study: Study,
    *,
    campaign: str | None = None,
    census: bool = False,
    missing: float | None = None,
    progress: Progress = silent,
) -> Assessment:
    """Weigh the groups of the study's latest run.

    Parameters
    ----------
    campaign
        A hashtag, link, phrase or set of posts to measure, in place of the one the run was asked for. Another question
        makes another run, with the same groups.
    census
        The files hold everything there was, so that shares are counted and not estimated.
    missing
        Part of all posts that is known to be missing, 0 to 1.
    """
    if missing is not None and not 0 <= missing < 1:
        raise WrongUse(
            f"--missing must be 0 or more and below 1, but {missing:g} was asked for.\n"
            "  It is the part of all posts that is known to be missing, such as 0.1."
        )
    asked = {"campaign": campaign, "census": census or None, "missing": missing}
    _ask(study, {name: value for name, value in asked.items() if value is not None})
    with Duck() as engine:
        groups, run = open_latest(study, engine)
        return assess_into(study, engine, groups, run, progress=progress)


def assessed(study: Study, assessment: Assessment) -> dict[str, Any]:
    """The figures of an assessment under their stable names, with what else the run found out about its groups."""
    folder = latest_folder(study)
    asked = read_json(folder / "run.json", step="detect")["parameters"]["campaign"] is not None
    power = power_of(folder)
    return {
        **assessment.as_contract(asked=asked),
        "multiverse": [one.as_json() for one in multiverse_of(folder)],
        "power": power.as_json() if power else None,
    }


def _ask(study: Study, asked: Mapping[str, Any]) -> None:
    """Make a run with the latest one's groups and another question, unless it is the same question."""
    source = latest_folder(study)
    record = read_json(source / "run.json", step="detect")
    parameters = {**record["parameters"], **asked}
    if parameters == record["parameters"]:
        return
    run_id = run_id_of({**record, "parameters": parameters})
    folder = study.run_folder(run_id)
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.name not in ("run.json", "findings.json"):
            (folder / path.name).write_bytes(path.read_bytes())
    write_json(folder / "run.json", {**record, "parameters": parameters, "run_id": run_id})
    study.finish_run(run_id)


def assess_into(
    study: Study, engine: Duck, groups: tuple[Group, ...], record: Mapping[str, Any], *, progress: Progress
) -> Assessment:
    """Weigh the groups that are open in the engine, and write the findings into the run."""
    progress("Weighing the findings", 0, 1)
    assessment = weigh(
        engine,
        groups,
        parameters_of(record),
        precision_s=record["precision_s"],
        refused_windows_s=record["refused_windows_s"],
        rows_left_out=sum(entry.n_left_out for entry in study.ledgers()),
        census=record["parameters"].get("census", False),
        missing=record["parameters"].get("missing"),
        power=power_of(study.run_folder(record["run_id"])),
        comparators=_comparators(study),
        limits=[Limit(**one) for one in record.get("limits", ())],
        unlisted=[UnlistedMeetings(**one) for one in record.get("unlisted_meetings", ())],
        unsearched=unsearched(record["scan"]["kinds"]),
        uncompared=[Uncompared(**one) for one in record.get("uncompared", ())],
    )
    write_json(study.run_folder(record["run_id"]) / "findings.json", assessment.as_json())
    progress("Weighing the findings", 1, 1)
    return assessment


def _comparators(study: Study) -> tuple[Comparator, ...]:
    """The user's own organic campaigns to compare with, if the study folder holds any."""
    table = study.folder / "comparators.csv"
    return read_comparators(table) if table.is_file() else ()
