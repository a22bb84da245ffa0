"""`run --engine spark`: the same groups, findings and tables as in one process, and a folder without leftovers."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write

MAY_DIFFER = {"durations_s", "peak_memory_mb"}


def command(*words):
    """A command in a process of its own, for a process has one session at most."""
    ran = subprocess.run(
        [sys.executable, "-m", "groundswell", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def runs(installed, tmp_path_factory):
    """The folders of a run in one process and of one on a cluster of two executors, and what both printed."""
    folder = tmp_path_factory.mktemp("runs")
    write(simulate("planted", seed=1, shares=6000), folder / "log.csv")
    asked = ("run", folder / "log.csv", "--power", "1", "--json", "-o")
    on_spark = ("--engine", "spark", "--master", "local-cluster[2,1,1024]")
    one, many = command(*asked, folder / "one"), command(*asked, folder / "many", *on_spark)
    return folder / "one", folder / "many", one, many


def test_a_run_on_spark_says_the_same_in_every_figure(runs):
    _, _, one, many = runs

    assert one["groups"]
    for told in (one, many):
        for name in (*MAY_DIFFER, "folder"):
            told.pop(name)
    assert one == many


def test_a_run_on_spark_leaves_the_same_files(runs):
    one, many, _, _ = runs
    files = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}

    assert {path.relative_to(many) for path in many.rglob("*") if path.is_file()} == files
    told = {path for path in files if path.name != "run.json" and "people.sqlite" not in path.name}
    assert len([path for path in told if path.suffix == ".parquet"]) >= 5
    assert [path for path in sorted(told) if (one / path).read_bytes() != (many / path).read_bytes()] == []
