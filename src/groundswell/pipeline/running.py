"""All the steps in one go: on a user's files, or on the three made-up sets of the demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.engine.spark import Spark
from groundswell.model.finding import Assessment
from groundswell.model.group import Group, Outcome
from groundswell.model.ledger import FileLedger
from groundswell.model.progress import Progress, silent
from groundswell.model.run import Parameters
from groundswell.pipeline.assessing import assess_into
from groundswell.pipeline.detecting import detect_into
from groundswell.pipeline.following import add_follows
from groundswell.pipeline.on_spark import detect_with, spark_at
from groundswell.pipeline.publishing import public_record, publish_into
from groundswell.pipeline.reading import check_file, read_into, title_of
from groundswell.pipeline.run_record import MADE_BY, clock_grain_s, latest_folder, older_groups
from groundswell.pipeline.tracing import trace_into
from groundswell.publish.demo_index import demo_index_html
from groundswell.publish.edition import Edition
from groundswell.read.survey import LIMITS, Limits
from groundswell.simulate.catalogue import scenario as find_scenario
from groundswell.simulate.catalogue import simulate as simulate_world
from groundswell.simulate.write import write as write_world
from groundswell.store.carrying import carry_people
from groundswell.store.output import whole_folder
from groundswell.store.pseudonymise import (
    require_outside,
)
from groundswell.store.run_folder import open_results, open_traces, write_json
from groundswell.store.study import Study

DEMO_SETS = {
    "campaign": ("demo-campaign", "#OpenGate"),
    "fandom": ("demo-fandom", "#StarlightCup"),
    "wire": ("demo-wire", "#HarbourNews"),
}
"""Folder to scenario and the hashtag that its posts are about."""

DEMO_POWER = 3
"""Campaigns of each make planted into a demo set: the first minute is for looking, not for waiting."""


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a finished run says of itself; `run --json` prints it."""

    folder: Path
    run: Mapping[str, Any]
    ledgers: tuple[FileLedger, ...]
    groups: tuple[Group, ...]
    assessment: Assessment

    def as_json(self) -> dict[str, Any]:
        """The figures of the run, without its tables."""
        return {
            **self.run,
            "folder": str(self.folder),
            "ledger": [entry.as_json() for entry in self.ledgers],
            "headline": self.assessment.headline,
            "verdict": str(self.assessment.verdict),
            "groups": [group.as_json() for group in self.groups if group.outcome is Outcome.REPORTED],
            "notes": [note.sentence for note in self.assessment.notes],
        }


def run(
    files: Sequence[Path],
    out: Path,
    parameters: Parameters | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    name: str | None = None,
    memory: str | None = None,
    pseudonymise: Path | None = None,
    follows: Sequence[Path] = (),
    limits: Limits = LIMITS,
    master: str | None = None,
    progress: Progress = silent,
) -> Summary:
    """Read, trace, detect, assess and publish in one go.

    The folder `out` is written aside and appears when all went well. If it is an older run of ours it makes way,
    and groups that are still there keep their letters.

    Parameters
    ----------
    files
        Anything the readers know; several files are one data set.
    out
        A folder that is missing, empty, or an older run's.
    columns
        Our column name to the file's own, such as ``{"time": "tweet_created"}``.
    memory
        Most memory DuckDB may take, such as ``"2GB"``.
    limits
        What a packed file may ask for; see `read.survey.Limits`.
    pseudonymise
        A key file; see `read`.
    follows
        Follow lists; see `pipeline.following`.
    master
        Where Spark runs, such as ``local[2]`` or ``spark://host:7077``, to detect there; without it, in this process.

    Raises
    ------
    WrongUse, Failed
        Nothing was written then.
    """
    if pseudonymise is not None:
        require_outside(pseudonymise, out)
    older = older_groups(out)
    with (
        whole_folder(out) as folder,
        Duck(memory=memory, spill=folder / ".spill") as engine,
        nullcontext() if master is None else spark_at(master, folder) as spark,
    ):
        summary, _ = run_into(
            engine,
            files,
            folder,
            parameters or Parameters(),
            columns=columns or {},
            name=name or title_of(files),
            older=older,
            older_study=out / "study" if (out / "study").is_dir() else None,
            pseudonymise=pseudonymise,
            follows=follows,
            limits=limits,
            spark=spark,
            progress=progress,
        )
    return replace(summary, folder=out)


def demo(out: Path, *, seed: int = 0, progress: Progress = silent) -> tuple[Summary, ...]:
    """Make the three demo sets, run each, and write a first page that shows them side by side.

    Leaves ``index.html``, one folder a set, and the made-up input files in ``data/``.
    """
    summaries: list[Summary] = []
    editions: list[tuple[str, Edition]] = []
    with whole_folder(out) as folder, ExitStack() as engines:
        (folder / "data").mkdir()
        for set_name, (scenario_name, campaign) in DEMO_SETS.items():
            title = find_scenario(scenario_name).title
            file = folder / "data" / f"{set_name}.csv.gz"
            write_world(simulate_world(scenario_name, seed=seed), file)
            place = folder / set_name
            place.mkdir()
            engine = engines.enter_context(Duck())
            summary, edition = run_into(
                engine,
                [file],
                place,
                Parameters(campaign=campaign, seed=seed, power=DEMO_POWER),
                columns={},
                name=title,
                progress=_under(title, progress),
            )
            summaries.append(replace(summary, folder=out / set_name))
            editions.append((set_name, edition))
        (folder / "index.html").write_text(demo_index_html(editions), encoding="utf-8")
        write_json(folder / "demo.json", {"made_by": MADE_BY, "seed": seed, "sets": list(DEMO_SETS)})
    return tuple(summaries)


def _under(heading: str, progress: Progress) -> Progress:
    """The same progress, with a heading before each step."""
    return lambda step, done, total: progress(f"{heading}: {step}", done, total)


def run_into(
    engine: Duck,
    files: Sequence[Path],
    folder: Path,
    parameters: Parameters,
    *,
    columns: Mapping[str, str],
    name: str,
    older: Sequence[Group] = (),
    older_study: Path | None = None,
    pseudonymise: Path | None = None,
    follows: Sequence[Path] = (),
    limits: Limits = LIMITS,
    spark: Spark | None = None,
    progress: Progress,
) -> tuple[Summary, Edition]:
    """All the steps, into a folder that exists and is empty."""
    meter = Meter()
    for file in (*files, *follows):
        check_file(file)
    study = Study.create(folder / "study", name=name, version=MADE_BY)
    if older_study is not None:
        carry_people(older_study, study.folder)
    with meter.step("read"):
        ledgers = read_into(
            study, engine, files, columns=columns, pseudonymise=pseudonymise, limits=limits, progress=progress
        )
    parameters = parameters.fitted(clock_grain_s(ledgers))
    with meter.step("trace"):
        trace_into(study, spark or engine, kinds=parameters.kinds, progress=progress)
    if spark is not None:
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
    for file in follows:
        add_follows(study, engine, file, limits=limits)
    if spark is None:
        groups, record = detect_into(study, engine, parameters, meter, older=older, columns=columns, progress=progress)
    else:
        with meter.step("detect"):
            groups, record = detect_with(spark, study, parameters, older=older, columns=columns, progress=progress)
        open_results(engine, latest_folder(study))
    with meter.step("assess"):
        assessment = assess_into(study, engine, groups, record, progress=progress)
    with meter.step("publish"):
        edition = publish_into(study, engine, groups, assessment, record, folder, progress=progress)
    record = {**record, "durations_s": meter.seconds, "peak_memory_mb": meter.peak_memory_mb()}
    write_json(folder / "run.json", public_record(record, edition))
    write_json(latest_folder(study) / "run.json", record)
    return Summary(folder=folder, run=record, ledgers=ledgers, groups=groups, assessment=assessment), edition
