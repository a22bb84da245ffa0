"""Traces to links, meetings and groups, and how these stand up to other settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from groundswell.detect.groups import Measured, Scan, find_groups, measured
from groundswell.detect.limit import Limit, UnlistedMeetings, listed_meetings, within_limits
from groundswell.detect.links import links
from groundswell.detect.meetings import meetings
from groundswell.detect.multiverse import multiverse
from groundswell.detect.planting import planted_kind, power_by_planting
from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.model.group import Group, Outcome
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.progress import Progress, silent
from groundswell.model.run import Parameters
from groundswell.model.table import Columns
from groundswell.pipeline.following import add_follows
from groundswell.pipeline.run_record import clock_grain_s, latest_folder, record_of
from groundswell.pipeline.tracing import check_traced, left_uncompared, say_if_slow
from groundswell.store.follows import read_follows
from groundswell.store.run_folder import (
    concatenate,
    open_traces,
    read_groups,
    save_results,
    whole_files,
    write_json,
)
from groundswell.store.study import Study


def detect(
    study: Study,
    parameters: Parameters,
    *,
    follows: Sequence[Path] = (),
    memory: str | None = None,
    progress: Progress = silent,
) -> tuple[Group, ...]:
    """Find links and groups in the study's traces; returns the groups, reported ones first.

    Follow lists, if any, go into the study first and stay there.

    With `memory`, such as ``"2GB"``, DuckDB takes no more than that and spills the rest into the study's folder for
    as long as it works. Counting pairs keeps to it as well, by itself; the shares as numbers come on top.
    """
    with (
        TemporaryDirectory(prefix=".spill-", dir=study.folder) as spill,
        Duck(memory=memory, spill=Path(spill)) as engine,
    ):
        check_traced(study)
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
        for file in follows:
            add_follows(study, engine, file)
        return detect_into(study, engine, parameters, Meter(), progress=progress)[0]


def detect_into(
    study: Study,
    engine: Duck,
    parameters: Parameters,
    meter: Meter,
    *,
    older: Sequence[Group] | None = None,
    columns: Mapping[str, str] | None = None,
    linked: Sequence[Path] | None = None,
    progress: Progress,
) -> tuple[tuple[Group, ...], dict[str, Any]]:
    """Find links and groups in the traces that are open in the engine, and make a run of them.

    Links that were made elsewhere are read from the files `linked`.
    """
    precision_s = clock_grain_s(study.ledgers())
    parameters = parameters.fitted(precision_s)
    counts = dict(engine.rows("select kind, count(*) from traces group by kind order by kind"))
    if older is None:
        older = read_groups(latest_folder(study)) if study.latest_run() else ()
    say_if_slow(progress)
    with meter.step("detect"):
        layers = tuple(shares_of(engine, kind) for kind in counts)
        found_links, limits = _links(engine, layers, parameters, linked, progress=progress)
    follows = read_follows(study.folder, engine)
    with meter.step("group"):
        logs = measured(layers, follows)
        scan = find_groups(
            layers,
            precision_s=precision_s,
            seed=parameters.seed,
            theta=parameters.theta,
            previous=[(group.group_id, frozenset(group.account_ids)) for group in older],
            follows=follows,
            logs=logs,
            memory=engine.memory,
            progress=lambda part, what: progress("Looking for groups", round(1000 * part), 1000),
        )
    with meter.step("meet"):
        met = [_meetings(layer, found_links, scan.groups, parameters.fdr) for layer in layers]
        found_meetings = concatenate([table for table, _ in met], MEETINGS.empty())
    record = record_of(study, parameters, scan, counts, columns or {})
    if limits:
        record["limits"] = [asdict(limit) for limit in limits]
    if unlisted := [asdict(one) for _, one in met if one]:
        record["unlisted_meetings"] = unlisted
    if left_out := left_uncompared(study):
        record["uncompared"] = left_out
    with whole_files(study.run_folder(record["run_id"])) as folder:
        save_results(engine, folder, scan.groups, found_links, found_meetings)
        with meter.step("try"):
            _try(folder, layers, logs, scan, parameters, engine.memory, progress=progress)
        write_json(folder / "run.json", record)
    study.finish_run(record["run_id"])
    return scan.groups, record


def _links(
    engine: Duck, layers: Sequence[Shares], parameters: Parameters, linked: Sequence[Path] | None, *, progress: Progress
) -> tuple[Columns, list[Limit]]:
    """The links of all kinds, in the order of their contract, and what no table can hold."""
    if linked is not None:
        engine.open(LINKS, list(linked))
        return engine.query(f"select * from links order by {', '.join(LINKS.order)}"), []
    tables, limits = [], []
    for number, layer in enumerate(layers):
        progress("Linking accounts", number, len(layers))
        for shares, windows, limit in within_limits(layer, parameters.windows, min_objects=parameters.min_objects):
            least = limit.min_objects if limit else parameters.min_objects
            tables.append(links(shares, windows, min_objects=least, memory=engine.memory))
            limits += [limit] if limit else []
    progress("Linking accounts", len(layers), max(len(layers), 1))
    return concatenate(tables, LINKS.empty()), limits


def _try(
    folder: Path,
    layers: Sequence[Shares],
    logs: Sequence[Measured],
    scan: Scan,
    parameters: Parameters,
    memory: int | None,
    *,
    progress: Progress,
) -> None:
    """Put the groups to other settings, and plant campaigns to see what would have been found."""
    tried = multiverse(
        layers,
        scan,
        fdr=parameters.fdr,
        logs=logs,
        memory=memory,
        progress=partial(progress, "Trying other settings"),
    )
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


def _meetings(
    layer: Shares, table: Columns, groups: Sequence[Group], fdr: float
) -> tuple[Columns, UnlistedMeetings | None]:
    """Meetings of the pairs that beat chance under either null, and of all pairs inside a reported group."""
    windows: dict[tuple[int, int], float] = {}
    number = {account: at for at, account in enumerate(layer.account_ids)}
    of_kind = table["kind"] == layer.kind
    beyond, unlisted = listed_meetings(layer.kind, table, of_kind, fdr)
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
    return concatenate(parts, MEETINGS.empty()), unlisted
