"""Detection on Spark: links by all workers, groups by one of them.

    study with traces ──► links (many workers) ──► groups, meetings, other settings (one worker) ──► runs/<run-id>/

The tables are those of `detect`, byte for byte. Every worker must see the study under the same path, for they read its
traces and one of them writes its run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from groundswell.detect.on_spark.links import define_links
from groundswell.engine.duck import Duck
from groundswell.engine.meter import Meter
from groundswell.engine.spark import Spark
from groundswell.model.group import Group
from groundswell.model.link import LINKS
from groundswell.model.progress import Progress, silent
from groundswell.model.run import Parameters
from groundswell.model.trace import TRACES
from groundswell.pipeline.detecting import detect_into
from groundswell.pipeline.following import add_follows
from groundswell.pipeline.run_record import clock_grain_s, latest_folder
from groundswell.pipeline.tracing import check_traced
from groundswell.store.run_folder import open_traces, read_groups, read_json
from groundswell.store.study import Study


@contextmanager
def spark_at(master: str, folder: Path) -> Iterator[Spark]:
    """A session on `master` with its tables between steps in a hidden folder in `folder`, which goes afterwards."""
    with TemporaryDirectory(prefix=".spark-", dir=folder) as scratch, Spark(master, Path(scratch)) as spark:
        yield spark


def detect_on_spark(
    study: Study,
    parameters: Parameters,
    master: str,
    *,
    follows: Sequence[Path] = (),
    memory: str | None = None,
    progress: Progress = silent,
) -> tuple[Group, ...]:
    """Find links and groups in the study's traces as `detect` does, on the Spark at `master`; returns the groups."""
    check_traced(study)
    with Duck(memory=memory) as engine:
        for file in follows:
            add_follows(study, engine, file)
    with spark_at(master, study.folder) as spark:
        return detect_with(spark, study, parameters, memory=memory, progress=progress)[0]


def detect_with(
    spark: Spark,
    study: Study,
    parameters: Parameters,
    *,
    older: Sequence[Group] | None = None,
    columns: Mapping[str, str] | None = None,
    memory: str | None = None,
    progress: Progress = silent,
) -> tuple[tuple[Group, ...], dict[str, Any]]:
    """The groups of the study's traces, and the record of the run that was made of them.

    Parameters
    ----------
    memory
        Most memory that DuckDB may take in the worker that looks for groups.
    """
    parameters = parameters.fitted(clock_grain_s(study.ledgers()))
    spark.open(TRACES, [study.folder / "traces" / "traces.parquet"])
    define_links(spark, parameters.windows, min_objects=parameters.min_objects, progress=progress)
    progress("Looking for groups on one worker", 0, 1)
    told = (study.folder.resolve(), parameters, spark.files(LINKS.name), memory, older, columns)
    spark.once(_search, *told)
    progress("Looking for groups on one worker", 1, 1)
    folder = latest_folder(study)
    return read_groups(folder), read_json(folder / "run.json", step="detect")


def _search(
    folder: Path,
    parameters: Parameters,
    linked: list[Path],
    memory: str | None,
    older: Sequence[Group] | None,
    columns: Mapping[str, str] | None,
) -> bytes:
    """What a worker does with the links that all of them made."""
    study = Study.open(folder)
    with (
        TemporaryDirectory(prefix=".spill-", dir=study.folder) as spill,
        Duck(memory=memory, spill=Path(spill)) as engine,
    ):
        study.open_tables(engine)
        open_traces(engine, study.folder / "traces")
        detect_into(study, engine, parameters, Meter(), older=older, columns=columns, linked=linked, progress=silent)
    return b"done"
