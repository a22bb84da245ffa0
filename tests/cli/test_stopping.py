"""Ctrl-C in the middle of a step: a sentence, nothing left behind, and the command can be given again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from groundswell.simulate.catalogue import simulate
from groundswell.simulate.write import write

pytestmark = pytest.mark.slow

STOPPED = "Stopped. Nothing half-written was left behind."
COMMAND = [sys.executable, "-m", "groundswell"]


@pytest.fixture
def planted(tmp_path):
    """A share log with a planted campaign."""
    path = tmp_path / "planted.csv"
    write(simulate("planted", seed=3, shares=12_000), path)
    (tmp_path / "planted.csv.truth.parquet").unlink()
    return path


def stopped_at(step: str, words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Give the command in this folder, press Ctrl-C when it says that the step begins, and wait for its end."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if line.startswith(step):
            process.send_signal(signal.SIGINT)
            break
    rest_out, rest = process.communicate(timeout=300)
    assert not list(scratch.iterdir())
    scratch.rmdir()
    return subprocess.CompletedProcess(words, process.returncode, rest_out, "".join(said) + rest)


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


STEPS = [
    "Reading", "Tracing", "Linking", "Looking for groups", "Trying other settings", "Planting", "Weighing", "Writing",
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_stopped_run_leaves_nothing_behind(planted, step):
    done = stopped_at(step, ["run", planted.name, "-o", "out", "--power", "1"], planted.parent)

    assert done.returncode == 130, done.stderr
    assert done.stderr.rstrip().endswith(STOPPED)
    assert "Traceback" not in done.stderr
    assert [path.name for path in planted.parent.iterdir()] == [planted.name]


@pytest.mark.parametrize(
    ("step", "verb"),
    [("Reading", "read"), ("Tracing", "trace"), ("Linking", "detect"), ("Trying other settings", "detect")],
)
def test_a_stopped_step_leaves_the_study_as_it_was_and_can_be_taken_again(planted, step, verb):
    folder = planted.parent

    def take(*words: str) -> None:
        subprocess.run([*COMMAND, *words], cwd=folder, check=True, capture_output=True)

    words = {"read": ["p.study", planted.name], "trace": ["p.study"], "detect": ["p.study", "--power", "1"]}
    take("new", "p.study")
    for before in words:
        if before == verb:
            break
        take(before, *words[before])
    held_before = held(folder / "p.study")
    done = stopped_at(step, [verb, *words[verb]], folder)

    assert done.returncode == 130, done.stderr
    assert done.stderr.rstrip().endswith(STOPPED)
    assert "Traceback" not in done.stderr
    # The bytes of a file may be kept already; until it is in the ledger it counts as not read.
    left = {
        name: content for name, content in held(folder / "p.study").items() if verb != "read" or name in held_before
    }
    assert left == held_before
    take(verb, *words[verb])
    assert held(folder / "p.study").keys() > held_before.keys()
