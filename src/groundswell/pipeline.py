"""The verbs. Each is a step from tables to tables in a study; `run` is all of them in one go.

    new ─► read ─► trace ─► detect ─► assess ─► publish            explain looks back
           raw/     traces/    runs/<run-id>/       report.html
           posts/              links, meetings,     and the tables beside it
           ledger/             groups, findings

Faces (the command line, the web) call these and show what they return; they compute nothing themselves.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np

from groundswell.assess.assess import assess as weigh
from groundswell.assess.comparators import Comparator, read_comparators
from groundswell.assess.check_text import Hit
from groundswell.assess.check_text import check_text as find_overclaims
from groundswell.assess.explanation import Explanation
from groundswell.assess.explanation import explain as explain_account
from groundswell.assess.post_sentence import post_sentences
from groundswell.assess.two_cases import TwoCases, two_cases
from groundswell.collect.collector import Collected
from groundswell.collect.collector import collect as collect_live
from groundswell.collect.event import Source
from groundswell.collect.sources import remember
from groundswell.detect.groups import RULE_VERSION, Scan, find_groups
from groundswell.detect.links import links
from groundswell.detect.meetings import meetings
from groundswell.detect.multiverse import multiverse
from groundswell.detect.planting import planted_kind, power_by_planting
from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.errors import NothingToDo, UnreadableFile, WrongUse
from groundswell.evaluate.real import Comparison
from groundswell.evaluate.real import evaluate_real as compare_real
from groundswell.evaluate.worlds import Row, Suite
from groundswell.evaluate.worlds import evaluate_worlds as score_worlds
from groundswell.model.deletion import Deletion
from groundswell.model.finding import Assessment
from groundswell.model.group import Group, Outcome
from groundswell.model.ledger import FileLedger
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.multiverse import Multiverse
from groundswell.model.post import ACCOUNTS, MADE_UP, POSTS, Account
from groundswell.model.power import Power
from groundswell.model.progress import Progress, silent
from groundswell.model.records import revive
from groundswell.model.run import Parameters
from groundswell.model.table import Columns
from groundswell.model.trace import TRACES
from groundswell.personas.automation.model import Estimate
from groundswell.personas.automation.model import estimate as estimate_automation
from groundswell.personas.automation.vector import Vector, vector
from groundswell.personas.lookalikes import among
from groundswell.personas.lookalikes import lookalikes as find_lookalikes
from groundswell.personas.name_list import read_names
from groundswell.personas.pictures.files import LUMA
from groundswell.personas.pictures.folder import Compared, compare_folder, read_bearers
from groundswell.personas.pictures.pairs import print_of
from groundswell.personas.post_anatomy import Anatomy, anatomy
from groundswell.personas.study_accounts import study_accounts
from groundswell.personas.told import as_json as lookalikes_as_json
from groundswell.publish.demo_index import demo_index_html
from groundswell.publish.edition import ACCOUNTS_SEEN, Edition
from groundswell.publish.files import publish as write_files
from groundswell.publish.redaction import Redaction
from groundswell.read.batches import Batch, account_columns
from groundswell.read.ingest import Seen, ingest
from groundswell.read.inspect import Inspection, inspect_file
from groundswell.read.survey import LIMITS, Limits
from groundswell.read.text_list import read_texts
from groundswell.read.times import microseconds
from groundswell.simulate.catalogue import scenario as find_scenario
from groundswell.simulate.catalogue import scenarios as all_scenarios
from groundswell.simulate.catalogue import simulate as simulate_world
from groundswell.simulate.demo_personas import TESTIMONY, WRITER, demo_personas
from groundswell.simulate.pictures import as_png
from groundswell.simulate.scenario import Scenario
from groundswell.simulate.write import write as write_world
from groundswell.store.deletions import honour, queue
from groundswell.store.output import whole_folder
from groundswell.store.pseudonymise import (
    Pseudonymising,
    SeenPseudonyms,
    read_key,
    require_outside,
    settle,
    without_examples,
)
from groundswell.store.purging import Purge
from groundswell.store.purging import purge as purge_study
from groundswell.store.raw import keep, look
from groundswell.store.run_folder import (
    TABLES,
    concatenate,
    open_results,
    open_traces,
    read_assessment,
    read_groups,
    read_json,
    save_results,
    save_traces,
    write_json,
)
from groundswell.store.segments import Appending
from groundswell.store.study import Study
from groundswell.traces.long_table import trace as find_traces
from groundswell.traces.similar_text.pairs import LEAST
from groundswell.traces.similar_text.report import similar_text as find_similar_text

VERSION = installed("groundswell")
MADE_BY = f"groundswell {VERSION}"
LIBRARIES = ("duckdb", "graspologic-native", "numba", "numpy", "scipy")
"""Those whose version can change a number; they stand in run.json."""


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


def new(folder: Path, *, name: str | None = None) -> Study:
    """Start an empty study in a new folder."""
    return Study.create(folder, name=name, version=MADE_BY)


def read(
    study: Study,
    files: Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
    progress: Progress = silent,
) -> tuple[FileLedger, ...]:
    """Read files into the study; a file whose bytes are already in it is not read twice.

    Parameters
    ----------
    limits
        What a packed file may ask for; see `read.survey.Limits`.
    pseudonymise
        A key file outside the study, made if it is missing. Accounts, post ids and permalinks become pseudonyms
        before anything is written, and the raw bytes are not kept.

    Returns
    -------
    the ledger entry of each file, in the order of `files`
    """
    with Duck() as engine:
        return _read(
            study, engine, files, columns=columns or {}, pseudonymise=pseudonymise, limits=limits, progress=progress
        )


def trace(study: Study, *, kinds: tuple[str, ...] = (), progress: Progress = silent) -> dict[str, int]:
    """Find what the posts of the study repeat; returns the number of traces of each kind."""
    with Duck() as engine:
        return _trace(study, engine, kinds=kinds, progress=progress)


def detect(study: Study, parameters: Parameters, *, progress: Progress = silent) -> tuple[Group, ...]:
    """Find links and groups in the study's traces; returns the groups, reported ones first."""
    with Duck() as engine:
        _check_traced(study)
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
        return _detect(study, engine, parameters, Meter(), progress=progress)[0]


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
        groups, run = _open_latest(study, engine)
        return _assess(study, engine, groups, run, progress=progress)


def assessed(study: Study, assessment: Assessment) -> dict[str, Any]:
    """The figures of an assessment under their stable names, with what else the run found out about its groups."""
    folder = _latest(study)
    asked = read_json(folder / "run.json", step="detect")["parameters"]["campaign"] is not None
    power = _power(folder)
    return {
        **assessment.as_contract(asked=asked),
        "multiverse": [one.as_json() for one in _multiverse(folder)],
        "power": power.as_json() if power else None,
    }


def _ask(study: Study, asked: Mapping[str, Any]) -> None:
    """Make a run with the latest one's groups and another question, unless it is the same question."""
    source = _latest(study)
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


REPEATABLE = ("made_by", "inputs", "columns", "parameters")
"""What of a run's record makes its id."""


def run_id_of(record: Mapping[str, Any]) -> str:
    """The id of a run: the hash of all that is needed to repeat it."""
    repeatable = {name: record[name] for name in REPEATABLE}
    return sha256(json.dumps(repeatable, sort_keys=True).encode()).hexdigest()[:7]


def publish(study: Study, out: Path, *, progress: Progress = silent) -> Path:
    """Write the report, tables and graphs of the study's latest run into a folder; returns the folder."""
    if (out / "study").exists():
        raise WrongUse(
            f"The folder {str(out)!r} holds a study of its own, which publishing there would replace.\n"
            "  Name another folder: `-o FOLDER`."
        )
    with Duck() as engine, whole_folder(out) as folder:
        groups, run = _open_latest(study, engine)
        assessment = read_assessment(_latest(study))
        _publish(study, engine, groups, assessment, run, folder, progress=progress)
    return out


def run(
    files: Sequence[Path],
    out: Path,
    parameters: Parameters | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    name: str | None = None,
    memory: str | None = None,
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
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

    Raises
    ------
    WrongUse, Failed
        Nothing was written then.
    """
    if pseudonymise is not None:
        require_outside(pseudonymise, out)
    older = _older_groups(out)
    with whole_folder(out) as folder, Duck(memory=memory, spill=folder / ".spill") as engine:
        summary, _ = _run(
            engine,
            files,
            folder,
            parameters or Parameters(),
            columns=columns or {},
            name=name or title_of(files),
            older=older,
            pseudonymise=pseudonymise,
            limits=limits,
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
            summary, edition = _run(
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


def _run(
    engine: Duck,
    files: Sequence[Path],
    folder: Path,
    parameters: Parameters,
    *,
    columns: Mapping[str, str],
    name: str,
    older: Sequence[Group] = (),
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
    progress: Progress,
) -> tuple[Summary, Edition]:
    """All the steps, into a folder that exists and is empty."""
    meter = Meter()
    for file in files:
        check_file(file)
    study = Study.create(folder / "study", name=name, version=MADE_BY)
    with meter.step("read"):
        ledgers = _read(
            study, engine, files, columns=columns, pseudonymise=pseudonymise, limits=limits, progress=progress
        )
    parameters = parameters.fitted(clock_grain_s(ledgers))
    with meter.step("trace"):
        _trace(study, engine, kinds=parameters.kinds, progress=progress)
    groups, record = _detect(study, engine, parameters, meter, older=older, columns=columns, progress=progress)
    with meter.step("assess"):
        assessment = _assess(study, engine, groups, record, progress=progress)
    with meter.step("publish"):
        edition = _publish(study, engine, groups, assessment, record, folder, progress=progress)
    record = {**record, "durations_s": meter.seconds, "peak_memory_mb": meter.peak_memory_mb()}
    write_json(folder / "run.json", record)
    write_json(_latest(study) / "run.json", record)
    return Summary(folder=folder, run=record, ledgers=ledgers, groups=groups, assessment=assessment), edition


def title_of(files: Sequence[Path]) -> str:
    """What a study of these files is called unless someone names it."""
    first = files[0].name.split(".")[0] or files[0].name
    return first if len(files) == 1 else f"{first} and {len(files) - 1} more"


def check_file(path: Path) -> None:
    """Raise unless there is a file to read, before anything is written."""
    if not path.exists():
        raise WrongUse(f"There is no file {str(path)!r}.\n  Check the name; shell patterns in quotes are not expanded.")
    if path.is_dir():
        raise WrongUse(
            f"{str(path)!r} is a folder, not a file.\n"
            f"  Name the files in it: `groundswell run {path}/* -o out`. Several files are one data set."
        )


def _read(
    study: Study,
    engine: Duck,
    files: Sequence[Path],
    *,
    columns: Mapping[str, str],
    pseudonymise: Path | None = None,
    limits: Limits = LIMITS,
    progress: Progress,
) -> tuple[FileLedger, ...]:
    pseudonyms = None if pseudonymise is None else read_key(pseudonymise, study.folder)
    settle(study, pseudonyms)
    seen = _seen(study, engine)
    if pseudonyms is not None:
        seen = SeenPseudonyms(seen, pseudonyms)
    entries = []
    for file in files:
        check_file(file)
        digest, secret = keep(file, study.raw, unless=study.has_read) if pseudonyms is None else look(file)
        study.set_pseudonym_key(secret)
        if not study.has_read(digest):
            deletions: list[Deletion] = []
            with Appending(study.folder, engine) as appending:
                entry = ingest(
                    file,
                    sink=appending if pseudonyms is None else Pseudonymising(appending, pseudonyms),
                    columns=columns,
                    seen=seen,
                    progress=partial(progress, f"Reading {file.name}"),
                    limits=limits,
                    deletions=deletions,
                )
                if pseudonyms is None:
                    queue(study.folder, digest, deletions)
                    appending.commit(entry)
                else:
                    queue(study.folder, digest, map(pseudonyms.deletion, deletions))
                    appending.commit(without_examples(entry), raw=None)
        entries.append(next(entry for entry in study.ledgers() if entry.sha256 == digest))
    honour(study, engine)
    return tuple(entries)


def _seen(study: Study, engine: Duck) -> Seen:
    """The posts that the study holds already, so that one in two files counts once."""
    seen = Seen()
    if study.ledgers():
        study.open_tables(engine)
        known = "select platform, post_id from posts where coalesce(len(shared_kinds), 0) = 0"
        for platform_name, post_id in engine.rows(known):
            seen.is_new_post(platform_name, post_id)
    return seen


def _trace(study: Study, engine: Duck, *, kinds: tuple[str, ...], progress: Progress) -> dict[str, int]:
    progress("Tracing what was repeated", 0, 1)
    study.open_tables(engine)
    if not engine.rows("select 1 from posts limit 1"):
        raise NothingToDo(
            "There is no post in this study.\n"
            "  Every row read is another kind of record, or was left out; the ledger says why.\n"
            "  Look at a file with `groundswell inspect FILE`."
        )
    counts = find_traces(engine, kinds)
    save_traces(engine, study.folder / "traces")
    write_json(study.folder / "traces" / "traces.json", {"counts": counts, "inputs": _inputs(study)})
    engine.open(TRACES, [study.folder / "traces" / "traces.parquet"])
    progress("Tracing what was repeated", 1, 1)
    return counts


def _check_traced(study: Study) -> None:
    traced = read_json(study.folder / "traces" / "traces.json", step="trace")
    if traced["inputs"] != _inputs(study):
        raise WrongUse(
            "Files were read into this study after its traces were made.\n"
            f"  Make them again: `groundswell trace {study.folder}`."
        )


def _detect(
    study: Study,
    engine: Duck,
    parameters: Parameters,
    meter: Meter,
    *,
    older: Sequence[Group] | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress,
) -> tuple[tuple[Group, ...], dict[str, Any]]:
    precision_s = clock_grain_s(study.ledgers())
    parameters = parameters.fitted(precision_s)
    counts = dict(engine.rows("select kind, count(*) from traces group by kind order by kind"))
    if older is None:
        older = read_groups(_latest(study)) if study.latest_run() else ()
    with meter.step("detect"):
        layers = tuple(shares_of(engine, kind) for kind in counts)
        tables = []
        for number, layer in enumerate(layers):
            progress("Linking accounts", number, len(layers))
            tables.append(links(layer, parameters.windows, min_objects=parameters.min_objects))
        found_links = concatenate(tables, LINKS.empty())
        progress("Linking accounts", len(layers), max(len(layers), 1))
    with meter.step("group"):
        scan = find_groups(
            layers,
            precision_s=precision_s,
            seed=parameters.seed,
            previous=[(group.group_id, frozenset(group.account_ids)) for group in older],
            progress=lambda part, what: progress("Looking for groups", round(1000 * part), 1000),
        )
    with meter.step("meet"):
        found_meetings = concatenate(
            [_meetings(layer, found_links, scan.groups, parameters.fdr) for layer in layers], MEETINGS.empty()
        )
    record = _record(study, parameters, scan, counts, columns or {})
    folder = study.run_folder(record["run_id"])
    save_results(engine, folder, scan.groups, found_links, found_meetings)
    with meter.step("try"):
        _try(folder, layers, scan, parameters, progress=progress)
    write_json(folder / "run.json", record)
    study.finish_run(record["run_id"])
    return scan.groups, record


def _try(folder: Path, layers: Sequence[Shares], scan: Scan, parameters: Parameters, *, progress: Progress) -> None:
    """Put the groups to other settings, and plant campaigns to see what would have been found."""
    tried = multiverse(layers, scan, fdr=parameters.fdr, progress=partial(progress, "Trying other settings"))
    write_json(folder / "multiverse.json", [asdict(one) for one in tried])
    planted = None
    if parameters.power and scan.windows_s and (layer := planted_kind(layers)):
        planted = power_by_planting(
            layer,
            n=parameters.power,
            windows_s=scan.windows_s,
            precision_s=scan.precision_s,
            n_kinds=len(layers),
            theta=scan.theta,
            alpha=scan.alpha,
            seed=parameters.seed,
            leave_out=[account for group in scan.groups for account in group.account_ids],
            progress=partial(progress, "Planting campaigns"),
        )
    write_json(folder / "power.json", asdict(planted) if planted else None)


def _multiverse(folder: Path) -> tuple[Multiverse, ...]:
    """What became of each reported group in other settings."""
    return tuple(revive(Multiverse, one) for one in read_json(folder / "multiverse.json", step="detect"))


def _power(folder: Path) -> Power | None:
    """What would have been seen; None if nothing was planted."""
    written = read_json(folder / "power.json", step="detect")
    return revive(Power, written) if written else None


def _meetings(layer: Shares, table: Columns, groups: Sequence[Group], fdr: float) -> Columns:
    """Meetings of the pairs that beat chance under either null, and of all pairs inside a reported group."""
    windows: dict[tuple[int, int], float] = {}
    number = {account: at for at, account in enumerate(layer.account_ids)}
    beyond = (table["kind"] == layer.kind) & ((table["q_timing"] <= fdr) | (table["q_selection"] <= fdr))
    for a, b, window_s in zip(
        table["account_a"][beyond], table["account_b"][beyond], table["window_s"][beyond], strict=True
    ):
        pair = number[a], number[b]
        windows[pair] = max(windows.get(pair, 0.0), float(window_s))
    for group in groups:
        for of_group in group.layers:
            if group.outcome is not Outcome.REPORTED or of_group.kind != layer.kind:
                continue
            members = [number[account] for account in group.account_ids if account in number]
            for at, a in enumerate(members):
                for b in members[at + 1 :]:
                    windows[a, b] = max(windows.get((a, b), 0.0), of_group.window_s)
    parts = []
    for window_s in sorted(set(windows.values())):
        pairs = sorted(pair for pair, longest in windows.items() if longest == window_s)
        a, b = (np.array(side, dtype=np.int32) for side in zip(*pairs, strict=True))
        parts.append(meetings(layer, (a, b), timedelta(seconds=window_s)))
    return concatenate(parts, MEETINGS.empty())


def _assess(
    study: Study, engine: Duck, groups: tuple[Group, ...], record: Mapping[str, Any], *, progress: Progress
) -> Assessment:
    progress("Weighing the findings", 0, 1)
    assessment = weigh(
        engine,
        groups,
        _parameters(record),
        precision_s=record["precision_s"],
        refused_windows_s=record["refused_windows_s"],
        rows_left_out=sum(entry.n_left_out for entry in study.ledgers()),
        census=record["parameters"].get("census", False),
        missing=record["parameters"].get("missing"),
        power=_power(study.run_folder(record["run_id"])),
        comparators=_comparators(study),
    )
    write_json(study.run_folder(record["run_id"]) / "findings.json", assessment.as_json())
    progress("Weighing the findings", 1, 1)
    return assessment


def _comparators(study: Study) -> tuple[Comparator, ...]:
    """The user's own organic campaigns to compare with, if the study folder holds any."""
    table = study.folder / "comparators.csv"
    return read_comparators(table) if table.is_file() else ()


def _publish(
    study: Study,
    engine: Duck,
    groups: tuple[Group, ...],
    assessment: Assessment,
    record: Mapping[str, Any],
    folder: Path,
    *,
    progress: Progress,
) -> Edition:
    progress("Writing the report", 0, 1)
    edition = Edition(
        engine=engine,
        groups=groups,
        assessment=assessment,
        ledgers=study.ledgers(),
        parameters=_parameters(record),
        title=study.name,
        run_id=record["run_id"],
        version=VERSION,
        made_up=engine.rows("select count(*) filter (platform <> $made_up) from posts", made_up=MADE_UP) == [(0,)],
        precision_s=record["precision_s"],
        refused_windows_s=tuple(record["refused_windows_s"]),
        pseudonym_key=study.pseudonym_key,
        multiverse=_multiverse(study.run_folder(record["run_id"])),
        power=_power(study.run_folder(record["run_id"])),
    )
    write_files(edition, folder)
    source = study.run_folder(record["run_id"])
    for contract in TABLES:
        (folder / f"{contract.name}.parquet").write_bytes((source / f"{contract.name}.parquet").read_bytes())
    write_json(folder / "run.json", record)
    progress("Writing the report", 1, 1)
    return edition


def _open_latest(study: Study, engine: Duck) -> tuple[tuple[Group, ...], dict[str, Any]]:
    study.open_tables(engine)
    open_traces(engine, study.folder / "traces")
    folder = _latest(study)
    return open_results(engine, folder), read_json(folder / "run.json", step="detect")


def _latest(study: Study) -> Path:
    folder = study.latest_run()
    if folder is None:
        raise WrongUse(
            f"The study {str(study.folder)!r} has no run yet.\n  Make one: `groundswell detect {study.folder}`."
        )
    return folder


def _older_groups(out: Path) -> tuple[Group, ...]:
    """The groups of a run that `out` already holds."""
    if not (out / "study" / "study.toml").is_file():
        return ()
    study = Study.open(out)
    return read_groups(_latest(study)) if study.latest_run() else ()


def clock_grain_s(ledgers: Sequence[FileLedger]) -> float:
    """The grain of the coarsest clock among the files, in seconds."""
    return max((entry.precision_s for entry in ledgers if entry.precision_s is not None), default=1.0)


def _inputs(study: Study) -> list[dict[str, Any]]:
    return [
        {
            "file": entry.path,
            "sha256": entry.sha256,
            "bytes": entry.n_bytes,
            **({"revision": entry.revision} if entry.revision else {}),
        }
        for entry in study.ledgers()
    ]


def _record(
    study: Study, parameters: Parameters, scan: Scan, counts: Mapping[str, int], columns: Mapping[str, str]
) -> dict[str, Any]:
    """Everything needed to run this again; its hash, the input and the version make the run's id."""
    repeatable = {
        "made_by": MADE_BY,
        "inputs": _inputs(study),
        "columns": dict(columns),
        "parameters": parameters.as_json(),
    }
    return {
        **repeatable,
        "run_id": run_id_of(repeatable),
        "name": study.name,
        "version": VERSION,
        "seed": parameters.seed,
        "precision_s": clock_grain_s(study.ledgers()),
        "refused_windows_s": list(scan.refused_windows_s),
        "traces": dict(counts),
        "scan": scan.tried_as_json(),
        "python": platform.python_version(),
        "libraries": {name: installed(name) for name in LIBRARIES},
    }


def _parameters(record: Mapping[str, Any]) -> Parameters:
    written = record["parameters"]
    return Parameters(
        windows=tuple(timedelta(seconds=seconds) for seconds in written["windows_s"]),
        min_objects=written["min_objects"],
        fdr=written["fdr"],
        campaign=written["campaign"],
        seed=written["seed"],
        show_handles=written["show_handles"],
        kinds=tuple(written["kinds"]),
        power=written.get("power", 0),
    )


def open_study(folder: Path) -> Study:
    """Open a study, or the study inside an output folder of `run`."""
    return Study.open(folder)


def inspect(
    file: Path, *, columns: Mapping[str, str] | None = None, limits: Limits = LIMITS, progress: Progress = silent
) -> Inspection:
    """Say what a file is and what reading it would give. Changes nothing."""
    check_file(file)
    return inspect_file(file, columns or {}, progress=partial(progress, f"Reading {file.name}"), limits=limits)


def simulate(scenario: str, file: Path, *, seed: int = 0, shares: int | None = None) -> dict[str, Any]:
    """Write a made-up data set with known truth; returns what was written."""
    world = simulate_world(scenario, seed=seed, shares=shares)
    write_world(world, file)
    return {
        "scenario": scenario,
        "seed": seed,
        "file": str(file),
        "truth": f"{file}.truth.parquet",
        "rows": world.n_rows,
        "accounts_in_groups": len(world.truth["account_id"]),
    }


def scenarios() -> tuple[Scenario, ...]:
    """The made-up worlds there are."""
    return all_scenarios()


def explain(study: Study, account: str) -> Explanation:
    """Say why an account is in a group of the latest run, and which posts would take it out.

    Parameters
    ----------
    account
        An account id, a handle with or without @, or a pseudonym from a report.
    """
    with Duck() as engine:
        groups, _ = _open_latest(study, engine)
        return explain_account(engine, groups, _account_id(study, engine, account))


def check_text(file: Path, study: Study | None = None) -> tuple[Hit, ...]:
    """Find what a draft says and may not, held against the latest run of a study if one is named."""
    check_file(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            file,
            "this is no plain text.",
            f"Byte {error.start:,} is no UTF-8.",
            "Save the draft as plain text or Markdown in UTF-8.",
        ) from None
    return find_overclaims(text, read_assessment(_latest(study)) if study else None)


def _account_id(study: Study, engine: Duck, written: str) -> str:
    """The id of an account, however it is written; what no account is called comes back as it is."""
    seen = engine.rows(ACCOUNTS_SEEN)
    ids = {account_id for account_id, _, _ in seen}
    if written in ids:
        return written
    pseudonyms = Redaction(seen, study.pseudonym_key, shown=False)
    wanted = written.lstrip("@").casefold()
    matches = sorted(
        account_id
        for account_id, handle, _ in seen
        if wanted in ((handle or "").lstrip("@").casefold(), account_id.casefold(), pseudonyms.account(account_id))
    )
    if len(matches) > 1:
        raise WrongUse(
            f"{written!r} is the name of {len(matches)} accounts: {', '.join(matches[:5])}.\n"
            "  Name one by its id as it stands in accounts.csv."
        )
    return matches[0] if matches else written


def evaluate_worlds(
    *, suite: Suite = "quick", seeds: int = 3, first_seed: int = 0, jobs: int = 1, progress: Progress = silent
) -> tuple[Row, ...]:
    """Score the group scan, and two plain thresholds beside it, on worlds whose truth is known."""
    return score_worlds(
        suite=suite, seeds=seeds, first_seed=first_seed, jobs=jobs, progress=partial(progress, "Scoring worlds")
    )


def collect(
    study: Study,
    source: Source,
    *,
    seconds: float | None = None,
    report: Callable[[Collected], None] = lambda done: None,
) -> Collected:
    """Collect from a live source until time is up or Ctrl-C, from where the last collection stopped."""
    settle(study, None)
    remember(source, study)
    return collect_live(study, source, seconds=seconds, report=report)


def purge(
    study: Study,
    *,
    accounts: Sequence[str] = (),
    before: datetime | None = None,
    now: datetime | None = None,
    retention: bool = False,
) -> Purge | None:
    """Delete posts by account, by age or by the study's retention date; None where nothing is due.

    Parameters
    ----------
    now
        The time of the record, and what the retention date is compared with; the machine's clock without it.
    """
    now = now or datetime.now(UTC)
    if retention and (before := study.due_before(now)) is None:
        return None
    with Duck() as engine:
        return purge_study(study, engine, accounts=accounts, before=before, at=now, made_by=MADE_BY)


def lookalikes(candidates: Path, protected: Path | None = None) -> dict[str, Any]:
    """Find names that can be taken for a protected one, or for one another where no list is given.

    Parameters
    ----------
    candidates, protected
        A text file with one name a line, a table of accounts, or a study folder.
    """
    names = _names(candidates)
    if protected is None:
        return lookalikes_as_json(among(names), protected_list=False)
    return lookalikes_as_json(find_lookalikes(names, _names(protected)))


def pictures(
    folder: Path,
    *,
    reference: Path | None = None,
    stop: Path | None = None,
    seen: Path | None = None,
    cut_outs: bool = True,
    progress: Progress = silent,
) -> Compared:
    """Find pictures of a folder that are the same picture, or part of one; nothing is fetched.

    Parameters
    ----------
    reference
        Pictures whose origin is known: press photographs, stock, book covers.
    stop
        Pictures that are no evidence: default avatars, flags.
    seen
        A CSV of who showed them: ``picture`` and any of ``account_id``, ``name``, ``first_seen``.
    """
    if seen:
        check_file(seen)
    return compare_folder(
        folder,
        reference=reference,
        stop=stop,
        bearers=read_bearers(seen) if seen else None,
        corners=cut_outs,
        progress=progress,
    )


def post(study: Study, post_id: str, *, gone: Path | None = None) -> tuple[Anatomy, tuple[str, ...]]:
    """Take one post of the study apart; returns the figures, and the sentences with the one to print first.

    Parameters
    ----------
    gone
        A text file with the ids of accounts that are no longer there, one a line. Without it that is not known.
    """
    if gone:
        check_file(gone)
    missing = frozenset(gone.read_text(encoding="utf-8-sig").split()) if gone else None
    with Duck() as engine:
        study.open_tables(engine)
        folder = study.latest_run()
        found = anatomy(engine, post_id, read_groups(folder) if folder else None, gone=missing)
    return found, post_sentences(found)


def demo_two_cases(out: Path, *, seed: int = 0) -> TwoCases:
    """Make an impostor and a face from a book cover up, find both, and leave the pictures and the figures in `out`."""
    world = demo_personas(seed)
    writer = [account for account in world.accounts if account.name == WRITER]
    with whole_folder(out) as folder, Duck() as engine:
        for place, pictures_made in (("avatars", world.avatars), ("reference", world.covers)):
            (folder / place).mkdir()
            for name, colours in pictures_made.items():
                (folder / place / name).write_bytes(as_png(colours))
        batch = Batch(MADE_UP)
        for row, made in enumerate(world.posts, 1):
            batch.add(made, made.post_id or str(row), microseconds(made.time), row)
        engine.load(POSTS, batch.columns())
        engine.load(ACCOUNTS, account_columns(world.accounts))
        found = two_cases(
            engine,
            [account for account in world.accounts if account.name],
            writer,
            {name.removesuffix(".png"): print_of(name, colours @ LUMA) for name, colours in world.avatars.items()},
            [print_of(f"reference/{name}", colours @ LUMA) for name, colours in world.covers.items()],
            TESTIMONY,
        )
        write_json(folder / "personas.json", found.as_json())
        write_json(folder / "demo.json", {"made_by": MADE_BY, "seed": seed, "sets": ["personas"]})
    return found


PROFILE_FIGURES = """
select followers, following, n_posts, bio, epoch_us(created_at) as created_us,
       (select epoch_us(max(time)) from posts) as at_us
from accounts where account_id = $account_id order by platform limit 1
"""


def indicators(study: Study, account: str, *, base_rate: float | None = None) -> tuple[Vector, Estimate | None]:
    """Read one account's signs of automation, each by itself.

    Parameters
    ----------
    account
        An account id, a handle with or without @, or a pseudonym from a report.
    base_rate
        Part of all accounts taken to be automated. Only where it is given does a weak model add an interval.
    """
    if base_rate is not None and not 0 < base_rate < 1:
        raise WrongUse(f"--base-rate must lie between 0 and 1, but {base_rate:g} was asked for.\n  Try 0.05.")
    with Duck() as engine:
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
        account_id = _account_id(study, engine, account)
        found = vector(engine, account_id, precision_s=clock_grain_s(study.ledgers()))
        if base_rate is None:
            return found, None
        names = ("followers", "following", "n_posts", "bio", "created_us", "at_us")
        rows = engine.rows(PROFILE_FIGURES, account_id=account_id)
    profile = dict(zip(names, rows[0] if rows else (None,) * len(names), strict=True))
    return found, estimate_automation(profile, profile["at_us"] or 0, base_rate)


def _names(place: Path) -> tuple[Account, ...]:
    if not place.is_dir():
        check_file(place)
        return read_names(place).accounts
    with Duck() as engine:
        open_study(place).open_tables(engine)
        return study_accounts(engine)


def evaluate_real(data: Path, *, seed: int = 0, progress: Progress = silent) -> tuple[Comparison, ...]:
    """Compare the group scan with plain thresholds on real posts, which are not shipped."""
    return compare_real(data, seed=seed, progress=partial(progress, "Comparing on real posts"))


def similar_text(place: Path, *, least: float = LEAST) -> dict[str, Any]:
    """Find texts that are nearly the same, and the templates that were filled in.

    Parameters
    ----------
    place
        A text file with one text a line, a table with a column ``text``, any post file, or a study folder.
    least
        Jaccard index, 0.3 to 1, from which two texts are listed.
    """
    if not 0.3 <= least <= 1:
        raise WrongUse(f"--least must lie between 0.3 and 1, but {least:g} was asked for.\n  The default is {LEAST:g}.")
    if place.is_dir():
        with Duck() as engine:
            open_study(place).open_tables(engine)
            rows = engine.query("select post_id, text from posts where not is_repost order by time, post_id")
        read_as, ids, texts = "the original posts of a study", list(rows["post_id"]), list(rows["text"])
    else:
        check_file(place)
        listed = read_texts(place)
        read_as, ids, texts = listed.read_as, list(listed.ids), list(listed.texts)
    return {"read_as": read_as, **find_similar_text(texts, ids, least=least)}
