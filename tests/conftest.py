"""Shared by every test: traces drawn for the eye or listed in rows, an engine to hold them, the command as typed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from groundswell.cli.main import main
from groundswell.engine.duck import Duck
from groundswell.model.table import text_column
from groundswell.model.trace import TRACES, Row, drawn

# The same examples on every machine, and no clock: a test passes or fails, it does not flicker.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=50, database=None)
settings.load_profile("steady")

REAL = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


@pytest.fixture
def engine() -> Iterator[Duck]:
    with Duck() as duck:
        yield duck


def write_traces(engine: Duck, rows: Iterable[Row], *, kind: str = "url") -> Duck:
    """Give the engine just these (account, object, post, time) as its traces."""
    listed = list(rows)
    engine.load(
        TRACES,
        {
            "kind": text_column(kind for _ in listed),
            "object_id": text_column(row[1] for row in listed),
            "account_id": text_column(row[0] for row in listed),
            "post_id": text_column(row[2] for row in listed),
            "time": np.array([row[3] for row in listed], dtype="datetime64[us]"),
        },
    )
    return engine


@pytest.fixture
def traces(engine: Duck) -> Callable[[str], Duck]:
    """Write a drawing (see `groundswell.model.trace.drawn`) as traces."""
    return lambda drawing: write_traces(engine, drawn(drawing))


@pytest.fixture
def real_data() -> Path:
    """The folder of real data; the test is skipped, saying so, where it is missing."""
    if not REAL.is_dir():
        pytest.skip("no real data beside the project (../shared/data)")
    return REAL.resolve()


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def groundswell(monkeypatch, capsys, tmp_path):
    """Run a command line in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["groundswell", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command


TOGETHER = ("browser", "spark")
"""Folders whose tests share a browser or a Spark session, and leave no loop or socket of it to the tests after them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, and what is shared stays in one process."""
    folders = {item: item.path.relative_to(Path(__file__).parent).parts[0] for item in items}
    items.sort(key=lambda item: (folders[item] not in TOGETHER, item.get_closest_marker("slow") is None))
    for item in items:
        if folders[item] in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(folders[item]))
